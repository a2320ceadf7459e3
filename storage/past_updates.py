"""What had been recorded of a body by the end of a day, for whoever folds how it stood then."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, or_, select, union_all

from bot.domain.register.update import COUNTS_ON_ANY_DAY, Update, UpdateKind
from storage.tables.history import updates
from storage.types import LondonDate
from storage.updates import TO_FOLD, folded_of

_AT_A_TIME = 500
_OF_ITS_DAY = [kind.value for kind in UpdateKind if kind not in COUNTS_ON_ANY_DAY]
_is_of_any_day = updates.c.kind.in_([kind.value for kind in COUNTS_ON_ANY_DAY])
# By an index that has both, so that what came later is not gone through.
_UNTIL = select(updates.c.seq).where(
    updates.c.body_code == bindparam("body_code"),
    updates.c.kind.in_(_OF_ITS_DAY),
    updates.c.stands_from <= bindparam("day", type_=LondonDate()),
)
_ALWAYS = select(updates.c.seq).where(updates.c.body_code == bindparam("body_code"), _is_of_any_day)
_OF_BODY = TO_FOLD.where(
    updates.c.seq.in_(union_all(_UNTIL, _ALWAYS)), updates.c.recommendation_id.is_not(None)
).order_by(updates.c.recommendation_id, updates.c.seq)


def of_body_until(
    connection: Connection, body_code: str, day: date, recorded_before: datetime | None = None
) -> Iterator[Update]:
    """Yield what counts of the updates of a body at the end of a London day, addressee by addressee, the
    oldest of each first: without what stands from a later day or, with a UTC instant, was recorded then or
    later, but for what says that others were taken back or that it took another's place.

    They are as facts are folded from them, and read on demand as those of `each_of_addressees`."""
    statement = _OF_BODY
    if recorded_before is not None:
        statement = statement.where(or_(updates.c.recorded_at < recorded_before, _is_of_any_day))
    values = {"body_code": body_code, "day": day}
    with connection.execute(statement, values, execution_options={"yield_per": _AT_A_TIME}) as rows:
        yield from map(folded_of, rows)
