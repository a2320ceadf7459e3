"""What had been recorded of a body by the end of a day, for whoever folds how it stood then."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, or_

from bot.domain.register.update import Update, UpdateKind
from storage.tables.history import updates
from storage.updates import TO_FOLD, folded_of

_AT_A_TIME = 500
# These are asked for whenever they were recorded.
_OF_ANY_DAY = or_(updates.c.kind == UpdateKind.UNDO.value, updates.c.kind == UpdateKind.PASSED_ON.value)


def of_body_until(
    connection: Connection, body_code: str, day: date, recorded_before: datetime | None = None
) -> Iterator[Update]:
    """Yield what counts of the updates of a body at the end of a London day, addressee by addressee, the
    oldest of each first: without what stands from a later day or, with a UTC instant, was recorded then or
    later, but for what says that others were taken back or that it took another's place.

    They are as facts are folded from them, and read on demand as those of `each_of_addressees`."""
    conditions = [
        updates.c.body_code == body_code,
        updates.c.recommendation_id.is_not(None),
        or_(updates.c.stands_from <= day, _OF_ANY_DAY),
    ]
    if recorded_before is not None:
        conditions.append(or_(updates.c.recorded_at < recorded_before, _OF_ANY_DAY))
    ordered = TO_FOLD.where(*conditions).order_by(updates.c.recommendation_id, updates.c.seq)
    with connection.execute(ordered, execution_options={"yield_per": _AT_A_TIME}) as rows:
        yield from map(folded_of, rows)
