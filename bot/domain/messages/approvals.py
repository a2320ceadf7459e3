"""The message that asks an approver: its key, and what it tells."""

from msgspec import Struct

from bot.domain.register.approval import ForApproval
from bot.domain.register.people import PersonKey

_KEY = "approval"


def approval_key(seq: int, person: PersonKey) -> str:
    """Return the key of the message about update `seq`, and what was recorded with it."""
    return f"{_KEY}:{seq}:{person}"


def asked_in(key: str) -> tuple[int, PersonKey]:
    """Return the number of the update, and whom the message with this key is to."""
    _, seq, person = key.split(":", 2)
    return int(seq), PersonKey.read(person)


class ApprovalRequest(Struct, frozen=True):
    """What one request recorded for a body and waits for approval, in order."""

    items: tuple[ForApproval, ...]
