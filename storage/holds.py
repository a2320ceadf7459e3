"""Holds that stand. They are in the history alone, which is gone through for them: to erase is rare."""

from sqlalchemy import Connection, exists, select

from bot.domain.register.hold import Hold
from bot.domain.register.update import UpdateKind
from storage.tables import updates

_about = updates.alias("about")
_STANDING = (
    select(updates.c.seq, updates.c.body_code, updates.c.stands_from, updates.c.text)
    .where(
        updates.c.kind == UpdateKind.HOLD_PLACED.value,
        ~exists().where(_about.c.about_seq == updates.c.seq, _about.c.kind == UpdateKind.HOLD_LIFTED.value),
    )
    .order_by(updates.c.seq)
)


def standing(connection: Connection) -> tuple[Hold, ...]:
    """Return the holds that nobody has lifted, the oldest first."""
    return tuple(
        Hold(row.seq, row.body_code, row.stands_from, row.text or "") for row in connection.execute(_STANDING)
    )
