"""One process serves a SQLite file: the lock is `<database file>.lock`, and goes with the process."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from storage.database import Database


class Locked(Exception):
    """Another process has it."""


@contextmanager
def alone(database: Database) -> Iterator[None]:
    """Keeps others from serving or migrating the same SQLite file; PostgreSQL needs no such lock.

    Raises Locked at once when somebody else holds it."""
    if not database.is_sqlite or not database.url.database:
        yield
        return
    descriptor = os.open(f"{database.url.database}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Locked from None
        yield
    finally:
        os.close(descriptor)
