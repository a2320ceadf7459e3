"""What the contacts of a body that ends, and of its successor, are told in time: once for each end."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.register.people import PersonKey
from bot.domain.register.policing_body import PolicingBody

# Before the last day; an end that is recorded later is told at once.
_TOLD_BEFORE = timedelta(days=28)
_TOLD_AFTER = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class EndingNotice:
    """The decided end of a body, as one of the contacts concerned reads it."""

    body_name: str
    last_day: date  # London
    heirs: tuple[str, ...]  # names
    today: date  # London
    records_for_heir: bool  # whether the reader is a contact of a successor already
    goes_along: bool | None  # whether the body's contacts become the successor's; None while not answered
    is_of_body: bool  # whether the reader is a contact of the body


def is_to_be_told(body: PolicingBody, today: date) -> bool:
    """Whether its contacts are told on a London date."""
    if body.last_day is None or not body.ends_by_itself or not body.heirs:
        return False
    return body.last_day - _TOLD_BEFORE <= today <= body.last_day + _TOLD_AFTER


def notice_key(body: PolicingBody, who: PersonKey) -> str:
    """Return the key of the message to one person. An end that is moved to another day is told anew."""
    return f"ending:{body.code}:{body.last_day}:{who.team_id}:{who.user_id}"
