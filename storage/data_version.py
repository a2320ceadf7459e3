"""SQLite's own number of what is in a file: as long as it stays the same, nobody has committed anything."""

import sqlite3
import threading
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError


class DataVersion:
    """Reads the number by a connection of its own, which never writes: each connection counts what the others
    commit, of this process and of any other."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._connection: Any = None

    def read(self) -> int | None:
        """Return the number, to be compared with that of before; None where SQLite does not tell it."""
        with self._lock:
            try:
                if self._connection is None:
                    fairy = self._engine.raw_connection()
                    fairy.detach()
                    self._connection = fairy.dbapi_connection
                row: tuple[int] = self._connection.execute("PRAGMA data_version").fetchone()
            except (sqlite3.Error, SQLAlchemyError):
                self._close()
                return None
            return row[0]

    def close(self) -> None:
        """Close the connection; reading opens another one."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(sqlite3.Error):
                connection.close()
