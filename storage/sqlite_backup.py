"""SQLite's backups: `VACUUM INTO` writes one consistent state while others write, and unlike a copy of the
pages it carries no left-over bytes of what was erased."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage import empty_schema, private_files
from storage.backup_failed import BackupFailed
from storage.database import FOR_LONG_WORK, Database

_WAIT = 30.0  # seconds, for others to let go of the file
_IS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ? AND sql NOT LIKE 'CREATE VIRTUAL%'"
_BESIDE = ("-wal", "-shm")


def path_of(database: Database) -> Path:
    return Path(database.url.database or "")


def copy(database: Database, file: Path) -> None:
    """Write one state of the database to a file that only its owner may read. Raises BackupFailed,
    OSError."""
    private_files.create_anew(file)
    try:
        with closing(_connect(path_of(database))) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
    except sqlite3.Error as error:
        raise BackupFailed(f"The database could not be copied ({error}).") from None


def must_be_sound(file: Path, shown_path: Path) -> None:
    """Refuse what is no database, or a damaged one. Raises BackupFailed, by the name that whoever runs the
    command knows."""
    try:
        with closing(_connect(file)) as connection:
            problem = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if problem != ("ok",):
                raise BackupFailed(f"{shown_path} is damaged ({problem[0]}).")
            if astray := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupFailed(f"{shown_path}: a row of {astray[0]} names what is not there.")
    except sqlite3.Error as error:
        raise BackupFailed(f"{shown_path} is no recbot backup ({error}).") from None


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """Give the database in a file, which is whole again, with nothing beside it, when the block ends."""
    database = Database(f"sqlite:///{file}", FOR_LONG_WORK)
    try:
        yield database
    finally:
        database.close()
        _make_whole(file)


@contextmanager
def beside(database: Database, file: Path) -> Iterator[Database]:
    """Give a sound database with the backup's rows, which takes the database's place when the block ends
    well. The caller keeps others from serving it. Raises BackupFailed."""
    place = path_of(database)
    taken = place.with_name(f"{place.name}.restoring-from")
    new_file = place.with_name(f"{place.name}.restoring")
    try:
        _take_over(file, taken)
        must_be_sound(taken, file)
        private_files.create_anew(new_file)
        with opened(new_file) as copied:
            _take_rows(taken, copied, file)
            yield copied
        must_be_sound(new_file, file)
        database.close()
        _swap(new_file, place)
    finally:
        for path in (taken, new_file):
            for name in ("", *_BESIDE):
                Path(f"{path}{name}").unlink(missing_ok=True)


def put_in_place(part: Path, file: Path) -> None:
    """Give a finished file its name, so that it outlives a loss of power."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)
    _sync_folder(file)


def free_name(place: Path, why: str) -> Path:
    """Return a name beside the database that nothing has yet."""
    names = [place.with_name(f"{place.name}.{why}")]
    while names[-1].exists():
        names.append(place.with_name(f"{place.name}.{why}-{len(names) + 1}"))
    return names[-1]


def _take_over(file: Path, copy: Path) -> None:
    try:
        private_files.create_anew(copy)
        with file.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read ({error.strerror}).") from None


def _take_rows(source: Path, copied: Database, file: Path) -> None:
    """Copy the backup's rows. Raises BackupFailed for rows that this version's tables do not take."""
    try:
        with closing(_connect(source)) as old:
            columns = empty_schema.make(copied, _revision(old), file)
            with closing(_connect(path_of(copied))) as new:
                new.execute("PRAGMA foreign_keys = ON")
                new.execute("BEGIN IMMEDIATE")
                # A body may name its successor before that has its row.
                new.execute("PRAGMA defer_foreign_keys = ON")
                for table, names in columns.items():
                    _must_be_a_table(old, table, file)
                    _copy_table(old, new, table, names)
                new.execute("COMMIT")
    except sqlite3.IntegrityError as error:
        raise BackupFailed(f"{file} holds what no recbot wrote ({error}).") from None
    except sqlite3.Error as error:
        # Its words may hold somebody's text.
        why = getattr(error, "sqlite_errorname", None) or type(error).__name__
        raise BackupFailed(f"{file} cannot be read as a register ({why}).") from None


def _revision(connection: sqlite3.Connection) -> str | None:
    if not connection.execute(_IS_TABLE, ("alembic_version",)).fetchone():
        return None
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _must_be_a_table(connection: sqlite3.Connection, table: str, file: Path) -> None:
    """Refuse a view, or a table that something else fills. Raises BackupFailed."""
    if not connection.execute(_IS_TABLE, (table,)).fetchone():
        raise BackupFailed(f"{file} is no recbot backup (it holds no table {table}).")


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, table: str, names: list[str]) -> None:
    # In brackets: an unknown name between quotation marks would be a text.
    columns = ", ".join(f"[{name}]" for name in names)
    places = ", ".join("?" for _ in names)
    rows = old.execute(f"SELECT {columns} FROM [{table}]")  # noqa: S608 - the program's own names
    new.executemany(f"INSERT INTO [{table}] ({columns}) VALUES ({places})", rows)  # noqa: S608


def _swap(new_file: Path, place: Path) -> None:
    """Put the new database in the old one's place, which keeps another name. The old one's write-ahead log
    must not stand beside the new one, which it would be taken for part of."""
    if place.exists():
        old_place = free_name(place, "before-restore")
        try:
            _make_whole(place)
        except sqlite3.Error:
            # Damaged: whatever can be saved of it may be in its log.
            for name in _BESIDE:
                if (log := Path(f"{place}{name}")).exists():
                    log.replace(f"{old_place}{name}")
        os.link(place, old_place)
    put_in_place(new_file, place)


def _make_whole(file: Path) -> None:
    with closing(_connect(file)) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise BackupFailed(f"{file} is in use: stop whatever works with it.")


def _connect(file: Path) -> sqlite3.Connection:
    """Connect to a file. Raises sqlite3.Error where there is none."""
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT, isolation_level=None
    )
    # A file's own schema may call functions when it is read.
    connection.execute("PRAGMA trusted_schema = OFF").close()
    return connection


def _sync_folder(file: Path) -> None:
    folder = os.open(file.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
