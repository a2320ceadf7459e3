"""INSERTs that do something else where the row is there already. SQLAlchemy has them for each kind of
database, in modules that are loaded where they are needed."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

if TYPE_CHECKING:
    from sqlalchemy.dialects.sqlite import Insert


def insert(connection: Connection, table: Table) -> "Insert":
    """Return an INSERT that can be told what to do on a conflict, in the words of a connection's database."""
    return _insert(connection.dialect.name, table)


def adding(connection: Connection, table: Table, *counts: str) -> "Insert":
    """Return the INSERT of a row with counts which, where there is one with its key, adds to the counts of
    that."""
    return _adding(connection.dialect.name, table, counts)


@cache
def _adding(dialect: str, table: Table, counts: tuple[str, ...]) -> "Insert":
    statement = _insert(dialect, table)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={name: table.c[name] + statement.excluded[name] for name in counts},
    )


def _insert(dialect: str, table: Table) -> "Insert":
    statement: Insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
    return statement
