"""Copying the whole database while it is in use, and putting a copy in its place. How each kind of database
does it is in `sqlite_backup.py` and `postgresql_backup.py`."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from storage import schema, sqlite_backup
from storage.backup_failed import BackupFailed
from storage.database import Busy, Database
from storage.lock import alone
from storage.verify import Broken, Unbroken, verify

__all__ = ["BackupFailed", "before_migrating", "has_register", "save", "taking_its_place"]


def save(database: Database, file: Path) -> Unbroken | Broken:
    """Write a copy to a new file that only its owner may read. Return how its history stands.

    Raises BackupFailed; then there is no such file."""
    with _written(file) as part:
        if database.is_sqlite:
            sqlite_backup.copy(database, part)
            sqlite_backup.must_be_sound(part, file)
            return _history_of(part)
        # PostgreSQL's driver takes a while to load, which nobody needs who has a SQLite file.
        from storage import postgresql_backup  # noqa: PLC0415

        history = verify(database)
        postgresql_backup.dump(database, part)
        return history


@contextmanager
def _written(file: Path) -> Iterator[Path]:
    """Give a file beside the new one, which gets its name when the block ends well. Raises BackupFailed."""
    if file.exists():
        raise BackupFailed(f"{file} exists already. Name a new file.")
    part = file.with_name(f"{file.name}.part")
    try:
        yield part
        sqlite_backup.put_in_place(part, file)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be written ({error.strerror}).") from None
    finally:
        part.unlink(missing_ok=True)


def has_register(database: Database) -> bool:
    """Tell whether anything stands there that may be a register, also one that cannot be read."""
    if database.is_sqlite:
        return not database.is_missing
    try:
        return schema.present(database) is not None
    except (Busy, DBAPIError):
        return True


@contextmanager
def taking_its_place(database: Database, file: Path) -> Iterator[Database]:
    """Give the backup's rows in this version's schema, made anew, as a database beside the old one.

    When the block ends well it takes the old one's place, which is kept under another name; else nothing has
    changed. Raises BackupFailed, and Locked while recbot serves the SQLite file."""
    with alone(database), _beside(database, file) as copy:
        schema.upgrade(copy)
        yield copy


def _beside(database: Database, file: Path) -> AbstractContextManager[Database]:
    if database.is_sqlite:
        return sqlite_backup.beside(database, file)
    from storage import postgresql_backup  # noqa: PLC0415 - as above

    return postgresql_backup.beside(database, file)


def before_migrating(database: Database) -> Path | None:
    """Copy a SQLite database whose schema is about to change, and return the file; None where there is
    nothing to lose. PostgreSQL has its own backups. Raises BackupFailed."""
    if not database.is_sqlite or schema.present(database) is None or schema.is_current(database):
        return None
    file = sqlite_backup.free_name(sqlite_backup.path_of(database), f"before-{schema.needed()}")
    with _written(file) as part:
        # Not verified: an older schema has not all that this version compares.
        sqlite_backup.copy(database, part)
        sqlite_backup.must_be_sound(part, file)
    return file


def _history_of(file: Path) -> Unbroken | Broken:
    with sqlite_backup.opened(file) as copy:
        return verify(copy)
