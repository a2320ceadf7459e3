"""What words for days come to: spans of London dates, and lengths of time."""

from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from msgspec import Struct

ONE_DAY = timedelta(days=1)


class Span(Struct, frozen=True):
    """London dates, both included; a single day where they are the same."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last


class Length(Struct, frozen=True):
    """A length of time, as in "two extra weeks", added to a day."""

    delta: relativedelta


class DayWords(Struct, frozen=True):
    """Words for a day, a span or a length. `ahead` and `behind` say what they mean looking that way; `length` where
    it is a length of time only."""

    taken: int
    ahead: Span | None = None
    behind: Span | None = None
    length: Length | None = None


def with_more_taken(day: DayWords | None, by: int) -> DayWords | None:
    return None if day is None else DayWords(day.taken + by, day.ahead, day.behind, day.length)


def one_day(day: date | None) -> Span | None:
    return None if day is None else Span(day, day)


def whole_month(day: date) -> Span:
    return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))


def week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))
