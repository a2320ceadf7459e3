"""Files that only their owner may read and write (0600), whatever the umask: the register holds what is not
for everybody who has a login on the machine."""

import errno
import os
import shutil
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_PRIVATE = 0o600
_PRIVATE_FOLDER = 0o700
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO
# What stands beside a SQLite database: its logs, its lock, and copies of it.
_BESIDE = ("", "-wal", "-shm", "-journal", ".lock", ".before-*", ".restoring*", ".part")


def create(file: Path) -> None:
    """Make an empty file. Raises FileExistsError, OSError."""
    descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)
    try:
        # A umask may take more away than it should.
        os.fchmod(descriptor, _PRIVATE)
    finally:
        os.close(descriptor)


def open_or_create(file: Path) -> int:
    """Open a file for reading and writing, empty where it is new. Return its descriptor. Raises OSError."""
    with suppress(FileExistsError):
        create(file)
    return os.open(file, os.O_RDWR)


def create_anew(file: Path) -> None:
    """Make an empty file in the place of whatever had the name. Raises OSError."""
    file.unlink(missing_ok=True)
    create(file)


def write_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a new file. Raises OSError, and FileExistsError for a name that is taken: that file may have been
    sent out."""
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    # It is written under another name first, so that a file of this name is always whole.
    unfinished = path.with_name(f"{path.name}.part")
    create_anew(unfinished)
    try:
        write(unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def write_folder_whole(path: Path, write: Callable[[Path], None]) -> None:
    """Write a new folder of private files. Raises OSError, and FileExistsError for a name that is taken."""
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    # As above: what has the name is whole.
    unfinished = path.with_name(f"{path.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(_PRIVATE_FOLDER)
    try:
        write(unfinished)
        for file in unfinished.rglob("*"):
            file.chmod(_PRIVATE_FOLDER if file.is_dir() else _PRIVATE)
        os.replace(unfinished, path)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def narrow(file: Path) -> None:
    """Take every right of others away; a file that is missing or somebody else's is left alone."""
    with suppress(OSError):
        mode = stat.S_IMODE(file.stat().st_mode)
        if mode & _FOR_OTHERS:
            file.chmod(mode & ~_FOR_OTHERS)


def narrow_register(database: Path) -> None:
    """Narrow a SQLite database and all that stands beside it, as older versions may have left it."""
    with suppress(OSError):
        for ending in _BESIDE:
            for file in database.parent.glob(f"{_literal(database.name)}{ending}"):
                narrow(file)


def _literal(name: str) -> str:
    """Return a pattern that matches the name alone."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)
