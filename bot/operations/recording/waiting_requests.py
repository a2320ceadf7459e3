"""What bodies have asked for and nobody has decided yet."""

from collections.abc import Iterable
from datetime import date

from bot.domain.register.addressee import Addressee
from bot.domain.register.extension import until
from storage import open_requests
from storage.database import Connection


def asked_until(connection: Connection, addressees: Iterable[Addressee]) -> dict[tuple[str, str], date]:
    """Return the later deadlines that are asked for, London dates, by recommendation id and body code."""
    rows = tuple(addressees)
    if not rows:
        return {}
    waiting = open_requests.undecided_among(
        connection,
        [addressee.recommendation_id for addressee in rows],
        [addressee.body_code for addressee in rows],
    )
    return {key: until(update) for key, update in waiting.items()}
