"""What a failure of the database means for who works with it: whether anything was saved, and whether to try
again."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError, TimeoutError


class Busy(Exception):
    """The database did not let us in in time, or is away. Nothing was saved."""


class ConnectionLost(Busy):
    """The connection was cut while at work, before committing: another one may do."""


class OutcomeUnknown(Exception):
    """The connection was lost while committing: the request key tells whether it was saved."""


@contextmanager
def busy_when_away() -> Iterator[None]:
    """Raise Busy, or ConnectionLost, for what only says that the database did not let us in, or is away."""
    try:
        yield
    except (DatabaseError, TimeoutError) as error:
        # What is neither is an error of ours. A damaged file has no class of its own.
        if not isinstance(error, OperationalError | TimeoutError) and type(error) is not DatabaseError:
            raise
        lost = isinstance(error, OperationalError) and error.connection_invalidated
        raise (ConnectionLost if lost else Busy)(reason(getattr(error, "orig", error))) from None


def reason(error: object) -> str:
    """Return SQLite's name for what went wrong (SQLITE_FULL), PostgreSQL's code, or the error's class.

    The driver's own words may hold what a person typed."""
    named: str | None = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return named or type(error).__name__
