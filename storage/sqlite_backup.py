"""SQLite: `VACUUM INTO` writes one consistent state while others write, and unlike a copy of the pages it
carries no left-over bytes of what was erased."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from storage import private_files
from storage.backup_failed import BackupFailed
from storage.database import FOR_WORK, Database

_WAIT = 30.0  # seconds, for others to let go of the file
_BESIDE = ("-wal", "-shm")


def path_of(database: Database) -> Path:
    return Path(database.url.database or "")


def copy(database: Database, file: Path) -> None:
    """One state of the database in a file that only its owner may read. Raises BackupFailed, OSError."""
    private_files.create_anew(file)
    try:
        with closing(_connect(path_of(database))) as connection:
            connection.execute("VACUUM INTO ?", (str(file),))
    except sqlite3.Error as error:
        raise BackupFailed(f"The database could not be copied ({error}).") from None


def must_be_sound(file: Path) -> None:
    """Raises BackupFailed for what is no database, or a damaged one."""
    try:
        with closing(_connect(file)) as connection:
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if found != ("ok",):
                raise BackupFailed(f"{file} is damaged ({found[0]}).")
            if astray := connection.execute("PRAGMA foreign_key_check").fetchone():
                raise BackupFailed(f"{file}: a row of {astray[0]} names what is not there.")
    except sqlite3.Error as error:
        raise BackupFailed(f"{file} is no sound database ({error}).") from None


@contextmanager
def opened(file: Path) -> Iterator[Database]:
    """The database in a file, which is whole again, with nothing beside it, when the block ends."""
    database = Database(f"sqlite:///{file}", FOR_WORK)
    try:
        yield database
    finally:
        database.close()
        _make_whole(file)


@contextmanager
def beside(database: Database, file: Path) -> Iterator[Database]:
    """A sound copy of the backup, which takes the database's place when the block ends well. The caller keeps
    others from serving it."""
    place = path_of(database)
    fresh = place.with_name(f"{place.name}.restoring")
    try:
        _take_over(file, fresh)
        must_be_sound(fresh)
        with opened(fresh) as copied:
            yield copied
        must_be_sound(fresh)
        database.close()
        _swap(fresh, place)
    finally:
        for name in ("", *_BESIDE):
            Path(f"{fresh}{name}").unlink(missing_ok=True)


def put_in_place(part: Path, file: Path) -> None:
    """Gives a finished file its name, so that it outlives a loss of power."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)
    _sync_folder(file)


def free_name(place: Path, why: str) -> Path:
    """A name beside the database that nothing has yet."""
    names = [place.with_name(f"{place.name}.{why}")]
    while names[-1].exists():
        names.append(place.with_name(f"{place.name}.{why}-{len(names) + 1}"))
    return names[-1]


def _take_over(file: Path, fresh: Path) -> None:
    try:
        private_files.create_anew(fresh)
        with file.open("rb") as source, fresh.open("wb") as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read ({error.strerror}).") from None


def _swap(fresh: Path, place: Path) -> None:
    """The old one keeps another name. Its write-ahead log must not stand beside the new one, which it would
    be taken for part of."""
    if place.exists():
        kept = free_name(place, "before-restore")
        try:
            _make_whole(place)
        except sqlite3.Error:
            # Damaged: whatever can be saved of it may be in its log.
            for name in _BESIDE:
                if (log := Path(f"{place}{name}")).exists():
                    log.replace(f"{kept}{name}")
        os.link(place, kept)
    put_in_place(fresh, place)


def _make_whole(file: Path) -> None:
    with closing(_connect(file)) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise BackupFailed(f"{file} is in use: stop whatever works with it.")


def _connect(file: Path) -> sqlite3.Connection:
    """Raises sqlite3.Error where there is no such file."""
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT, isolation_level=None
    )


def _sync_folder(file: Path) -> None:
    folder = os.open(file.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
