"""Words that were recorded long ago, on what is no longer asked of their body."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select, tuple_

from bot.domain.register.retention import OldWords
from bot.domain.register.update import PUBLISHED_WORDS
from storage.tables.addressees import addressees
from storage.tables.history import updates

_PUBLISHED = [kind.value for kind in PUBLISHED_WORDS]
_WITH_WORDS = or_(updates.c.text != "", updates.c.evidence_url != "", updates.c.decided_by != "")
# Few have ended: their updates are looked up, and the history is not gone through.
_ENDED = select(addressees.c.recommendation_id, addressees.c.body_code).where(
    addressees.c.live == bindparam("live", False)
)


def recorded_before(connection: Connection, instant: datetime) -> tuple[OldWords, ...]:
    """Return the words that were recorded before a UTC instant, the oldest first."""
    statement = (
        select(updates.c.seq, updates.c.recommendation_id, updates.c.body_code)
        .where(
            tuple_(updates.c.recommendation_id, updates.c.body_code).in_(_ENDED),
            updates.c.recorded_at < instant,
            updates.c.salt.is_not(None),
            updates.c.kind.not_in(_PUBLISHED),
            _WITH_WORDS,
        )
        .order_by(updates.c.seq)
    )
    return tuple(
        OldWords(row.seq, row.recommendation_id or "", row.body_code or "")
        for row in connection.execute(statement)
    )
