"""Counts kept beside the addressees, so that an overview costs the same however many rows there are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import (
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal_column,
    select,
    union_all,
    update,
)

from bot.domain.questions.answers import OverdueSummary, RegisterTotals
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.due import Due
from bot.domain.register.recommendation import RecommendationKind, Tally
from storage import register_tallies, upserts
from storage.changing import change_each, change_one
from storage.few_ids import FewIds
from storage.recommendations import IN_ORDER
from storage.states import ANSWERS, STAGES
from storage.tables.addressees import addressees
from storage.tables.reports import recommendations
from storage.tables.tallies import due_tallies, tallies

Statement = TypeVar("Statement", bound=Select[*tuple[Any, ...]])

_EACH = select(tallies.c.recommendation_id, tallies.c.what, tallies.c.value, tallies.c.bodies)
_OF = _EACH.where(tallies.c.recommendation_id.in_(bindparam("ids", expanding=True)))
# A page of a list, with what a derived recommendation on it rests on.
_FEW = FewIds(20)
_OF_FEW = _EACH.where(tallies.c.recommendation_id.in_(_FEW.parameters()))
_TAKE_OUT = (
    update(tallies)
    .where(
        tallies.c.recommendation_id == bindparam("counted_of"),
        tallies.c.what == bindparam("counted_what"),
        tallies.c.value == bindparam("counted_value"),
    )
    .values(bodies=tallies.c.bodies - bindparam("fewer"))
)
_MOVE_DUE = (
    update(due_tallies)
    .where(
        due_tallies.c.duty == bindparam("of_duty"),
        due_tallies.c.deadline == bindparam("of_deadline"),
        due_tallies.c.recommendation_id == bindparam("counted_of"),
    )
    .values(
        addressed=due_tallies.c.addressed + bindparam("more_addressed"),
        owed=due_tallies.c.owed + bindparam("more_owed"),
    )
)
# A literal nought, so that the planner knows it for the partial index that leaves out what is done.
_STILL_OWED = due_tallies.c.owed > literal_column("0")


def of(connection: Connection, recommendation_ids: Iterable[str]) -> dict[str, Tally]:
    """Return the tally of each recommendation; an empty one where nobody is addressed."""
    ids = list(recommendation_ids)
    answers: dict[str, dict[Answer, int]] = {name: {} for name in ids}
    stages: dict[str, dict[Stage, int]] = {name: {} for name in ids}
    counted = (
        connection.execute(_OF_FEW, _FEW.values(ids))
        if _FEW.holds(ids)
        else connection.execute(_OF, {"ids": ids})
    )
    for recommendation_id, counted_by, value, bodies in counted.all():
        if counted_by == "answer":
            answers[recommendation_id][ANSWERS[value]] = bodies
        else:
            stages[recommendation_id][STAGES[value]] = bodies
    return {name: Tally(answers[name], stages[name]) for name in ids}


def totals(connection: Connection, today: date) -> RegisterTotals:
    """Count over the whole register on a London date, in one statement."""
    row = connection.execute(_TOTALS, {**between(today, None), "today": today, "since": today}).one()
    return RegisterTotals(
        live={kind: getattr(row, kind.value) or 0 for kind in RecommendationKind},
        late=OverdueSummary(int(row.late), row.oldest),
        next_due=min(filter(None, (getattr(row, f"next_{duty.value}") for duty in Duty)), default=None),
        has_heirs=row.has_heirs,
    )


def deadlines_owed(connection: Connection) -> tuple[date, ...]:
    """Return the London dates by which anything is still owed, past and to come."""
    statement = select(due_tallies.c.deadline).where(_STILL_OWED, due_tallies.c.deadline < date.max)
    return tuple(connection.execute(statement.distinct()).scalars())


_FIRST_OWED = (
    select(due_tallies.c.recommendation_id, func.min(due_tallies.c.deadline))
    .where(due_tallies.c.recommendation_id.in_(bindparam("ids", expanding=True)), _STILL_OWED)
    .group_by(due_tallies.c.recommendation_id)
)
_EITHER_DUTY = due_tallies.c.duty.in_([duty.value for duty in Duty])
IS_OWED = and_(_STILL_OWED, _EITHER_DUTY)
_LATE = select(
    func.count(due_tallies.c.recommendation_id.distinct()).label("recommendations"),
    func.min(due_tallies.c.deadline).label("oldest"),
).where(_EITHER_DUTY, due_tallies.c.deadline < bindparam("today"), _STILL_OWED)

_OWED_BETWEEN = (
    select(due_tallies)
    .join(recommendations, recommendations.c.id == due_tallies.c.recommendation_id)
    .where(
        _STILL_OWED,
        _EITHER_DUTY,
        due_tallies.c.deadline >= bindparam("from_day"),
        due_tallies.c.deadline < bindparam("before"),
    )
    .order_by(due_tallies.c.deadline, *IN_ORDER, due_tallies.c.duty.desc())
)
# Of one duty, whose index has the deadlines in order.
_OWED = (
    _STILL_OWED,
    due_tallies.c.deadline >= bindparam("from_day"),
    due_tallies.c.deadline < bindparam("before"),
)
_DEADLINES = (
    select(due_tallies.c.deadline).where(*_OWED).order_by(due_tallies.c.deadline).limit(bindparam("end"))
)
# Of each duty as many as a page can need: one walk along the index for each.
FIRST_DEADLINES = union_all(
    *(
        select(_DEADLINES.where(due_tallies.c.duty == literal_column(f"'{duty.value}'")).subquery())
        for duty in Duty
    )
)
_PAGE = _OWED_BETWEEN.limit(bindparam("limit")).offset(bindparam("offset"))


def _of_each_duty(counted: Select[Any]) -> Select[Any]:
    """Select the same value once for each duty, side by side in one row."""
    return select(
        *(
            counted.where(*_OWED, due_tallies.c.duty == literal_column(f"'{duty.value}'")).scalar_subquery()
            for duty in Duty
        )
    )


_FIRST = select(func.min(due_tallies.c.deadline))
_FIRSTS = _of_each_duty(_FIRST)
COUNTS = _of_each_duty(select(func.count()).select_from(due_tallies))


_LATE_IN_ALL = register_tallies.LATE.subquery("late_in_all")
_TOTALS: Any = select(
    *_LATE_IN_ALL.c,
    *(register_tallies.count_of(kind).scalar_subquery().label(kind.value) for kind in RecommendationKind),
    *(
        column.label(f"next_{duty.value}")
        for duty, column in zip(Duty, _FIRSTS.selected_columns, strict=True)
    ),
    exists().where(addressees.c.passed_to.is_not(None)).label("has_heirs"),
)
_AWAITED = (due_tallies.c.duty == Duty.RESPONSE.value, _STILL_OWED)
_WITHOUT_RESPONSE = (
    select(due_tallies.c.deadline, due_tallies.c.recommendation_id)
    .join(recommendations, recommendations.c.id == due_tallies.c.recommendation_id)
    .where(*_AWAITED)
    .order_by(due_tallies.c.deadline, *IN_ORDER)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_COUNT_WITHOUT_RESPONSE = select(func.count(), func.coalesce(func.sum(due_tallies.c.owed), 0)).where(
    *_AWAITED
)


def without_response(
    connection: Connection, *, limit: int, offset: int
) -> tuple[tuple[date | None, str], ...]:
    """Return a page of the recommendations that bodies have not responded to, each with the deadline for it,
    nearest first; those without one come last."""
    rows = connection.execute(_WITHOUT_RESPONSE, {"limit": limit, "offset": offset}).all()
    return tuple((None if day == date.max else day, recommendation_id) for day, recommendation_id in rows)


def count_without_response(connection: Connection) -> tuple[int, int]:
    """Count the rows that `without_response` has in all, and the responses that are awaited."""
    row = connection.execute(_COUNT_WITHOUT_RESPONSE).one()
    return row[0], int(row[1])


def late(connection: Connection, today: date, *, ids: Iterable[str] | None = None) -> OverdueSummary:
    """Count what is overdue on a London date, of some recommendations or all."""
    if ids is None:
        return register_tallies.late(connection, today)
    statement = _among(_LATE, ids)
    row = connection.execute(statement, {"today": today}).one()
    return OverdueSummary(row.recommendations, row.oldest)


def due(connection: Connection, *, from_day: date | None = None) -> tuple[Due, ...]:
    """Return all that is still owed with deadlines from a London date on, nearest first."""
    return _all_due(connection.execute(_OWED_BETWEEN, between(from_day, None)).all())


def due_page(
    connection: Connection,
    *,
    from_day: date | None = None,
    before: date | None = None,
    limit: int,
    offset: int = 0,
) -> tuple[Due, ...]:
    """Return a page of what is still owed with deadlines from one London date on and before another, nearest
    first."""
    end = offset + limit
    # The days of the page, and how many rows stand before the first of them.
    owed = connection.execute(FIRST_DEADLINES, {**between(from_day, before), "end": end})
    days = days_of_page(owed.scalars(), offset, end)
    if days is None:
        return ()
    page = {"limit": limit, "offset": days.skipped}
    return _all_due(connection.execute(_PAGE, {**between(days.first, days.after_last), **page}).all())


def due_of(connection: Connection, ids: Iterable[str], from_day: date, before: date) -> tuple[Due, ...]:
    """Return all that is still owed of some recommendations with deadlines from one London date on and before
    another, nearest first."""
    statement = _among(_OWED_BETWEEN, ids)
    return _all_due(connection.execute(statement, between(from_day, before)).all())


class DaysOfPage(Struct, frozen=True):
    """From the first London date of a page until the day after its last. Of the first date `skipped` rows
    stand on pages before."""

    first: date
    after_last: date
    skipped: int


def days_of_page(deadlines: Iterable[date], offset: int, end: int) -> DaysOfPage | None:
    """Return the days of the rows from `offset` to `end`; None where there are no such rows. `deadlines` are
    those of the rows, at least of the first `end`, in any order."""
    days = sorted(deadlines)[:end]
    if offset >= len(days):
        return None
    first = days[offset]
    return DaysOfPage(first, days[-1] + timedelta(days=1), offset - days.index(first))


def count_due(connection: Connection, *, from_day: date | None = None, before: date | None = None) -> int:
    """Count the rows that `due_page` has in all."""
    return sum(connection.execute(COUNTS, between(from_day, before)).one())


def next_due(connection: Connection, from_day: date, *, ids: Iterable[str] | None = None) -> date | None:
    """Return the first deadline on or after a London date by which anything is owed."""
    firsts = _FIRSTS if ids is None else _of_each_duty(_among(_FIRST, ids))
    days = connection.execute(firsts, between(from_day, None)).one()
    return min(filter(None, days), default=None)


def nearest(connection: Connection, from_day: date, *, ids: Iterable[str] | None = None) -> tuple[Due, ...]:
    """Return all that is owed by the first deadline on or after a London date; nothing when there is none."""
    day = next_due(connection, from_day, ids=ids)
    if day is None:
        return ()
    statement = _among(_OWED_BETWEEN, ids)
    return _all_due(connection.execute(statement, between(day, day + timedelta(days=1))).all())


def between(from_day: date | None, before: date | None) -> dict[str, Any]:
    """Return the values by which statements select what is due from one London date on and before another."""
    return {"from_day": from_day or date.min, "before": before or date.max}


def _among(statement: Statement, ids: Iterable[str] | None) -> Statement:
    """Narrow what is selected to some recommendations, if there are `ids`."""
    return statement if ids is None else statement.where(due_tallies.c.recommendation_id.in_(list(ids)))


def _all_due(rows: Iterable[Any]) -> tuple[Due, ...]:
    return tuple(
        Due(Duty(row.duty), row.deadline, row.recommendation_id, row.addressed, row.owed) for row in rows
    )


def count_in(connection: Connection, new: Iterable[Addressee]) -> None:
    """Write the tallies of recommendations whose addressees are being added."""
    standing: Counter[tuple[str, str, str]] = Counter()
    addressed: Counter[tuple[str, date, str]] = Counter()
    owed: Counter[tuple[str, date, str]] = Counter()
    for addressee in new:
        for answer in Answer:
            standing[addressee.recommendation_id, "answer", answer] += addressee.answer is answer
        for stage in Stage:
            standing[addressee.recommendation_id, "stage", stage] += addressee.stage is stage
        for key in _due_keys(addressee):
            addressed[key] += 1
            owed[key] += addressee.owes(Duty(key[0]))
    connection.execute(
        insert(tallies),
        [
            {"recommendation_id": recommendation_id, "what": kind, "value": value, "bodies": bodies}
            for (recommendation_id, kind, value), bodies in standing.items()
        ],
    )
    with _first_deadlines(connection, (recommendation_id for recommendation_id, _, _ in standing)):
        _add_all_due(connection, addressed, owed)


@contextmanager
def _first_deadlines(connection: Connection, ids: Iterable[str]) -> Iterator[None]:
    """Count recommendations by the first deadline of what is owed of them, as what is owed changes."""
    parameters = {"ids": sorted(set(ids))}
    before: dict[str, date] = dict(connection.execute(_FIRST_OWED, parameters).all())
    yield
    after: dict[str, date] = dict(connection.execute(_FIRST_OWED, parameters).all())
    register_tallies.move_deadlines(connection, before, after)


def _add_all_due(
    connection: Connection,
    addressed: Counter[tuple[str, date, str]],
    owed: Counter[tuple[str, date, str]],
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "duty": duty,
            "deadline": deadline,
            "recommendation_id": recommendation_id,
            "addressed": bodies,
            "owed": owed[duty, deadline, recommendation_id],
        }
        for (duty, deadline, recommendation_id), bodies in addressed.items()
    ]
    if rows:
        connection.execute(insert(due_tallies), rows)


def move(connection: Connection, before: Addressee, after: Addressee) -> None:
    """Take an addressee out of the counts it stood in, and put it where it stands now. Raises
    WrongNumberOfRows."""
    move_all(connection, ((before, after),))


def move_all(connection: Connection, moves: Iterable[tuple[Addressee, Addressee]]) -> None:
    """Move many addressees in the counts, each as it stood and as it stands, by one change for each count.
    Raises WrongNumberOfRows."""
    _count(connection, ((sign, row) for move in moves for sign, row in zip((-1, 1), move, strict=True)))


def join(connection: Connection, new: Iterable[Addressee]) -> None:
    """Count more addressees of recommendations that have some."""
    _count(connection, ((1, row) for row in new))


def leave(connection: Connection, removed: Iterable[Addressee]) -> None:
    """Count addressees no more. Raises WrongNumberOfRows for what was never counted."""
    _count(connection, ((-1, row) for row in removed))


def _count(connection: Connection, signed: Iterable[tuple[int, Addressee]]) -> None:
    standing: Counter[tuple[str, str, str]] = Counter()
    addressed: Counter[tuple[str, date, str]] = Counter()
    owed: Counter[tuple[str, date, str]] = Counter()
    for sign, addressee in signed:
        standing[addressee.recommendation_id, "answer", addressee.answer] += sign
        standing[addressee.recommendation_id, "stage", addressee.stage] += sign
        for key in _due_keys(addressee):
            addressed[key] += sign
            owed[key] += sign * addressee.owes(Duty(key[0]))
    _take_out(connection, standing)
    _put_in(connection, standing)
    changed = [key for key in sorted(addressed.keys() | owed.keys()) if addressed[key] or owed[key]]
    if changed:
        with _first_deadlines(connection, (recommendation_id for *_, recommendation_id in changed)):
            for key in changed:
                _add_due(connection, key, addressed[key], owed[key])


def end(connection: Connection, recommendation_id: str) -> None:
    """Owe nothing any more on a recommendation that has ended."""
    with _first_deadlines(connection, (recommendation_id,)):
        connection.execute(
            update(due_tallies).where(due_tallies.c.recommendation_id == recommendation_id).values(owed=0)
        )


def forget(connection: Connection, recommendation_id: str) -> None:
    """Remove all counts of a recommendation, before it is counted anew."""
    with _first_deadlines(connection, (recommendation_id,)):
        for table in (tallies, due_tallies):
            connection.execute(delete(table).where(table.c.recommendation_id == recommendation_id))


def _take_out(connection: Connection, standing: Counter[tuple[str, str, str]]) -> None:
    """Lower counts. Raises WrongNumberOfRows for what was never counted."""
    names = ("counted_of", "counted_what", "counted_value", "fewer")
    rows = [
        dict(zip(names, (*key, -difference), strict=True))
        for key, difference in standing.items()
        if difference < 0
    ]
    change_each(connection, _TAKE_OUT, rows)


def _put_in(connection: Connection, standing: Counter[tuple[str, str, str]]) -> None:
    """Raise counts. A state that was not counted before gets its row."""
    names = ("recommendation_id", "what", "value", "bodies")
    rows = [
        dict(zip(names, (*key, difference), strict=True))
        for key, difference in standing.items()
        if difference > 0
    ]
    if rows:
        connection.execute(upserts.adding(connection, tallies, "bodies"), rows)


def _add_due(connection: Connection, key: tuple[str, date, str], addressed: int, owed: int) -> None:
    """Change how many are addressed and owed by a deadline. Raises WrongNumberOfRows when a count is lowered
    that has no row."""
    if addressed > 0 and 0 <= owed <= addressed:
        names = ("duty", "deadline", "recommendation_id", "addressed", "owed")
        row = dict(zip(names, (*key, addressed, owed), strict=True))
        connection.execute(upserts.adding(connection, due_tallies, "addressed", "owed"), row)
    else:
        names = ("of_duty", "of_deadline", "counted_of", "more_addressed", "more_owed")
        change_one(connection, _MOVE_DUE, dict(zip(names, (*key, addressed, owed), strict=True)))


def _due_keys(addressee: Addressee) -> list[tuple[str, date, str]]:
    return [(duty.value, addressee.deadline(duty) or date.max, addressee.recommendation_id) for duty in Duty]
