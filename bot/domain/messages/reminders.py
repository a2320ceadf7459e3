"""When a contact is reminded of what their bodies have open, and what a reminder says.

Once a week each contact gets one message with everything open, unless all of it has moved within seven days.
Beside it they are reminded only on the last working day before a deadline, of what has not moved that week.
What is overdue by more than four weeks, or has no deadline, asks for a message in every fourth week alone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from bot.domain.calendar import is_working_day, london_date, previous_working_day
from bot.domain.messages.slots import Slot, slots
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import PersonKey
from bot.domain.register.published_response import PublishedResponse
from bot.domain.register.recommendation import Recommendation, place_of_id

RULE = "FREQ=WEEKLY;BYDAY=TU;BYHOUR=9;BYMINUTE=0"
NEWS_LASTS = timedelta(days=7)
LONG_OVERDUE = timedelta(weeks=4)
SNOOZED_FOR = timedelta(days=7)
# As many as a message has room for.
MOST_LINES = 20

_BEGINS = time(9)
_ENDS = time(17)
# A reminder by hand after hours, or by a rule that names an evening, has this long to be sent.
_LEAST_TIME = timedelta(hours=1)
_EVERY = 4  # weeks
_ONE_DAY = timedelta(days=1)
_ONE_WEEK = timedelta(weeks=1)
_MINUTE = timedelta(minutes=1)


@lru_cache(maxsize=64)
def weekly_slot(rule: str, day: date) -> Slot | None:
    """Return when the weekly reminders come on a London date by an RFC 5545 rule; None on other days. Of a
    rule that names several days of a week the first counts, so that nobody gets two in a week."""
    monday = _monday(day)
    of_week = slots(rule, _midnight(monday) - _MINUTE, _midnight(monday + _ONE_WEEK) - _MINUTE)
    return of_week[0] if of_week and of_week[0].local.date() == day else None


def next_weekly_slot(rule: str, after: date) -> Slot | None:
    """Return the first weekly reminders after a London date; None where none come within a year."""
    days = (after + _ONE_DAY * ahead for ahead in range(1, 366))
    return next((slot for day in days if (slot := weekly_slot(rule, day))), None)


def eve_slot(day: date) -> Slot:
    """Return when reminders of a deadline that is near come on a London date: at nine."""
    return Slot(datetime.combine(day, _BEGINS))


def slot_of(rule: str, day: date) -> Slot | None:
    """Return when a London date's reminders are sent: with the weekly ones, else at nine on working days."""
    return weekly_slot(rule, day) or (eve_slot(day) if is_working_day(day) else None)


def slot_by_hand(now: datetime) -> Slot:
    """Return the slot of a reminder that somebody asks for at a UTC instant, never one of the calendar's."""
    slot = Slot.at(now)
    return Slot(slot.local + _MINUTE) if slot.local.time() == _BEGINS else slot


def is_by_hand(rule: str, slot: Slot) -> bool:
    """Tell whether somebody asked for the reminder of a slot."""
    return slot != slot_of(rule, slot.local.date())


def is_office_time(now: datetime) -> bool:
    """Tell whether a UTC instant is on one of London's working days, from nine to five."""
    local = Slot.at(now).local
    return is_working_day(local.date()) and _BEGINS <= local.time() < _ENDS


def is_over(slot: Slot, now: datetime) -> bool:
    """Tell whether it is too late for the reminder of a slot: its day's work is over, and so is the hour that
    each has at least."""
    ends = Slot(datetime.combine(slot.local.date(), _ENDS)).instant
    return now >= max(ends, slot.instant + _LEAST_TIME)


def seconds_until_time(rule: str, now: datetime) -> float | None:
    """Return the seconds until today's reminders may be sent; None when that is past, or on other days."""
    slot = slot_of(rule, london_date(now))
    return (slot.instant - now).total_seconds() if slot and now < slot.instant else None


def has_news(addressee: Addressee, day: date) -> bool:
    """Tell whether anything was recorded within the week before a London date."""
    news = news_on(addressee)
    return news is not None and day - news <= NEWS_LASTS


def news_on(addressee: Addressee) -> date | None:
    """Return the London date of the latest news: when a person recorded it, or from when it stands where a
    file or the example brought it; None where nothing was ever said."""
    latest = addressee.latest_update
    if latest is None or not latest.author_user:
        return addressee.moved_on
    return london_date(latest.recorded_at)


def lines_of(contacts_open: Iterable[Addressee], day: date, *, weekly: bool) -> list[Addressee]:
    """Return what a contact is reminded of on a London date, nearest deadline first, given what is open for
    their bodies. On the day of the weekly reminders that is everything, if any of it asks for it."""
    rows = tuple(contacts_open)
    if weekly and any(_asks_for_a_reminder(addressee, day) for addressee in rows):
        return nearest_first(rows)
    return nearest_first(row for row in rows if is_eve(row, day) and not has_news(row, day))


