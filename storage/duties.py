"""What bodies owe: a response or completion, by which deadline, on which recommendations."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select

from bot.domain.questions.answers import OverdueSummary
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.due import Due
from storage.addressees import ADDRESSEE, IN_PLACE, PLACE, WITH_BODIES, addressee_of
from storage.recommendations import IN_ORDER
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.types import Flag, LondonDate

# By CASE, so that SQLite's planner goes by deadlines or recommendations and not by all that a body has.
_ASKED_OF_BODIES = case((addressees.c.live, addressees.c.body_code)).in_(
    bindparam("body_codes", expanding=True)
)
# By CASE, so that SQLite's planner goes by the recommendations and not by all that is owed.
# The index that has only what expects a day is used where the statement says so itself; by CASE, so that
# SQLite's planner does not go by all that is owed.
_EXPECTED_LATE = ADDRESSEE.where(
    addressees.c.expected_on.is_not(None),
    case((addressees.c.owes_action, 1)) == 1,
    addressees.c.due_on < addressees.c.expected_on,
).order_by(policing_bodies.c.short_name)
_OWES = {Duty.RESPONSE: addressees.c.owes_response, Duty.ACTION: addressees.c.owes_action}
_DEADLINE = {Duty.RESPONSE: addressees.c.respond_by, Duty.ACTION: addressees.c.due_on}
# All of it stands in the index of what is owed: what is due by then has its first deadline by then.
_LATE_ACTIONS: Any = select(addressees.c.due_on, addressees.c.recommendation_id).where(
    WITH_BODIES,
    addressees.c.owed_by < bindparam("before", type_=LondonDate()),
    case((addressees.c.owes_action, addressees.c.due_on)) < bindparam("before", type_=LondonDate()),
)
# All of it stands in the index of what responses are owed: by CASE, so that SQLite's planner takes that one.
_RESPONSES_OF_BODIES: Any = select(addressees.c.respond_by, addressees.c.recommendation_id).where(
    addressees.c.owes_response == bindparam("owes", True, type_=Flag()),
    case((addressees.c.owes_response, addressees.c.body_code)).in_(bindparam("body_codes", expanding=True)),
)
_LATE_RESPONSES: Any = _RESPONSES_OF_BODIES.where(
    addressees.c.respond_by < bindparam("before", type_=LondonDate())
)


def _size(owed: Select[Any]) -> Select[int, int]:
    """Count the recommendations among what is owed, and all of it."""
    return owed.with_only_columns(func.count(addressees.c.recommendation_id.distinct()), func.count())


_RESPONSES = _size(_RESPONSES_OF_BODIES)
_LATE = {Duty.RESPONSE: _size(_LATE_RESPONSES), Duty.ACTION: _size(_LATE_ACTIONS)}
# By when each body is late with so many recommendations: the first of these days.
_LATE_WITH_SO_MANY = select(
    func.min(
        select(addressees.c.owed_by)
        .where(
            addressees.c.body_code == policing_bodies.c.code,
            addressees.c.live == bindparam("live", True),
            addressees.c.owed_by < bindparam("before", type_=LondonDate()),
        )
        .order_by(addressees.c.owed_by)
        .limit(1)
        .offset(bindparam("fewer"))
        .scalar_subquery(),
        type_=LondonDate(),
    )
).where(policing_bodies.c.code.in_(bindparam("body_codes", expanding=True)))
_AWAITED_WITH_SO_MANY = (
    _RESPONSES_OF_BODIES.with_only_columns(addressees.c.respond_by)
    .where(addressees.c.respond_by.is_not(None))
    .order_by(addressees.c.respond_by)
    .limit(1)
    .offset(bindparam("fewer"))
)
_LATE_AND_BEFORE = select(
    func.count(addressees.c.recommendation_id.distinct()),
    func.min(addressees.c.owed_by),
    func.count(case((addressees.c.owed_by < bindparam("since"), addressees.c.recommendation_id)).distinct()),
).where(WITH_BODIES, addressees.c.owed_by < bindparam("today"))
# The first deadline from a day on by which some bodies owe a duty, what they owe by a deadline, and of how
# many bodies that is asked.
_FIRST: dict[Duty, Select[Any]] = {
    duty: select(func.min(_DEADLINE[duty])).where(
        WITH_BODIES,
        _OWES[duty] == bindparam("owes", True),
        _DEADLINE[duty] >= bindparam("from_day", type_=LondonDate()),
    )
    for duty in Duty
}
_OWED_ON: dict[Duty, Select[Any]] = {
    duty: select(addressees.c.recommendation_id).where(
        _ASKED_OF_BODIES,
        _DEADLINE[duty] == bindparam("day", type_=LondonDate()),
        _OWES[duty] == bindparam("owes", True),
    )
    for duty in Duty
}
_COUNTED_ON: dict[Duty, Any] = {
    duty: select(addressees.c.recommendation_id, func.count(), func.count().filter(_OWES[duty]))
    .where(
        addressees.c.recommendation_id.in_(bindparam("ids", expanding=True)),
        _ASKED_OF_BODIES,
        _DEADLINE[duty] == bindparam("day", type_=LondonDate()),
    )
    .group_by(addressees.c.recommendation_id, *PLACE)
    .order_by(*PLACE)
    for duty in Duty
}


def owing(
    connection: Connection,
    duty: Duty,
    *,
    recommendation_ids: Iterable[str] | None = None,
    body_codes: Iterable[str] | None = None,
    before: date | None = None,
) -> tuple[Addressee, ...]:
    """Return the addressees that still owe a duty, by deadline and name, those without a deadline last; with
    `before`, a London date, only those whose deadline is earlier."""
    statement = IN_PLACE.where(
        _OWES[duty] == bindparam("owes", True)
        if recommendation_ids is None
        # By CASE, so that SQLite's planner goes by the recommendations.
        else case((_OWES[duty], 1)) == 1
    )
    # Databases differ in where they put what has no deadline.
    without_deadline = [case((_DEADLINE[duty].is_(None), 1), else_=0)]
    if before is not None:
        statement, without_deadline = statement.where(_DEADLINE[duty] < before), []
    if recommendation_ids is not None:
        statement = statement.where(addressees.c.recommendation_id.in_(list(recommendation_ids)))
    if body_codes is not None:
        statement = statement.where(addressees.c.body_code.in_(list(body_codes)))
    ordered = statement.order_by(*without_deadline, _DEADLINE[duty], *IN_ORDER, policing_bodies.c.short_name)
    return tuple(map(addressee_of, connection.execute(ordered).all()))


def open_with(connection: Connection, body_codes: Iterable[str] | None = None) -> tuple[Addressee, ...]:
    """Return the addressees that owe anything: of these bodies, or of all."""
    owed = bindparam("owes", True, type_=Flag())
    statement = ADDRESSEE.where(or_(*(owes == owed for owes in _OWES.values())))
    if body_codes is not None:
        statement = statement.where(addressees.c.body_code.in_(list(body_codes)))
    return tuple(map(addressee_of, connection.execute(statement).all()))


def count_owing(
    connection: Connection,
    duty: Duty,
    *,
    recommendation_ids: Iterable[str] | None = None,
    body_codes: Iterable[str] | None = None,
    before: date | None = None,
) -> dict[tuple[date | None, str], int]:
    """Count the rows that `owing` has, by deadline and recommendation id."""
    if body_codes is not None and recommendation_ids is None:
        values = {"body_codes": list(body_codes), "before": before}
        if duty is Duty.RESPONSE:
            return _counted(connection, values, _RESPONSES_OF_BODIES if before is None else _LATE_RESPONSES)
        if before is not None:
            return _counted(connection, values, _LATE_ACTIONS)
    rows: Iterable[Any] = connection.execute(_owing_counted(duty, recommendation_ids, body_codes, before))
    return {(day, id_): bodies for day, id_, bodies in rows}


def _owing_counted(
    duty: Duty,
    recommendation_ids: Iterable[str] | None,
    body_codes: Iterable[str] | None,
    before: date | None,
) -> Select[date | None, str, int]:
    """Count the rows that `owing` has, by deadline and recommendation id, in the database."""
    deadline = _DEADLINE[duty]
    statement = select(deadline, addressees.c.recommendation_id, func.count()).group_by(
        deadline, addressees.c.recommendation_id
    )
    if before is None:
        statement = statement.where(_OWES[duty] == bindparam("owes", True))
    else:
        # What is owed by then has its first deadline by then, and of a body's rows few are left to look at:
        # by CASE, so that SQLite's planner goes by these.
        statement = statement.where(case((_OWES[duty], deadline)) < before, addressees.c.owed_by < before)
    if recommendation_ids is not None:
        statement = statement.where(addressees.c.recommendation_id.in_(list(recommendation_ids)))
    if body_codes is not None:
        live = addressees.c.live == bindparam("live", True)
        statement = statement.where(addressees.c.body_code.in_(list(body_codes)), live)
    return statement


def _counted(
    connection: Connection, values: dict[str, Any], statement: Any
) -> dict[tuple[date | None, str], int]:
    """Count rows of a deadline and a recommendation id here: sorting them costs a database more."""
    return dict(Counter(map(tuple, connection.execute(statement, values).all())))


def size(
    connection: Connection, duty: Duty, body_codes: Iterable[str], before: date | None = None
) -> tuple[int, int]:
    """Count the recommendations on which any of these bodies owes a duty, and the rows that `owing` has; with
    `before`, a London date, only what has an earlier deadline.

    Raises ValueError for completion without `before`, which nobody asks."""
    if before is None and duty is Duty.ACTION:
        raise ValueError("what is to be completed is counted up to a day")
    statement = _RESPONSES if before is None else _LATE[duty]
    values = {"body_codes": list(body_codes), "before": before, "owes": True}
    recommendations, rows = connection.execute(statement, values).one()
    return recommendations, rows


def day_of_so_many(
    connection: Connection, body_codes: Sequence[str], least: int, before: date | None
) -> date | None:
    """Return a London date by whose end at least so many recommendations are owed by these bodies: responses
    alone, or with `before` anything late before that date. None where no such date is found at once."""
    values = {"body_codes": list(body_codes), "owes": True, "before": before}
    if before is not None:
        return connection.execute(_LATE_WITH_SO_MANY, values | {"fewer": least - 1}).scalar_one()
    # Each recommendation is owed by all of these bodies at most.
    fewer = least * len(body_codes) - 1
    return connection.execute(_AWAITED_WITH_SO_MANY, values | {"fewer": fewer}).scalar_one_or_none()


def late_of_bodies(
    connection: Connection, body_codes: Iterable[str], today: date, since: date
) -> tuple[OverdueSummary, int]:
    """Count the recommendations on which any of these bodies is late on a London date; and of these, those on
    which one was late on an earlier date, by the deadlines of what they owe now."""
    values = {"body_codes": list(body_codes), "today": today, "since": since}
    recommendations, oldest, before = connection.execute(_LATE_AND_BEFORE, values).one()
    return OverdueSummary(recommendations, oldest), before


def expected_late(connection: Connection) -> tuple[Addressee, ...]:
    """Return the addressees whose body itself expects a day after its deadline, by body name."""
    return tuple(map(addressee_of, connection.execute(_EXPECTED_LATE).all()))


def next_due_of_bodies(
    connection: Connection,
    body_codes: Sequence[str],
    from_day: date,
    *,
    ids: Iterable[str] | None = None,
) -> date | None:
    """Return the first deadline on or after a London date by which these bodies owe anything, on some
    recommendations or all."""
    return min(_firsts(connection, body_codes, from_day, ids).values(), default=None)


def _firsts(
    connection: Connection, body_codes: Sequence[str], from_day: date, ids: Iterable[str] | None
) -> dict[Duty, date]:
    values = {"body_codes": list(body_codes), "from_day": from_day}
    firsts = {duty: connection.execute(_among(_FIRST[duty], ids), values).scalar_one() for duty in Duty}
    return {duty: first for duty, first in firsts.items() if first is not None}


def nearest_of_bodies(
    connection: Connection,
    body_codes: Sequence[str],
    from_day: date,
    *,
    ids: Iterable[str] | None = None,
) -> tuple[Due, ...]:
    """Return all that these bodies owe, on some recommendations or all, by their first deadline on or after a
    London date."""
    firsts = _firsts(connection, body_codes, from_day, ids)
    day = min(firsts.values(), default=None)
    return tuple(
        due
        for duty, first in firsts.items()
        if first == day
        for due in _due_of_bodies(connection, duty, body_codes, first, ids)
    )


def _due_of_bodies(
    connection: Connection, duty: Duty, body_codes: Sequence[str], day: date, among: Iterable[str] | None
) -> list[Due]:
    values = {"body_codes": list(body_codes), "day": day}
    ids = set(connection.execute(_among(_OWED_ON[duty], among), values).scalars())
    # Bodies that have done it count among those addressed, and few recommendations are left to look at.
    rows = connection.execute(_COUNTED_ON[duty], values | {"ids": sorted(ids)}).all()
    return [Due(duty, day, id_, addressed, owing) for id_, addressed, owing in rows]


def _among(statement: Select[Any], ids: Iterable[str] | None) -> Select[Any]:
    return statement if ids is None else statement.where(addressees.c.recommendation_id.in_(list(ids)))
