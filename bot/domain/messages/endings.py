"""What the contacts of a body that ends, and of its successor, are told in time: once for each end, and once
more where it is withdrawn or changed."""

from datetime import date, timedelta

from msgspec import Struct

from bot.domain.register.people import PersonKey
from bot.domain.register.policing_body import PolicingBody

KEY = "ending:"
"""What the key of each of these messages begins with."""
# Before the last day; an end that is recorded later is told at once.
_TOLD_BEFORE = timedelta(days=28)
_TOLD_AFTER = timedelta(days=28)
REMEMBERED = _TOLD_BEFORE + _TOLD_AFTER
"""For so long after a message its reader may have to be told that it is otherwise."""
_NONE = "-"
_PIECES = 7


class End(Struct, frozen=True):
    """A decided end: a body's last day in London, and the codes of all who stand in its place."""

    last_day: date
    heirs: tuple[str, ...]

    def is_told_on(self, today: date) -> bool:
        """Whether contacts are told of it on a London date."""
        return self.last_day - _TOLD_BEFORE <= today <= self.last_day + _TOLD_AFTER


class ToldOfEnd(Struct, frozen=True):
    """What somebody was told last: that a body ends so, or goes on (None), as update `seq` left it."""

    seq: int
    end: End | None


class EndingNotice(Struct, frozen=True):
    """The decided end of a body, as one of the contacts concerned reads it; days are London dates."""

    body_name: str
    last_day: date | None  # None where it goes on
    heirs: tuple[str, ...]  # names
    today: date
    records_for_heir: bool  # whether the reader is a contact of a successor already
    goes_along: bool | None  # whether the body's contacts become the successor's; None while not answered
    is_of_body: bool  # whether the reader is a contact of the body
    # What the reader was told before, where it is no longer so.
    last_day_told: date | None = None
    heirs_told: tuple[str, ...] = ()  # names


def end_of(body: PolicingBody) -> End | None:
    """Return the end that is decided; None for a body that goes on."""
    if body.last_day is None or not body.ends_by_itself or not body.heirs:
        return None
    return End(body.last_day, body.heirs)


def notice_key(body: PolicingBody, person: PersonKey, seq: int) -> str:
    """Return the key of the message to one person that says how a body stands since update `seq`."""
    end = end_of(body)
    in_key = f"{end.last_day}:{'+'.join(end.heirs)}" if end else f"{_NONE}:{_NONE}"
    return f"{KEY}{body.code}:{seq}:{in_key}:{person.team_id}:{person.user_id}"


def read_notice_key(key: str) -> tuple[str, PersonKey, ToldOfEnd] | None:
    """Return the body's code, who was told, and what; None for the key of another message."""
    pieces = key.split(":")
    if len(pieces) != _PIECES:
        return None
    _, code, seq, last_day, heirs, team_id, user_id = pieces
    end = None if last_day == _NONE else End(date.fromisoformat(last_day), tuple(heirs.split("+")))
    return code, PersonKey(team_id, user_id), ToldOfEnd(int(seq), end)
