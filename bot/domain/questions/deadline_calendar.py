"""Deadlines as entries of a calendar: those of somebody's own bodies, or of all recommendations."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from msgspec import Struct

from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.recommendation import Recommendation


class CalendarEntry(Struct, frozen=True):
    """One deadline. `addressed` counts the bodies it is for, `owing` those that have not done it yet;
    `body_code` and `body_name` are empty where it is for all."""

    recommendation: Recommendation
    duty: Duty
    day: date
    owing: int
    addressed: int
    body_code: str = ""
    body_name: str = ""

    @property
    def is_done(self) -> bool:
        return not self.owing


class DeadlineCalendar(Struct, frozen=True):
    """`bodies` are the short names of the reader's own, empty where it is of all; `made_at` is a UTC instant,
    and `through_seq` the last update that the register held then: a later calendar has a higher one."""

    home_team: str
    bodies: tuple[str, ...]
    entries: tuple[CalendarEntry, ...]
    made_at: datetime
    through_seq: int

    @property
    def owed(self) -> int:
        """How many of the deadlines still ask for something."""
        return sum(not entry.is_done for entry in self.entries)


def of_bodies(
    rows: Iterable[Addressee], recommendations: Mapping[str, Recommendation], today: date
) -> tuple[CalendarEntry, ...]:
    """Return each body's own deadlines, as extended. What is done stays until its day, so that it is seen to
    be done."""
    entries = [
        CalendarEntry(
            recommendation=recommendations[row.recommendation_id],
            duty=duty,
            day=deadline,
            owing=int(row.owes(duty)),
            addressed=1,
            body_code=row.body_code,
            body_name=row.body_name,
        )
        for row in rows
        for duty in Duty
        if row.live and (deadline := row.deadline(duty)) is not None
    ]
    return _in_order(entries, today)


def of_all(
    rows: Iterable[Addressee], recommendations: Mapping[str, Recommendation], today: date
) -> tuple[CalendarEntry, ...]:
    """Return the deadlines that the reports state, and how many bodies still owe what they ask."""
    live = [row for row in rows if row.live]
    entries = []
    for recommendation in recommendations.values():
        addressed = [row for row in live if row.recommendation_id == recommendation.id]
        for duty in Duty:
            deadline = recommendation.deadline(duty)
            if deadline is not None and addressed:
                owing = sum(row.owes(duty) for row in addressed)
                entries.append(CalendarEntry(recommendation, duty, deadline, owing, len(addressed)))
    return _in_order(entries, today)


def _in_order(entries: Iterable[CalendarEntry], today: date) -> tuple[CalendarEntry, ...]:
    """Sort by day, report and number, without what was done in time and is past."""
    entries_to_come = [entry for entry in entries if not entry.is_done or entry.day >= today]
    return tuple(
        sorted(
            entries_to_come,
            key=lambda entry: (entry.day, entry.recommendation.place, entry.body_name, entry.duty),
        )
    )
