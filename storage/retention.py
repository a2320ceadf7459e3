"""Words that were recorded long ago, on what is no longer asked of their body."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from bot.domain.register.retention import OldWords
from bot.domain.register.update import PUBLISHED_WORDS
from storage.tables import addressees, updates

_PUBLISHED = [kind.value for kind in PUBLISHED_WORDS]
_WITH_WORDS = or_(updates.c.text != "", updates.c.evidence_url != "", updates.c.decided_by != "")
_OF_THE_ADDRESSEE = (addressees.c.recommendation_id == updates.c.recommendation_id) & (
    addressees.c.body_code == updates.c.body_code
)


def recorded_before(connection: Connection, instant: datetime) -> tuple[OldWords, ...]:
    """Return the words that were recorded before a UTC instant, the oldest first."""
    statement = (
        select(updates.c.seq, updates.c.recommendation_id, updates.c.body_code)
        .join(addressees, _OF_THE_ADDRESSEE)
        .where(
            updates.c.recorded_at < instant,
            updates.c.salt.is_not(None),
            updates.c.kind.not_in(_PUBLISHED),
            _WITH_WORDS,
            addressees.c.live == bindparam("live", False),
        )
        .order_by(updates.c.seq)
    )
    return tuple(
        OldWords(row.seq, row.recommendation_id or "", row.body_code or "")
        for row in connection.execute(statement)
    )
