"""What was reported of others whom recommendations are addressed to: updates that concern no body."""

from sqlalchemy import Connection, or_

from bot.domain.register.update import Update, UpdateKind
from storage import updates
from storage.tables.history import updates as table


def history(connection: Connection, recommendation_id: str) -> tuple[Update, ...]:
    """Return what was reported on a recommendation, and what of it was taken back, in order of seq."""
    condition = (
        (table.c.recommendation_id == recommendation_id)
        & table.c.body_code.is_(None)
        & or_(table.c.kind == UpdateKind.PARTY_REPORTED.value, table.c.kind == UpdateKind.UNDO.value)
    )
    return tuple(sorted(updates.with_names(connection, condition), key=lambda update: update.seq))


def all_reports(connection: Connection) -> tuple[Update, ...]:
    """Return what was reported on any recommendation and not taken back."""
    condition = table.c.body_code.is_(None) & (table.c.kind == UpdateKind.PARTY_REPORTED.value)
    return tuple(update for update in updates.with_names(connection, condition) if not update.undone)