def _asks_for_a_reminder(addressee: Addressee, day: date) -> bool:
    if has_news(addressee, day):
        return False
    return is_fourth_week(day) or any(deadline >= day - LONG_OVERDUE for deadline in deadlines(addressee))


def is_fourth_week(day: date) -> bool:
    """Tell whether a London date lies in one of the weeks, every fourth, that remind of what is long overdue.
    They are the same weeks for everybody."""
    return _monday(day).toordinal() // _ONE_WEEK.days % _EVERY == 0


def is_eve(addressee: Addressee, day: date) -> bool:
    """Tell whether a London date is the last working day before a deadline of what is owed."""
    return any(is_eve_of(deadline, day) for deadline in deadlines(addressee))


def is_eve_of(deadline: date, day: date) -> bool:
    """Tell whether a London date is the last working day before a deadline, a London date."""
    return previous_working_day(deadline - _ONE_DAY) == day


def _monday(day: date) -> date:
    return day - _ONE_DAY * day.weekday()


def _midnight(day: date) -> datetime:
    return Slot(datetime.combine(day, time.min)).instant


def key(person: PersonKey, day: date) -> str:
    """Return the key of the one reminder that a person may get on a London date."""
    return f"reminder:{person.team_id}:{person.user_id}:{day}"


def reader(reminder_key: str) -> PersonKey:
    """Return the person whose reminder has this key."""
    _, team_id, user_id, _ = reminder_key.split(":")
    return PersonKey(team_id, user_id)


def leaver_key(leaver: PersonKey, coordinator: PersonKey) -> str:
    """Return the key of the one message that tells a coordinator of a leaver."""
    return f"leaver:{leaver.user_id}:{coordinator.user_id}"


class Owed(Struct, frozen=True):
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
    return min(deadlines(addressee), default=None)


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


def deadlines(addressee: Addressee) -> list[date]:
    """Return the deadlines of what is owed, London dates; none for what has none."""
    return [
        deadline
        for duty in Duty
        if addressee.owes(duty) and (deadline := addressee.deadline(duty)) is not None
    ]


class Reminder(Struct, frozen=True):
    """What a contact's bodies owe."""

    bodies: tuple[str, ...]  # names
    lines: tuple[Owed, ...]  # as many as there is room for, nearest deadline first
    total: int  # how many lines there would be with room for all
    snoozed: int  # how many more are left out because the contact wanted it
    today: date  # a London date
    is_eve: bool = False  # whether it is only about what is due on the next working day or before it
    # Responses that these bodies are still to publish, or to copy.
    published_responses: tuple[PublishedResponse, ...] = ()

    @property
    def updates(self) -> tuple[int, ...]:
        """The updates of which it repeats words, by number."""
        latest = (line.addressee.latest_update for line in self.lines)
        steps = (update for row in self.published_responses for update in row.steps.values())
        return (
            *(update.seq for update in latest if update and update.excerpt),
            *(update.seq for update in steps if update.draft.free_words),
        )

    @property
    def more(self) -> int:
        """How many lines there is no room for."""
        return self.total - len(self.lines)


class Snoozed(Struct, frozen=True):
    """What a contact gets no reminders of for a while."""

    until: date  # a London date, from which they come again
    # The one line that is left out; None and empty where all lines are.
    recommendation: Recommendation | None = None
    body_name: str = ""
    next_weekly: date | None = None  # a London date: when the next weekly reminders come


class Absence(Struct, frozen=True):
    """Somebody who is away."""

    until: date  # a London date, on which they are back
    instead: Mapping[str, tuple[str, ...]]  # by the name of each of their bodies: who is reminded meanwhile


class Leaver(Struct, frozen=True):
    """Somebody who left Slack while they were a contact."""

    name: str
    remaining: Mapping[str, tuple[str, ...]]  # by the name of each of their bodies: who is left in it


class NotReminded(StrEnum):
    """Why a contact, or a body, gets no reminder although something is owed."""

    NO_CONTACT = "no contact"
    LEFT = "left Slack"
    PAUSED = "paused"
    AWAY = "away"
    SNOOZED = "snoozed"
    TODAY = "reminded today already"


class Chased(Struct, frozen=True):
    """A body that owes something, and a contact of it."""

    body_name: str
    contact_name: str = ""  # empty where there is none
    why_not: NotReminded | None = None  # None where they are reminded


class Chasing(Struct, frozen=True):
    """Who is reminded of a recommendation and who is not."""

    recommendation: Recommendation
    chased: tuple[Chased, ...]  # by body
    body_name: str = ""  # of the only body to be reminded, where one was named
    is_repeat: bool = False  # whether the same request had been answered before
