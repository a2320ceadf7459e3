"""A folder that everybody may read, replaced as a whole: whoever reads in it sees the old one or the new one.

Its name is a link to a version that stands beside it, and a link is exchanged in one step."""

import errno
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_FILE = 0o644
_FOLDER = 0o755
# In bytes: after years one file may be larger than the memory there is.
_PIECE = 1_000_000
# In seconds: whoever was led into the old version a moment ago has opened its file by then.
_READERS_MOVE_ON = 0.2


class NotOurs(Exception):
    """The folder holds something else than what was published before."""


def replace_whole(directory: Path, write: Callable[[Path], None]) -> bool:
    """Put what `write` makes in an empty folder in the place of the directory. Return whether anything
    changed.

    Waits for another process that publishes beside it, and removes what a killed one left. Raises NotOurs,
    OSError."""
    directory = Path(os.path.abspath(directory))
    with _alone_in(directory.parent):
        current = _current_version(directory)
        _remove_versions(directory, keep=current)
        unfinished = directory.with_name(f"{_prefix(directory)}unfinished")
        try:
            unfinished.mkdir()
            write(unfinished)
            _open_to_everybody(unfinished)
            digest = _digest(unfinished)
            version = directory.with_name(_prefix(directory) + digest)
            if current == version and _digest(current) == digest:
                return False
            if current == version:
                # Somebody has changed what was published.
                current = version.rename(directory.with_name(f"{_prefix(directory)}old"))
            unfinished.rename(version)
            _exchange(directory, version)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        if current is not None:
            time.sleep(_READERS_MOVE_ON)
        _remove_versions(directory, keep=version)
    return True


def must_be_writable(directory: Path) -> None:
    """Look whether it could be published to, and write nothing. Raises NotOurs, OSError."""
    directory = Path(os.path.abspath(directory))
    _current_version(directory)
    if not directory.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if not os.access(directory.parent, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _prefix(directory: Path) -> str:
    return f".{directory.name}.recbot-"


@contextmanager
def _alone_in(parent: Path) -> Iterator[None]:
    """Keep other processes from publishing there; the lock is on the folder itself, so no file is left."""
    descriptor = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _current_version(directory: Path) -> Path | None:
    """Return the version that is published; None where nothing is yet. Raises NotOurs."""
    if directory.is_symlink():
        target = os.readlink(directory)
        if "/" in target or not target.startswith(_prefix(directory)):
            raise NotOurs
        return directory.with_name(target)
    if not directory.exists():
        return None
    if not directory.is_dir() or any(directory.iterdir()):
        raise NotOurs
    return None


def _remove_versions(directory: Path, keep: Path | None) -> None:
    for path in directory.parent.iterdir():
        if path.name.startswith(_prefix(directory)) and path != keep:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _open_to_everybody(folder: Path) -> None:
    """Let everybody read it, whatever the umask, and have it on the disk before it is shown."""
    folder.chmod(_FOLDER)
    for path in folder.rglob("*"):
        path.chmod(_FOLDER if path.is_dir() else _FILE)
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _digest(folder: Path) -> str:
    """Return a hash of the names and contents of all files; empty where there is no folder."""
    if not folder.is_dir():
        return ""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)}\n{path.stat().st_size}\n".encode())
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()[:32]


def _exchange(directory: Path, version: Path) -> None:
    link = directory.with_name(f"{_prefix(directory)}link")
    link.symlink_to(version.name)
    if directory.is_dir() and not directory.is_symlink():
        # An empty folder, as somebody made it: a link cannot take its place in one step.
        directory.rmdir()
    os.replace(link, directory)
