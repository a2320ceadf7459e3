"""Progress over time: how many bodies stood where at the end of each week."""

import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import assert_never

from msgspec import Struct

from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.recommendation import Recommendation
from bot.domain.values import replace

_SUNDAY = 6
_WEEK = timedelta(days=7)


class Series(StrEnum):
    """What is counted of the bodies. Of a body with several recommendations it is so where it is of all of
    them; it is in progress, or overdue, where it is with any."""

    ACCEPTED = "accepted"
    IN_PROGRESS = "in progress"
    COMPLETE = "complete"  # by whosever word
    CHECKED = "checked"  # those of the complete that the association has agreed with
    OVERDUE = "overdue"  # with its response, or with being done

    def holds(self, rows: Iterable[Addressee], day: date) -> bool:
        """Whether it is so of a body on a London date, of which `rows` are all that it was asked."""
        match self:
            case Series.ACCEPTED:
                return all(row.answer is Answer.ACCEPTED for row in rows)
            case Series.IN_PROGRESS:
                return any(row.stage is Stage.IN_PROGRESS for row in rows)
            case Series.COMPLETE:
                return all(row.stage.is_done for row in rows)
            case Series.CHECKED:
                return all(row.stage is Stage.CHECKED for row in rows)
            case Series.OVERDUE:
                return any(row.is_overdue(duty, day) for row in rows for duty in Duty)
            case _:
                assert_never(self)


class ProgressOn(Struct, frozen=True):
    """How many of the bodies that were asked stood where at the end of a London day."""

    day: date
    bodies: int
    counts: Mapping[Series, int]

    @classmethod
    def of(cls, addressees: Iterable[Addressee], day: date) -> "ProgressOn":
        """Count the bodies of what they were asked on that day."""
        by_body: dict[str, list[Addressee]] = {}
        for row in addressees:
            by_body.setdefault(row.body_code, []).append(row)
        groups = by_body.values()
        counts = {series: sum(series.holds(rows, day) for rows in groups) for series in Series}
        return cls(day, len(groups), counts)


def counted_on(days: Sequence[date], standing: Sequence[Sequence[Addressee]]) -> tuple[ProgressOn, ...]:
    """Count the bodies on some London days, in order; `standing` are those asked on each of them. As long as
    nothing moves and no deadline passes, a day is as the one before it."""
    points: list[ProgressOn] = []
    before: Sequence[Addressee] | None = None
    unchanged_until = date.min
    for day, rows in zip(days, standing, strict=True):
        is_as_before = rows is before or (
            before is not None and len(rows) == len(before) and all(map(operator.is_, rows, before))
        )
        if is_as_before and day <= unchanged_until:
            points.append(replace(points[-1], day=day))
        else:
            points.append(ProgressOn.of(rows, day))
            deadlines = (row.deadline(duty) for row in rows for duty in Duty)
            unchanged_until = min((end for end in deadlines if end and end >= day), default=date.max)
        before = rows
    return tuple(points)


def in_which_it_moved(points: Sequence[ProgressOn]) -> tuple[ProgressOn, ...]:
    """Return the points at which a number is another than before, the first and the last among them."""
    moved = [now for was, now in pairwise(points) if (now.bodies, now.counts) != (was.bodies, was.counts)]
    by_day = {point.day: point for point in (*points[:1], *moved, *points[-1:])}
    return tuple(by_day.values())


class ProgressOverTime(Struct, frozen=True):
    """The counts at the ends of weeks, the earliest first, and at the end of the London day `day`, which is
    the last; with `known`, as they were known on it. `typed` asks for the same again."""

    subject: QuestionSubject
    points: tuple[ProgressOn, ...]
    day: date
    typed: str
    looks_back: bool = False
    known: bool = False
    # The one recommendation that it is of, where that has ended: nothing is counted from its end on.
    ended: Recommendation | None = None

    @property
    def last(self) -> ProgressOn:
        return self.points[-1]

    @property
    def most_bodies(self) -> int:
        """How many bodies were asked at once, at the most."""
        return max(point.bodies for point in self.points)


def ends_of_weeks(first: date, last: date) -> tuple[date, ...]:
    """Return the Sundays from one London date on to before another, and that other date."""
    return (*_sundays(first, last), last)


def _sundays(first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=_SUNDAY - first.weekday())
    while day < last:
        yield day
        day += _WEEK


def thinned(points: Sequence[ProgressOn], most: int) -> tuple[ProgressOn, ...]:
    """Return at most so many of the points, evenly apart, the first and the last among them."""
    if len(points) <= most:
        return tuple(points)
    apart = (len(points) - 1) / (most - 1)
    return tuple(points[round(number * apart)] for number in range(most))
