"""Triggers that keep the history from being rewritten.

A revision that rebuilds `updates` installs them again."""

from sqlalchemy import Connection, inspect, text

FUNCTION = "refuse_rewriting"
_ERASABLE = ("text", "evidence_url", "evidence_title", "decided_by", "salt")
_REFUSAL = "updates are only ever added"


def install(connection: Connection) -> None:
    """Refuse every change of `updates` but one: its free words and their salt to NULL, all together."""
    columns = [column["name"] for column in inspect(connection).get_columns("updates")]
    make = _for_sqlite if connection.dialect.name == "sqlite" else _for_postgresql
    statements = make(columns)
    for statement in statements:
        connection.execute(text(statement))


def triggers_on_sqlite(columns: list[str]) -> dict[str, str]:
    """Return the statement of each trigger, by name, for a table `updates` with these columns."""
    statements = _for_sqlite(columns)
    return {statement.split()[2]: statement for statement in statements if statement.startswith("CREATE")}


def triggers_on_postgresql(columns: list[str]) -> dict[str, str]:
    """Return the statement of each trigger, by name, for PostgreSQL, without the function that they call."""
    statements = _for_postgresql(columns)
    return {
        statement.split()[2]: statement for statement in statements if statement.startswith("CREATE TRIGGER")
    }


def body_on_postgresql() -> str:
    """Return what the function does that the triggers call."""
    return f" BEGIN RAISE EXCEPTION '{_REFUSAL}'; END "


def _lawful(columns: list[str], equals: str) -> str:
    # An earlier schema has fewer columns.
    erased = [f"NEW.{name} IS NULL" for name in _ERASABLE if name in columns]
    same_columns = [f"NEW.{name} {equals} OLD.{name}" for name in columns if name not in _ERASABLE]
    return " AND ".join([*erased, *same_columns])


def _for_sqlite(columns: list[str]) -> tuple[str, ...]:
    return (
        "DROP TRIGGER IF EXISTS updates_are_not_changed",
        "DROP TRIGGER IF EXISTS updates_are_not_deleted",
        f"CREATE TRIGGER updates_are_not_changed BEFORE UPDATE ON updates"
        f" WHEN NOT ({_lawful(columns, 'IS')}) BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
        f"CREATE TRIGGER updates_are_not_deleted BEFORE DELETE ON updates"
        f" BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    )


def _for_postgresql(columns: list[str]) -> tuple[str, ...]:
    return (
        f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS"
        f" $${body_on_postgresql()}$$",
        "DROP TRIGGER IF EXISTS updates_are_not_changed ON updates",
        "DROP TRIGGER IF EXISTS updates_are_not_deleted ON updates",
        "DROP TRIGGER IF EXISTS updates_are_not_truncated ON updates",
        f"CREATE TRIGGER updates_are_not_changed BEFORE UPDATE ON updates FOR EACH ROW"
        f" WHEN (NOT ({_lawful(columns, 'IS NOT DISTINCT FROM')})) EXECUTE FUNCTION refuse_rewriting()",
        "CREATE TRIGGER updates_are_not_deleted BEFORE DELETE ON updates FOR EACH ROW"
        " EXECUTE FUNCTION refuse_rewriting()",
        "CREATE TRIGGER updates_are_not_truncated BEFORE TRUNCATE ON updates FOR EACH STATEMENT"
        " EXECUTE FUNCTION refuse_rewriting()",
    )
