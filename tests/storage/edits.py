"""Edits of what is shown beside the history, drawn from the tables themselves: any column of any row, a row
taken away, a row put in."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, Text, column, delete, insert, select, table, update
from sqlalchemy.exc import DBAPIError

from storage.shown_state import NOT_FROM_THE_HISTORY
from storage.tables.metadata import metadata
from storage.types import Flag, LondonDate

# The history itself has edits of its own; counts of nobody show nothing.
_COUNTS = {
    "tallies": "bodies",
    "due_tallies": "addressed",
    "register_tallies": "recommendations",
    "group_tallies": "addressees",
    "group_day_tallies": "addressees",
}
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit of the register past the program."""

    what: str  # what was done, in words
    back: tuple[Any, ...]


def shown_tables() -> list[Table]:
    return [
        sorted_table
        for sorted_table in metadata.sorted_tables
        if sorted_table.name != "updates" and sorted_table.name not in NOT_FROM_THE_HISTORY
    ]


def shown_columns() -> list[tuple[Table, str]]:
    return [(shown_table, name.name) for shown_table in shown_tables() for name in shown_table.columns]


def edit_at_random(connection: Connection, chance: random.Random) -> Edit:
    while True:
        target = chance.choice(shown_tables())
        match chance.choice(("change", "change", "change", "take away", "put in")):
            case "take away":
                done = take_away(connection, chance, target)
            case "put in":
                done = put_in(connection, chance, target)
            case _:
                done = change(
                    connection, chance, target, chance.choice([stored.name for stored in target.columns])
                )
        if done is not None:
            return done


def change(connection: Connection, chance: random.Random, target: Table, name: str) -> Edit | None:
    """Change a value; None where the database refuses every value that was tried."""
    rows, elsewhere = _rows(connection, target), _values_elsewhere(connection, target.columns[name])
    for _ in range(_TRIES if rows else 0):
        row = chance.choice(rows)
        value = _another(target.columns[name], row[name], chance.choice(elsewhere), chance)
        if value == row[name]:
            continue
        if _done(connection, update(_raw(target)).where(*_key(target, row)).values({name: value})):
            after = row | {name: value}
            return Edit(
                f"{target.name}.{name} of {_name(target, row)}: {row[name]!r} to {value!r}",
                (update(_raw(target)).where(*_key(target, after)).values({name: row[name]}),),
            )
    return None


def take_away(connection: Connection, chance: random.Random, target: Table) -> Edit | None:
    rows = _rows(connection, target)
    for _ in range(_TRIES if rows else 0):
        row = chance.choice(rows)
        if _done(connection, delete(_raw(target)).where(*_key(target, row))):
            return Edit(f"{target.name} without {_name(target, row)}", (insert(_raw(target)).values(row),))
    return None


def put_in(connection: Connection, chance: random.Random, target: Table) -> Edit | None:
    """Put in a copy of a row under another key."""
    rows = _rows(connection, target)
    for _ in range(_TRIES if rows else 0):
        row = dict(chance.choice(rows))
        name = chance.choice([stored.name for stored in target.primary_key.columns])
        row[name] = _another(target.columns[name], row[name], chance.choice(rows)[name], chance)
        if "slug" in row:
            row["slug"] = f"{row['slug']}-forged"
        if _done(connection, insert(_raw(target)).values(row)):
            return Edit(
                f"{target.name} with {_name(target, row)}", (delete(_raw(target)).where(*_key(target, row)),)
            )
    return None


def _done(connection: Connection, statement: Any) -> bool:
    """Tell whether the database lets it be done."""
    trying = connection.begin_nested()
    try:
        changed = connection.execute(statement).rowcount
    except DBAPIError:
        trying.rollback()
        return False
    trying.commit()
    return bool(changed)


def _rows(connection: Connection, target: Table) -> list[dict[str, Any]]:
    rows = [dict(row) for row in connection.execute(select(_raw(target))).mappings()]
    counted = _COUNTS.get(target.name)
    return [row for row in rows if not counted or row[counted]]


def _values_elsewhere(connection: Connection, target: Column[Any]) -> list[Any]:
    """Return what other rows have there, and what a reference could name."""
    named = [foreign_key.column for foreign_key in target.foreign_keys] or [target]
    values: list[Any] = []
    for elsewhere_column in named:
        statement: Any = select(column(elsewhere_column.name)).select_from(table(elsewhere_column.table.name))
        values += connection.execute(statement).scalars()
    return values


def _raw(target: Table) -> Any:
    """Return the table without column types: what is written is what lies there."""
    return table(target.name, *(column(stored.name) for stored in target.columns))


def _key(target: Table, row: Mapping[str, Any]) -> Iterator[Any]:
    return (column(stored.name) == row[stored.name] for stored in target.primary_key.columns)


def _name(target: Table, row: Mapping[str, Any]) -> str:
    return " ".join(str(row[stored.name]) for stored in target.primary_key.columns)


def _another(target: Column[Any], was: Any, elsewhere: Any, chance: random.Random) -> Any:
    """Return what another row has there, nothing, or something a little different."""
    if chance.random() < 0.5 and elsewhere != was:
        return elsewhere
    if target.nullable and was is not None and chance.random() < 0.3:
        return None
    return _altered(target, was, chance)


def _altered(target: Column[Any], was: Any, chance: random.Random) -> Any:
    match was:
        case bool():
            return not was
        case int() if isinstance(target.type, Flag):
            return 1 - was
        case int():
            return was + chance.choice((-1, 1, 1000))
        case datetime() | date():
            return was + timedelta(days=chance.choice((-1, 1, 400)))
        case None if isinstance(target.type, Flag):
            return True
        case None if isinstance(target.type, LondonDate):
            return date(2025, 1, 1)
        case None if not isinstance(target.type, Text):
            return None
        case _:
            text = was or ""
            place = chance.randint(0, len(text))
            return text[:place] + chance.choice("0aZ é") + text[place + chance.randint(0, 1) :]
