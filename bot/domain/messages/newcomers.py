"""What is told once: a new contact is welcomed, and contacts are told of a new report that is addressed to
their bodies."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.domain.messages.slots import GRACE, Slot
from bot.domain.register.addressee import Duty
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Recommendation, Report, place_of_id

# Who became a contact, or what was added, longer ago is not news any more.
NEW_FOR = GRACE
# A report is announced once nothing more has been added to it for so long.
QUIET_FOR = timedelta(minutes=10)

_MINUTE = timedelta(minutes=1)


def slot_of(instant: datetime) -> Slot:
    """Return the slot of the message about what happened at a UTC instant: the minute after it."""
    return Slot.at(instant + _MINUTE)


def welcome_key(person: PersonKey) -> str:
    """Return the key of the one message that welcomes a contact."""
    return f"welcome:{person.team_id}:{person.user_id}"


def announcement_key(report_key: str, person: PersonKey) -> str:
    """Return the key of the one message that tells a contact of a new report."""
    return f"new-report:{person.team_id}:{person.user_id}:{report_key}"


def reader(key: str) -> PersonKey:
    """Return the person whose message has one of these keys."""
    _, team_id, user_id, *_ = key.split(":")
    return PersonKey(team_id, user_id)


def report_announced(key: str) -> str:
    """Return the key of the report of which the message with an announcement's key tells."""
    return key.split(":")[3]


def new_reports(added: Iterable[tuple[str, datetime]], now: datetime) -> Mapping[str, datetime]:
    """Return the reports to announce at a UTC instant, each with the instant at which the last of its
    recommendations was added, given the ids of all recommendations with the instants at which they were.

    The first was added within `NEW_FOR`, and the last is older than `QUIET_FOR`."""
    of_report: dict[str, list[datetime]] = {}
    for recommendation_id, instant in added:
        of_report.setdefault(place_of_id(recommendation_id)[0], []).append(instant)
    return {
        report_key: max(instants)
        for report_key, instants in of_report.items()
        if now - max(instants) >= QUIET_FOR and now - min(instants) < NEW_FOR
    }


class Welcome(Struct, frozen=True):
    """What a new contact reads."""

    bodies: tuple[str, ...]  # names
    open: int  # how many recommendations they have open
    next_due: date | None  # a London date: the next deadline among these
    today: date  # a London date
    only_approves: bool = False  # whether they approve for each of the bodies, and record for none of them


class Announcement(Struct, frozen=True):
    """What a contact reads of a new report."""

    report: Report
    bodies: tuple[str, ...]  # names of the contact's bodies that it is addressed to
    recommendations: tuple[Recommendation, ...]  # those addressed to any of them, in order
    due: Mapping[Duty, date]  # the first deadline ahead of each duty that is owed, London dates
    today: date  # a London date
