"""Counts kept for each policing body, so that a list over everything costs what its page costs: how its live
recommendations stand, and by when what it owes is due."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Integer,
    Table,
    Update,
    bindparam,
    case,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.register.addressee import Addressee, Answer, Stage
from storage.changing import change_each
from storage.tables import body_due_tallies, body_tallies, policing_bodies

Key = TypeVar("Key", bound=tuple[Any, ...])

_NONE = literal_column("0", Integer)


def _more(table: Table, *columns: str) -> Mapping[str, Any]:
    """Return what adds to a count, and begins it where it is new, for each database."""
    return {
        name: dialect.insert(table).on_conflict_do_update(
            index_elements=list(columns),
            set_={
                "recommendations": table.c.recommendations + dialect.insert(table).excluded.recommendations
            },
        )
        for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
    }


def _fewer(table: Table, *columns: str) -> Update:
    same = (table.c[column] == bindparam(f"counted_{column}") for column in columns)
    return update(table).where(*same).values(recommendations=table.c.recommendations - bindparam("fewer"))


_STANDING = ("body_code", "answer", "stage")
_OWED = ("body_code", "owed_by")
_MORE_STANDING, _FEWER_STANDING = _more(body_tallies, *_STANDING), _fewer(body_tallies, *_STANDING)
_MORE_OWED, _FEWER_OWED = _more(body_due_tallies, *_OWED), _fewer(body_due_tallies, *_OWED)

_ASKED = func.sum(body_tallies.c.recommendations)
_IS_OF = body_tallies.c.answer.in_(bindparam("answers", expanding=True)) & body_tallies.c.stage.in_(
    bindparam("stages", expanding=True)
)
_HELD = func.sum(case((_IS_OF, body_tallies.c.recommendations), else_=0))
_COUNTS = (
    select(policing_bodies.c.code, policing_bodies.c.short_name, _ASKED, _HELD)
    .select_from(body_tallies.join(policing_bodies, policing_bodies.c.code == body_tallies.c.body_code))
    .group_by(policing_bodies.c.code, policing_bodies.c.short_name)
    .having(_ASKED > _NONE)
    .order_by(policing_bodies.c.short_name)
)
_LATE = (
    select(body_due_tallies.c.body_code, func.sum(body_due_tallies.c.recommendations))
    .where(body_due_tallies.c.owed_by < bindparam("day"), body_due_tallies.c.recommendations > _NONE)
    .group_by(body_due_tallies.c.body_code)
)
_OF_BODIES = select(
    body_tallies.c.answer, body_tallies.c.stage, func.sum(body_tallies.c.recommendations)
).group_by(body_tallies.c.answer, body_tallies.c.stage)


def counts(
    connection: Connection,
    answers: Collection[Answer],
    stages: Collection[Stage],
    body_codes: Iterable[str] | None = None,
) -> list[tuple[str, str, int, int]]:
    """Return code and short name of each body by name, how many live recommendations are asked of it, and how
    many of them stand at any of the answers and any of the stages."""
    statement = _COUNTS
    if body_codes is not None:
        statement = statement.where(body_tallies.c.body_code.in_(list(body_codes)))
    rows = connection.execute(statement, {"answers": sorted(answers), "stages": sorted(stages)})
    return [(code, name, int(addressed), int(held)) for code, name, addressed, held in rows]


def late(connection: Connection, day: date) -> dict[str, int]:
    """Count by body what is late with anything on a London date."""
    return {code: int(n) for code, n in connection.execute(_LATE, {"day": day})}


def standing(connection: Connection, body_codes: Iterable[str]) -> dict[tuple[Answer, Stage], int]:
    """Count at which answer and stage the live recommendations of some bodies stand together."""
    statement = _OF_BODIES.where(body_tallies.c.body_code.in_(list(body_codes)))
    return {(Answer(answer), Stage(stage)): int(n) for answer, stage, n in connection.execute(statement) if n}


def addressed(connection: Connection, body_codes: Iterable[str]) -> dict[str, int]:
    """Count by body the live recommendations that ask it anything; a body that none asks is left out."""
    statement = (
        select(body_tallies.c.body_code, _ASKED)
        .where(body_tallies.c.body_code.in_(list(body_codes)))
        .group_by(body_tallies.c.body_code)
        .having(_ASKED > _NONE)
    )
    return {code: int(n) for code, n in connection.execute(statement)}


def count_in(connection: Connection, new: Iterable[Addressee]) -> None:
    """Count addressees that are being added."""
    _count(connection, ((1, addressee) for addressee in new))


def move_all(connection: Connection, moves: Iterable[tuple[Addressee, Addressee]]) -> None:
    """Take addressees out of the counts they stood in, and put them where they stand now. Raises
    WrongNumberOfRows for what was never counted."""
    _count(
        connection,
        ((sign, addressee) for move in moves for sign, addressee in zip((-1, 1), move, strict=True)),
    )


def count_out(connection: Connection, ended: Iterable[Addressee]) -> None:
    """Count no longer what is asked of nobody any more. Raises WrongNumberOfRows for what was never
    counted."""
    _count(connection, ((-1, addressee) for addressee in ended))


def _count(connection: Connection, signed: Iterable[tuple[int, Addressee]]) -> None:
    standing: Counter[tuple[str, str, str]] = Counter()
    owed: Counter[tuple[str, date]] = Counter()
    for sign, addressee in signed:
        # What is asked of nobody any more is counted with nobody.
        if addressee.live:
            standing[addressee.body_code, addressee.answer.value, addressee.stage.value] += sign
            if addressee.owed_by is not None:
                owed[addressee.body_code, addressee.owed_by] += sign
    for counter, columns, fewer, more in (
        (standing, _STANDING, _FEWER_STANDING, _MORE_STANDING),
        (owed, _OWED, _FEWER_OWED, _MORE_OWED),
    ):
        _write(connection, counter, columns, fewer, more)


def _write(
    connection: Connection,
    counter: Counter[Any],
    columns: tuple[str, ...],
    fewer: Update,
    more: Mapping[str, Any],
) -> None:
    lowered = [
        {**{f"counted_{name}": value for name, value in zip(columns, key, strict=True)}, "fewer": -n}
        for key, n in sorted(counter.items())
        if n < 0
    ]
    change_each(connection, fewer, lowered)
    raised = [
        {**dict(zip(columns, key, strict=True)), "recommendations": n}
        for key, n in sorted(counter.items())
        if n > 0
    ]
    if raised:
        connection.execute(more[connection.dialect.name], raised)
