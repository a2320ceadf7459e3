"""UPDATE statements that must change a row look at how many they changed: else what they were about is
silently lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Update


class WrongNumberOfRows(Exception):
    """An UPDATE changed other rows than it must; its transaction must not be committed."""


def change_one(connection: Connection, statement: Update, values: Mapping[str, Any] | None = None) -> None:
    """Execute an UPDATE that changes one row. Raises WrongNumberOfRows."""
    change_each(connection, statement, [values or {}])


def change_each(connection: Connection, statement: Update, values: Sequence[Mapping[str, Any]]) -> None:
    """Execute an UPDATE that changes one row for each of the values. Raises WrongNumberOfRows."""
    rows = [dict(row) for row in values]
    changed = connection.execute(statement, rows).rowcount if rows else 0
    if changed != len(rows):
        raise WrongNumberOfRows(f"{changed} rows of {statement.table} were changed in place of {len(rows)}")
