"""Holds that stand. They are in the history alone, where an index finds them."""

from sqlalchemy import Connection, exists, literal_column, select

from bot.domain.register.hold import Hold
from bot.domain.register.update import UpdateKind
from storage.tables.history import updates
from storage.updates import BY_SEQ

_about = updates.alias("about")
_STANDING = (
    select(updates.c.seq, updates.c.body_code, updates.c.stands_from, updates.c.text)
    .where(
        # By a literal, as the index has it.
        updates.c.kind == literal_column(f"'{UpdateKind.HOLD_PLACED}'"),
        ~exists().where(_about.c.about_seq == updates.c.seq, _about.c.kind == UpdateKind.HOLD_LIFTED.value),
    )
    .order_by(BY_SEQ)
)


def standing(connection: Connection) -> tuple[Hold, ...]:
    """Return the holds that nobody has lifted, the oldest first."""
    return tuple(
        Hold(row.seq, row.body_code, row.stands_from, row.text or "") for row in connection.execute(_STANDING)
    )
