"""Counts kept of the whole register, so that its overview costs the same however many recommendations there
are: the live ones of each kind, and those of which anything is owed, by the first deadline of that."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Integer, Select, bindparam, case, func, literal_column, select, update

from bot.domain.questions.answers import OverdueSummary
from bot.domain.register.recommendation import RecommendationKind
from storage import upserts
from storage.changing import change_each
from storage.tables.tallies import register_tallies

OWED_BY = "owed by"
_COUNT = "recommendations"
# Stands for the day in counts that have none.
_NO_DAY = date.min
_its = register_tallies.c
_NONE = literal_column("0", Integer)
_FEWER = (
    update(register_tallies)
    .where(_its.what == bindparam("counted_what"), _its.day == bindparam("counted_day"))
    .values(recommendations=_its.recommendations - bindparam("fewer"))
)
_KINDS = select(_its.what, _its.recommendations).where(_its.day == _NO_DAY)
_is_late = _its.day < bindparam("today")
LATE = select(
    func.coalesce(func.sum(case((_is_late, _its.recommendations), else_=0)), 0).label("late"),
    func.min(case((_is_late, _its.day))).label("oldest"),
    func.coalesce(func.sum(case((_its.day < bindparam("since"), _its.recommendations), else_=0)), 0).label(
        "late_before"
    ),
).where(_its.what == OWED_BY, _its.recommendations > _NONE)


def count_of(kind: RecommendationKind) -> Select[int]:
    """Select the number of live recommendations of a kind."""
    return select(_its.recommendations).where(
        _its.what == literal_column(f"'{kind.value}'"), _its.day == _NO_DAY
    )


def live_by_kind(connection: Connection) -> dict[RecommendationKind, int]:
    """Count the live recommendations that are addressed to bodies, and those that are derived."""
    count_by_kind = dict(connection.execute(_KINDS).all())
    return {kind: count_by_kind.get(kind.value, 0) for kind in RecommendationKind}


def late(connection: Connection, today: date) -> OverdueSummary:
    """Count the recommendations of which anything is overdue on a London date."""
    row = connection.execute(LATE, {"today": today, "since": today}).one()
    return OverdueSummary(int(row.late), row.oldest)


def add_kinds(connection: Connection, kinds: Iterable[RecommendationKind]) -> None:
    """Count live recommendations of these kinds that are being added."""
    _move(connection, Counter((kind.value, _NO_DAY) for kind in kinds))


def take_kind(connection: Connection, kind: RecommendationKind) -> None:
    """Count one no longer. Raises WrongNumberOfRows for what was never counted."""
    _move(connection, Counter({(kind.value, _NO_DAY): -1}))


def move_deadlines(connection: Connection, before: Mapping[str, date], after: Mapping[str, date]) -> None:
    """Count recommendations by the first deadline of what is owed of each, in the place of that before.

    Raises WrongNumberOfRows for what was never counted."""
    moves = Counter((OWED_BY, day) for day in after.values())
    moves.subtract((OWED_BY, day) for day in before.values())
    _move(connection, moves)


def _move(connection: Connection, counter: Counter[tuple[str, date]]) -> None:
    fewer = [
        {"counted_what": kind, "counted_day": day, "fewer": -n}
        for (kind, day), n in sorted(counter.items())
        if n < 0
    ]
    change_each(connection, _FEWER, fewer)
    more: list[dict[str, Any]] = [
        {"what": kind, "day": day, "recommendations": n}
        for (kind, day), n in sorted(counter.items())
        if n > 0
    ]
    if more:
        connection.execute(upserts.adding(connection, register_tallies, _COUNT), more)
