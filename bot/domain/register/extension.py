"""Asking for more time, and how it was decided."""

from datetime import date, datetime

from msgspec import Struct

from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import Value
from bot.domain.register.update import Update

# The change that a request carries: the deadline in force, and the one asked for.
ASKED = "due_on asked"


class ExtensionRequest(Struct, frozen=True):
    """Update `seq`, in which a body asks to move its deadline for action from `due_on` to `until`, both
    London dates; `reason` is what the asker wrote."""

    seq: int
    recommendation: Recommendation
    body_code: str
    body_name: str
    due_on: date | None
    until: date
    reason: str
    asker: PersonKey
    asker_name: str


def until(update: Update) -> date:
    """Return the London date that a request asks for, or that a decision grants."""
    values = {change.what: change.now for change in update.draft.changes}
    return date.fromisoformat(values.get(Value.DUE_ON) or values[ASKED])


class Decision(Struct, frozen=True):
    """What a coordinator decided at a UTC instant; `again` when it was decided before somebody asked anew.

    `until` is the deadline granted, which can be another one than asked for; `reason` is why not."""

    request: ExtensionRequest
    granted: bool
    until: date
    by: str
    decided_at: datetime
    reason: str = ""
    again: bool = False
