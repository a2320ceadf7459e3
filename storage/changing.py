"""An UPDATE that must change a row looks at how many it changed: else what it was about is silently lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Update


class WrongNumberOfRows(Exception):
    """An UPDATE changed other rows than it must; the transaction that it is in must not be committed."""


def change_one(connection: Connection, statement: Update, values: Mapping[str, Any] | None = None) -> None:
    """Executes an UPDATE that changes one row. Raises WrongNumberOfRows."""
    change_each(connection, statement, [values or {}])


def change_each(connection: Connection, statement: Update, values: Sequence[Mapping[str, Any]]) -> None:
    """Executes an UPDATE that changes one row for each of the values. Raises WrongNumberOfRows."""
    rows = [dict(each) for each in values]
    changed = connection.execute(statement, rows).rowcount if rows else 0
    if changed != len(rows):
        raise WrongNumberOfRows(f"{changed} rows of {statement.table} were changed in place of {len(rows)}")
