"""When the weekly digest comes: a rule on London's wall clock, and what to do with what was missed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from dateutil.rrule import rrule, rruleset, rrulestr
from msgspec import Struct

from bot.domain.calendar import LONDON, is_working_day, next_working_day

RULE_START = datetime(2024, 1, 1)
GRACE = timedelta(days=3)
LATE_AFTER = timedelta(minutes=15)

_WORKING_WEEK = 5
_MINUTE = timedelta(minutes=1)
# Bank holidays move a slot by a few days at most, and a change of clocks by an hour.
_LONGEST_MOVE = timedelta(days=14)
# Most rules come round within days; a rare one is looked for further ahead.
_AHEAD = (timedelta(days=14), timedelta(days=400), timedelta(days=366 * 28))


class Slot(Struct, frozen=True, order=True):
    """A minute of London's wall clock (naive). An ambiguous one, in autumn, is the first of the two."""

    local: datetime

    @classmethod
    def at(cls, instant: datetime) -> "Slot":
        """Return the minute in which an aware instant lies."""
        return cls(instant.astimezone(LONDON).replace(tzinfo=None, fold=0, second=0, microsecond=0))

    @classmethod
    def named(cls, name: str) -> "Slot":
        """Return the slot whose `name` this is."""
        return cls(datetime.fromisoformat(name))

    @property
    def name(self) -> str:
        """As in a delivery's key: 2025-03-10T09:00."""
        return f"{self.local:%Y-%m-%dT%H:%M}"

    @property
    def instant(self) -> datetime:
        """The UTC instant at which it begins."""
        return self.local.replace(tzinfo=LONDON, fold=0).astimezone(UTC)

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is too late to post its digest at a UTC instant: the next one covers its period."""
        return now - self.instant >= GRACE

    def is_late(self, now: datetime) -> bool:
        """Tell whether what is posted at a UTC instant counts as posted late."""
        return now - self.instant > LATE_AFTER


class CatchUp(Struct, frozen=True):
    """What to do with the slots that nobody has acted on."""

    post: Slot | None
    skip: tuple[Slot, ...]


def catch_up(missed: Sequence[Slot], now: datetime) -> CatchUp:
    """Post only the newest of the missed slots, which are in order of time, and only within its grace."""
    if not missed:
        return CatchUp(None, ())
    *older, newest = missed
    if newest.is_over(now):
        return CatchUp(None, tuple(missed))
    return CatchUp(newest, tuple(older))


def slots(rule: str, after: datetime, until: datetime) -> tuple[Slot, ...]:
    """Return the slots of an RFC 5545 rule that begin after one UTC instant and not after another, in
    order."""
    moved_slots = {_moved(local) for local in _occurrences(rule, after, until)}
    return tuple(sorted(slot for slot in moved_slots if after < slot.instant <= until))


def next_slot(rule: str, after: datetime) -> Slot | None:
    """Return the first slot that begins after a UTC instant; None for a rule that has ended."""
    for ahead in _AHEAD:
        coming = slots(rule, after, after + ahead)
        if coming:
            return coming[0]
    return None


def _occurrences(rule: str, after: datetime, until: datetime) -> Iterator[datetime]:
    """Yield naive London times: a rule reckoned in UTC, or on aware times, would drift with the clocks."""
    first = after.astimezone(LONDON).replace(tzinfo=None) - _LONGEST_MOVE
    last = until.astimezone(LONDON).replace(tzinfo=None)
    yield from _rule(rule).between(first, last, inc=True)


@lru_cache(maxsize=8)
def _rule(rule: str) -> rrule | rruleset:
    return rrulestr(rule, dtstart=RULE_START, cache=True)


def _moved(local: datetime) -> Slot:
    """Return where an occurrence really falls: a bank holiday's on the next working day.

    A weekend is left alone: a rule that names one means it, and holidays there are kept on a weekday."""
    local = local.replace(second=0)
    day = local.date()
    if day.isoweekday() <= _WORKING_WEEK and not is_working_day(day):
        local = datetime.combine(next_working_day(day), local.time())
    while not _exists(local):
        local += _MINUTE
    return Slot(local)


def _exists(local: datetime) -> bool:
    """Tell whether a naive London time exists: False for the hour that the clocks leave out in spring."""
    there_and_back = local.replace(tzinfo=LONDON).astimezone(UTC).astimezone(LONDON)
    return there_and_back.replace(tzinfo=None) == local
