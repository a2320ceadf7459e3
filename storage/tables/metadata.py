"""What every table is declared in."""

from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    MetaData,
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
