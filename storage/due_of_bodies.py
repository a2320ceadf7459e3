"""What bodies owe by which deadlines, as `deadlines wales` lists it.

It is counted in the database, and a page of it read. The counts kept of each recommendation (`due_tallies`)
have all that is owed in order, and by how many bodies. Where more owe it than there are others, these bodies
do; where fewer do, whether any of these does is looked up in an index."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, literal_column, or_, select

from bot.domain.register.addressee import Duty
from bot.domain.register.due import Due
from storage.addressees import PLACE, WITH_BODIES
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.tallies import due_tallies
from storage.tallies import days_of_page
from storage.types import Flag, LondonDate

_its, _tally = addressees.c, due_tallies.c
_DEADLINE = {Duty.RESPONSE: _its.respond_by, Duty.ACTION: _its.due_on}
_OWES = {Duty.RESPONSE: _its.owes_response, Duty.ACTION: _its.owes_action}
_INDEX = {Duty.RESPONSE: "ix_addressees_owes_response", Duty.ACTION: "ix_addressees_owes_action"}
_FROM_DAY = bindparam("from_day", type_=LondonDate())
_BEFORE = bindparam("before", type_=LondonDate())
_IS_OWED = bindparam("owes", True, type_=Flag())
_CODES: Any = bindparam("body_codes", expanding=True)
_bodies = select(func.count()).select_from(policing_bodies)
# By difference: no codes at all are written otherwise for NOT IN than for IN, and a parameter in one way.
_OTHER_BODIES = (
    _bodies.scalar_subquery() - _bodies.where(policing_bodies.c.code.in_(_CODES)).scalar_subquery()
)


def _tallied_of(duty: Duty) -> Select[Any]:
    """Select what is owed of a duty, of which any body that is asked about owes it."""
    owed_by_any = (
        select(literal_column("1"))
        .where(
            _OWES[duty] == _IS_OWED,
            _DEADLINE[duty] == _tally.deadline,
            _its.recommendation_id == _tally.recommendation_id,
            _its.body_code.in_(_CODES),
        )
        # All of it stands in this index; by the key, SQLite would read each row.
        .with_hint(addressees, f"INDEXED BY {_INDEX[duty]}", "sqlite")
        .exists()
    )
    return select(_tally.deadline).where(
        _tally.duty == literal_column(f"'{duty.value}'"),
        # A literal nought, so that the planner knows it for the partial index that leaves out what is done.
        _tally.owed > literal_column("0"),
        _tally.deadline >= _FROM_DAY,
        _tally.deadline < _BEFORE,
        or_(_tally.owed > _OTHER_BODIES, owed_by_any),
    )


_COUNTS = {duty: _tallied_of(duty).with_only_columns(func.count()) for duty in Duty}
_day_of_completion = case((_its.owes_action, _its.due_on))
# What one body has to complete stands in the index of what it owes.
_TO_COMPLETE = select(func.count()).where(
    WITH_BODIES, _its.owed_by < _BEFORE, _day_of_completion >= _FROM_DAY, _day_of_completion < _BEFORE
)
_COUNTS_OF_ONE = {duty: _TO_COMPLETE if duty is Duty.ACTION else _COUNTS[duty] for duty in Duty}
_FIRST_DEADLINES = {
    duty: _tallied_of(duty).order_by(_tally.deadline).limit(bindparam("end")) for duty in Duty
}
_ON_DAYS = {duty: _tallied_of(duty).with_only_columns(_tally.recommendation_id) for duty in Duty}
_owed_of_them = {duty: func.count().filter(_OWES[duty] == _IS_OWED) for duty in Duty}
_OF_BODIES = {
    duty: select(*PLACE, _DEADLINE[duty], _its.recommendation_id, func.count(), _owed_of_them[duty])
    .where(
        _its.recommendation_id.in_(bindparam("ids", expanding=True)),
        case((_its.live, _its.body_code)).in_(_CODES),
        _DEADLINE[duty] >= _FROM_DAY,
        _DEADLINE[duty] < _BEFORE,
    )
    .group_by(*PLACE, _DEADLINE[duty], _its.recommendation_id)
    .having(_owed_of_them[duty] > literal_column("0"))
    for duty in Duty
}


def count(connection: Connection, body_codes: Sequence[str], from_day: date, before: date) -> int:
    """Count the deadlines from one London date on and before another by which any of these bodies still owes
    anything, each once for a recommendation."""
    values = _values(body_codes, from_day, before)
    statements = _COUNTS_OF_ONE if len(body_codes) == 1 else _COUNTS
    return sum(connection.execute(statements[duty], values).scalar_one() for duty in Duty)


def page(
    connection: Connection,
    body_codes: Sequence[str],
    from_day: date,
    before: date,
    *,
    limit: int,
    offset: int = 0,
) -> tuple[Due, ...]:
    """Return a page of what `count` counts, nearest first, counted over these bodies."""
    end = offset + limit
    values = _values(body_codes, from_day, before)
    # The days of the page, and how many rows stand before the first of them.
    firsts = (connection.execute(_FIRST_DEADLINES[duty], values | {"end": end}) for duty in Duty)
    days = days_of_page(chain.from_iterable(rows.scalars() for rows in firsts), offset, end)
    if days is None:
        return ()
    on_days = _values(body_codes, days.first, days.after_last)
    rows = sorted(chain.from_iterable(_rows(connection, duty, on_days) for duty in Duty), key=_in_order)
    return tuple(due for *_, due in rows[days.skipped : days.skipped + limit])


_Row = tuple[date, str, int, Due]


def _rows(connection: Connection, duty: Duty, values: dict[str, Any]) -> list[_Row]:
    ids = sorted(set(connection.execute(_ON_DAYS[duty], values).scalars()))
    if not ids:
        return []
    rows: Sequence[Any] = connection.execute(_OF_BODIES[duty], values | {"ids": ids}).all()
    return [
        (day, report_key, position, Due(duty, day, id_, addressed, owed))
        for report_key, position, day, id_, addressed, owed in rows
    ]


def _in_order(row: _Row) -> tuple[date, str, int, bool]:
    day, report_key, position, due = row
    return day, report_key, position, due.duty is Duty.ACTION


def _values(body_codes: Sequence[str], from_day: date, before: date) -> dict[str, Any]:
    return {
        "body_codes": list(body_codes),
        "from_day": from_day,
        "before": before,
        "owes": True,
        "live": True,
    }
