"""A message of which nobody can tell whether it was sent, and what the coordinators say about it."""

from enum import StrEnum

from msgspec import Struct

from bot.domain.messages.delivery import Delivery


class Verdict(StrEnum):
    """What a coordinator says of a message."""

    APPEARED = "appeared"
    SEND_AGAIN = "send again"


class Doubt(Struct, frozen=True):
    """A message of which nobody can tell whether it was sent."""

    delivery: Delivery
    reader_name: str = ""  # whom a direct message is for; empty for a message in a channel


class Decided(Struct, frozen=True):
    """How a doubt ended: the state of the delivery tells."""

    doubt: Doubt
    before_this_answer: bool  # whether it had ended before this answer came


def is_question(key: str) -> bool:
    """Tell whether a delivery is itself such a question: nobody is asked about those."""
    return key.startswith(_QUESTION)


def question_key(about: str, user_id: str) -> str:
    """Return the key of the one message that asks a coordinator about the delivery with the key `about`."""
    return f"{_QUESTION}{about}:{user_id}"


def blocked_key(digest: str, user_id: str) -> str:
    """Return the key of the one message that tells a coordinator that a digest was not posted."""
    return f"digest-blocked:{digest}:{user_id}"


_QUESTION = "in-doubt:"
