"""What had been recorded before an instant, or before another update, found without going through what came
since."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, case, func, literal_column, select

from bot.domain.register.transition import PROGRESS_UPDATE, RESPONSE_UPDATE
from bot.domain.register.update import CHANGES_STATE, UpdateKind
from storage.chain import changes_of
from storage.tables.history import chain_head, updates
from storage.types import UtcDateTime
from storage.updates import has

# Instants grow along the history, but for what waited to be recorded and for clocks that differ: by less.
_CLOCKS_DIFFER_BY = timedelta(hours=1)
_AT_A_TIME = 20


def _last_before() -> Any:
    """Select the last update recorded before an instant. Its place is halved until it is found, so that it
    takes as long however much was recorded since."""
    # The number of an update recorded before `late`, or nought; and of a later one recorded from then on.
    bounds = select(
        literal_column("0", Integer).label("before"),
        (chain_head.c.seq + literal_column("1", Integer)).label("after"),
    ).cte("bounds", recursive=True)
    middle = updates.alias("middle")
    is_before = middle.c.recorded_at < bindparam("late", type_=UtcDateTime())
    bounds = bounds.union_all(
        select(
            case((is_before, middle.c.seq), else_=bounds.c.before),
            case((is_before, bounds.c.after), else_=middle.c.seq),
        )
        .select_from(bounds)
        .join(middle, middle.c.seq == (bounds.c.before + bounds.c.after) // literal_column("2", Integer))
        .where(bounds.c.after - bounds.c.before > literal_column("1", Integer))
    )
    # What is before `late` and not before the instant is walked through.
    return (
        select(updates.c.seq)
        .where(
            updates.c.seq < select(func.min(bounds.c.after)).scalar_subquery(),
            updates.c.recorded_at < bindparam("instant", type_=UtcDateTime()),
        )
        .order_by(updates.c.seq.desc())
        .limit(1)
    )


_LAST_BEFORE = _last_before()


def last_seq_before(connection: Connection, instant: datetime) -> int:
    """Return the last sequence number recorded before a UTC instant; 0 when there is none."""
    values = {"instant": instant, "late": instant + _CLOCKS_DIFFER_BY}
    return connection.execute(_LAST_BEFORE, values).scalar_one_or_none() or 0


_OF_KINDS = (
    select(updates.c.seq, updates.c.kind, updates.c.stands_from, updates.c.changes)
    .where(
        updates.c.recommendation_id == bindparam("recommendation_id"),
        updates.c.body_code == bindparam("body_code"),
        updates.c.kind.in_(bindparam("kinds", expanding=True)),
        updates.c.seq < bindparam("before"),
        ~has(UpdateKind.UNDO),
    )
    .order_by(updates.c.seq.desc())
    .limit(_AT_A_TIME)
)


def previous_standing(
    connection: Connection, recommendation_id: str, body_code: str, kind: UpdateKind, *, before: int
) -> int | None:
    """Return the number of the update by which a response or a progress stood before another one: the last
    of the kind that was not taken back, or the one that came from a predecessor."""
    inherited = RESPONSE_UPDATE if kind is UpdateKind.RESPONSE else PROGRESS_UPDATE
    kinds = (kind, UpdateKind.PASSED_ON)
    for row in _newest_first(connection, recommendation_id, body_code, kinds, before):
        if row.kind == kind.value:
            seq: int = row.seq
            return seq
        for change in changes_of(row):
            if change.what == inherited:
                return int(change.now) if change.now else None
    return None


def value_since(
    connection: Connection, recommendation_id: str, body_code: str, value: str, *, before: int
) -> date | None:
    """Return the London date from which a value stood just before an update: that of the last update to
    change it that was not taken back. `value` is what changes call it."""
    for row in _newest_first(connection, recommendation_id, body_code, tuple(CHANGES_STATE), before):
        if any(change.what == value and change.was != change.now for change in changes_of(row)):
            day: date = row.stands_from
            return day
    return None


def _newest_first(
    connection: Connection,
    recommendation_id: str,
    body_code: str,
    kinds: tuple[UpdateKind, ...],
    before: int,
) -> Iterator[Any]:
    """Yield the updates of an addressee before another one, of some kinds and not taken back, newest first.
    They are read as they are asked for: mostly the last of them tells."""
    values = {
        "recommendation_id": recommendation_id,
        "body_code": body_code,
        "kinds": [kind.value for kind in kinds],
    }
    while True:
        rows = connection.execute(_OF_KINDS, values | {"before": before}).all()
        yield from rows
        if len(rows) < _AT_A_TIME:
            return
        before = rows[-1].seq
