"""The register that a command works on: the one that DATABASE_URL names, or a new one made there."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.runtime.wiring.starting import CannotStart, must_be_current, prepare
from storage.database import FOR_LONG_WORK, FOR_WORK, Database, Timeouts
from storage.store import Store


def existing(url: str, timeouts: Timeouts = FOR_WORK) -> Database:
    """Open a register of this version's schema, and never make one. Raises CannotStart, Busy."""
    database = must_be_there(Database(url, timeouts))
    must_be_current(database)
    return database


def must_be_there(database: Database) -> Database:
    """Raises CannotStart where to connect would make an empty SQLite file."""
    if database.is_missing:
        raise CannotStart(no_register(database))
    return database


def no_register(database: Database) -> str:
    return (
        f"There is no register at {database.file}. Change to the folder where it is, or set DATABASE_URL;"
        " recbot serve, migrate, example, import and restore make a new one."
    )


def place(database: Database) -> str:
    """Return where the register is, as the end of a sentence; without the password of a server."""
    return f"at {database.file}" if database.file else f"in the database {database.url.database}"


def made(database: Database) -> str:
    return f"A new register was made at {database.file}."


class Filling:
    """A register that a command fills. A new SQLite one is made under another name, and gets its own when it
    is kept: whole or not at all."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._folder: TemporaryDirectory[str] | None = None
        self._database: Database | None = None

    def __enter__(self) -> "Filling":
        return self

    def __exit__(self, *_failure: object) -> None:
        if self._folder is not None:
            self._folder.cleanup()

    def open(self) -> Store:
        """Open the register, or make an empty one beside the place where it is to be. Raises CannotStart,
        Busy."""
        database = Database(self._url, FOR_LONG_WORK)
        if database.is_missing and database.file is not None:
            self._folder = _folder_beside(database.file)
            database = Database(f"sqlite:///{self._folder.name}/{database.file.name}", FOR_LONG_WORK)
            prepare(database)
        must_be_current(database)
        self._database = database
        return Store(database, home_team="")

    def keep(self) -> str:
        """Give a new register its name, and return a sentence that says so; '' where there was one before.

        Raises CannotStart."""
        if self._folder is None or self._database is None:
            return ""
        unfinished = self._database.file
        # The last one to close it leaves nothing in its log.
        self._database.close()
        database = Database(self._url)
        if unfinished is not None and database.file is not None:
            _put_in_place(unfinished, database.file)
        return made(database)


def _folder_beside(file: Path) -> "TemporaryDirectory[str]":
    try:
        return TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent)
    except OSError as error:
        raise CannotStart(f"DATABASE_URL: {file} cannot be made ({error.strerror}).") from None


def _put_in_place(unfinished: Path, file: Path) -> None:
    """Put it in its place, never over a register that somebody else made meanwhile."""
    try:
        if file.exists() and not file.stat().st_size:
            file.unlink()
        os.link(unfinished, file)
    except FileExistsError:
        raise CannotStart(
            f"Somebody else made {file} meanwhile. Nothing was imported: please try again."
        ) from None
