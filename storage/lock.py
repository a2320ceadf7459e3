"""One process serves a SQLite file: the lock is `<database file>.lock`, and goes with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import private_files
from storage.database import Database


class Locked(Exception):
    """Another process serves or migrates the file."""


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Keep others from serving or migrating the same SQLite file; PostgreSQL needs no such lock.

    Raises Locked at once when somebody else holds it."""
    if not database.is_sqlite or not database.url.database:
        yield
        return
    lock = Path(f"{database.url.database}.lock")
    descriptor = private_files.open_or_create(lock)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked from None
        try:
            yield
        finally:
            if not Path(database.url.database).exists():
                # No register came of it, so nothing is left to be locked.
                lock.unlink(missing_ok=True)
    finally:
        os.close(descriptor)
