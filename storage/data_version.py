"""A database's own word on what is committed: as long as it stays the same, nobody has committed anything."""

import threading
import time
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

# PostgreSQL's snapshot is the same for all its databases, and changes with each transaction that has written.
_STATEMENTS = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_current_snapshot()"}
# In seconds: whoever finds another at it waits so long; and a connection that has rested longer may be gone
# without a word, as behind a firewall, so another one is opened.
_WAITS, _RESTS = 0.005, 60.0


class DataVersion:
    """Reads it by a connection of its own, which never writes: each connection to SQLite counts what the
    others commit, of this process and of any other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._statement = _STATEMENTS[engine.dialect.name]
        self._lock = threading.Lock()
        self._connection: Any = None
        self._rests_since = 0.0

    def read(self) -> int | str | None:
        """Return it, to be compared with that of before; None where the database does not tell it, or not
        soon enough."""
        if not self._lock.acquire(timeout=_WAITS):
            return None
        try:
            version: int | str = self._opened().execute(self._statement).fetchone()[0]
            self._rests_since = time.monotonic()
        except (self._engine.dialect.loaded_dbapi.Error, SQLAlchemyError):
            self._close()
            return None
        else:
            return version
        finally:
            self._lock.release()

    def close(self) -> None:
        """Close the connection; reading opens another one."""
        with self._lock:
            self._close()

    def _opened(self) -> Any:
        if self._connection is not None and time.monotonic() - self._rests_since > _RESTS:
            self._close()
        if self._connection is None:
            fairy = self._engine.raw_connection()
            fairy.detach()
            self._connection = fairy.dbapi_connection
            # Else PostgreSQL would show the same snapshot for as long as the transaction lasts.
            self._engine.dialect.set_isolation_level(self._connection, "AUTOCOMMIT")
        return self._connection

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(self._engine.dialect.loaded_dbapi.Error):
                connection.close()
