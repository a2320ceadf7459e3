"""The form on which a body answers without Slack: a row for each recommendation that it has open.

Each row carries a code, which says what the row is about and how that stood when the form was made. Only the
register's own key makes one, so that a row that was altered, moved to another body or made up is noticed."""

import hmac
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from msgspec import Struct

from bot.domain.register.addressee import Addressee
from bot.domain.register.recommendation import Recommendation

# How the request keys of rows that came in a return form begin.
RETURNED = "return:"
# And how those of its notes end: one row can bring an answer and a note.
RETURNED_NOTE = ":note"
# The sheets of its workbook: the one that is read, and the one for whoever fills it in.
SHEET, EXPLAINED = "Return", "How to fill this in"
# Hexadecimal digits of a code that a guess would have to meet.
_DIGITS = 12


class ReturnItem(Struct, frozen=True):
    """A recommendation that the body has open, as it stood when the form was made."""

    recommendation: Recommendation
    addressee: Addressee
    code: str


class ReturnForm(Struct, frozen=True):
    """What a body has open on a London day, nearest deadline first. `slug` is the name that people type."""

    body_name: str
    slug: str
    day: date
    items: tuple[ReturnItem, ...]


class ReturnCode(Struct, frozen=True):
    """What a code says: for which body its row is, and which version of the addressee it showed."""

    body_code: str
    version: int


def codes_recorded(request_keys: Iterable[str]) -> frozenset[str]:
    """Return the codes of the rows that brought something, from their request keys."""
    return frozenset(key.removeprefix(RETURNED).removesuffix(RETURNED_NOTE) for key in request_keys)


def code_of(key: bytes, recommendation_id: str, body_code: str, version: int) -> str:
    return f"{body_code}-{version}-{_signature(key, recommendation_id, body_code, version)}"


def read_code(key: bytes, text: str, recommendation_id: str) -> ReturnCode | None:
    """Return what a code says; None where this register never gave it to a row about this recommendation."""
    body_code, _, rest = text.partition("-")
    version, _, signature = rest.partition("-")
    if not (version.isascii() and version.isdigit()):
        return None
    expected = _signature(key, recommendation_id, body_code, int(version))
    if not hmac.compare_digest(signature.lower().encode(), expected.encode()):
        return None
    return ReturnCode(body_code, int(version))


def _signature(key: bytes, recommendation_id: str, body_code: str, version: int) -> str:
    about = "\n".join((recommendation_id, body_code, str(version)))
    return hmac.new(key, about.encode(), sha256).hexdigest()[:_DIGITS]
