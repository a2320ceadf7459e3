"""What every table is declared in."""

from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Connection,
    Index,
    MetaData,
    event,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """Return a check that is named as its column. A new state needs a migration, which a test asks for."""
    return CheckConstraint(f"{column} IN ({', '.join(repr(state.value) for state in states)})", column)


def partial_index(name: str, *columns: str, condition: str) -> Index:
    """Return an index of the rows that meet a condition."""

    def put_in_condition(index: Index, connection: Connection, **_rest: object) -> None:
        index.dialect_kwargs[f"{connection.dialect.name}_where"] = text(condition)

    index = Index(name, *columns)
    # Given at once, it would have SQLAlchemy load all that it has for PostgreSQL at each start.
    event.listen(index, "before_create", put_in_condition)
    return index
