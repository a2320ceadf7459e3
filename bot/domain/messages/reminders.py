"""When a contact is reminded of what their bodies owe, and what a reminder says.

One rule for both duties: 30, 14, 7 and 1 days before the deadline; where it has passed, 7, 14, 21 and 28 days
after it, and from the second month on each month on its day, or the month's last. A day that is not a working
day moves to the working day before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from bot.domain.calendar import is_working_day, previous_working_day
from bot.domain.messages.slots import Slot
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Recommendation, place_of_id

DAYS_BEFORE = (30, 14, 7, 1)
WEEKS_AFTER = 4
SNOOZED_FOR = timedelta(days=7)
# As many lines as a message has room for, each with its buttons.
MOST_LINES = 12

_BEGINS = time(9)
_ENDS = time(17)
# A reminder by hand after hours has this long to be sent.
_BY_HAND = timedelta(hours=1)
# The first month's day comes too soon after the fourth week's.
_FIRST_MONTH = 2


class Occurrence(StrEnum):
    """A kind of reminder of a deadline."""

    BEFORE = "before"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


def occurrence(deadline: date, day: date) -> Occurrence | None:
    """Return which reminder of a deadline belongs on a day, both London dates; None on most days."""
    if not is_working_day(day):
        return None
    moved_here = _days_moved_to(day)
    if any(deadline - timedelta(days=before) in moved_here for before in DAYS_BEFORE):
        return Occurrence.BEFORE
    if any(deadline + timedelta(weeks=week) in moved_here for week in range(1, WEEKS_AFTER + 1)):
        return Occurrence.WEEKLY
    if any(_is_monthly(deadline, original) for original in moved_here):
        return Occurrence.MONTHLY
    return None


def _days_moved_to(working_day: date) -> list[date]:
    """Return the days whose reminders belong on a working day: itself, and those without work after it."""
    days = [working_day]
    while previous_working_day(following := days[-1] + timedelta(days=1)) == working_day:
        days.append(following)
    return days


def _is_monthly(deadline: date, day: date) -> bool:
    months = (day.year - deadline.year) * 12 + day.month - deadline.month
    return months >= _FIRST_MONTH and deadline + relativedelta(months=months) == day


def slot_of(day: date) -> Slot:
    """Return when a day's reminders are sent: at nine in London."""
    return Slot(datetime.combine(day, _BEGINS))


def is_time(now: datetime) -> bool:
    """Tell whether reminders may be sent at a UTC instant: on London's working days, from nine to five."""
    local = Slot.at(now).local
    return is_working_day(local.date()) and _BEGINS <= local.time() < _ENDS


def is_over(slot: Slot, now: datetime) -> bool:
    """Tell whether it is too late for the reminder of a slot: its day's work is over, and so is the hour that
    one sent by hand has."""
    ends = Slot(datetime.combine(slot.local.date(), _ENDS)).instant
    return now >= max(ends, slot.instant + _BY_HAND)


def seconds_until_time(now: datetime) -> float | None:
    """Return the seconds until today's reminders may be sent; None when that is past, or on other days."""
    today = Slot.at(now).local.date()
    begins = slot_of(today).instant
    return (begins - now).total_seconds() if now < begins and is_working_day(today) else None


def key(who: PersonKey, day: date) -> str:
    """Return the key of the one reminder that a person may get on a London date."""
    return f"reminder:{who.team_id}:{who.user_id}:{day}"


def reader(reminder_key: str) -> PersonKey:
    """Return the person whose reminder has this key."""
    _, team_id, user_id, _ = reminder_key.split(":")
    return PersonKey(team_id, user_id)


def leaver_key(leaver: PersonKey, coordinator: PersonKey) -> str:
    """Return the key of the one message that tells a coordinator of a leaver."""
    return f"leaver:{leaver.user_id}:{coordinator.user_id}"


@dataclass(frozen=True, slots=True)
class Owed:
    """What a body owes on a recommendation."""

    recommendation: Recommendation
    addressee: Addressee
    asked_until: date | None = None  # the later deadline that it asks for, a London date

    @property
    def deadline(self) -> date | None:
        """The first deadline of what is owed, a London date."""
        return first_deadline(self.addressee)


def first_deadline(addressee: Addressee) -> date | None:
    """Return the first deadline of what is owed, a London date."""
    return min(_deadlines(addressee), default=None)


def is_reminded_on(addressee: Addressee, day: date) -> bool:
    """Tell whether a London date is one on which to remind of what is owed here."""
    return any(occurrence(deadline, day) for deadline in _deadlines(addressee))


def nearest_first(owing: Iterable[Addressee]) -> list[Addressee]:
    """Sort by deadline; what has none comes last."""
    return sorted(
        owing,
        key=lambda addressee: (
            first_deadline(addressee) or date.max,
            place_of_id(addressee.recommendation_id),
            addressee.body_name,
        ),
    )


def _deadlines(addressee: Addressee) -> list[date]:
    return [
        deadline
        for duty in Duty
        if addressee.owes(duty) and (deadline := addressee.deadline(duty)) is not None
    ]


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a contact's bodies owe."""

    bodies: tuple[str, ...]  # names
    lines: tuple[Owed, ...]  # as many as there is room for, nearest deadline first
    total: int  # how many lines there would be with room for all
    snoozed: int  # how many more are left out because the contact wanted it
    today: date  # a London date

    @property
    def more(self) -> int:
        """How many lines there is no room for."""
        return self.total - len(self.lines)


@dataclass(frozen=True, slots=True)
class Snoozed:
    """A line that a contact gets no reminders of for a while."""

    recommendation: Recommendation
    body_name: str
    until: date  # a London date, on which they come again


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who left Slack while they were a contact."""

    name: str
    remaining: Mapping[str, tuple[str, ...]]  # by the name of each of their bodies: who is left in it


class NotReminded(StrEnum):
    """Why a contact, or a body, gets no reminder although something is owed."""

    NO_CONTACT = "no contact"
    LEFT = "left Slack"
    PAUSED = "paused"
    SNOOZED = "snoozed"
    TODAY = "reminded today already"


@dataclass(frozen=True, slots=True)
class Chased:
    """A body that owes something, and a contact of it."""

    body_name: str
    contact_name: str = ""  # empty where there is none
    why_not: NotReminded | None = None  # None where they are reminded


@dataclass(frozen=True, slots=True)
class Chasing:
    """Who is reminded of a recommendation and who is not."""

    recommendation: Recommendation
    chased: tuple[Chased, ...]  # by body
    body_name: str = ""  # of the only body to be reminded, where one was named
    is_repeat: bool = False  # whether the same request had been answered before
