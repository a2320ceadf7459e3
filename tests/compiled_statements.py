"""SQL is compiled once for all tests of a process, as one process of recbot compiles it once.

Each test opens databases of its own, and SQLAlchemy keeps what it compiled by engine and dialect."""

from typing import Any

from sqlalchemy import Connection, Dialect, Engine, event

_dialects: dict[tuple[Any, ...], Dialect] = {}
_compiled: dict[Any, Any] = {}


def share_compiled_statements() -> None:
    """Every connection of this process uses one dialect for its kind of database, and one cache."""
    event.listen(Engine, "engine_connect", _share)


def _share(connection: Connection) -> None:
    dialect = connection.dialect
    # While SQLAlchemy asks the server for its version, the dialect is not ready yet.
    if dialect.server_version_info is not None:
        kind = (type(dialect), dialect.driver, dialect.server_version_info)
        connection.dialect = _dialects.setdefault(kind, dialect)
        connection.execution_options(compiled_cache=_compiled)
