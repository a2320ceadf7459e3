"""Temporary files of a process, which hold texts of the register: none outlives the process for long, even
where it was killed."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "recbot-files-"


@contextmanager
def temporary_files() -> Iterator[Path]:
    """Give all temporary files of this process a folder of their own (0700), removed at the end.

    Removes first what killed processes of the same user left. A process holds a lock on its folder while it
    lives, so that no other takes the folder for abandoned. Raises OSError where none can be made."""
    parent = Path(tempfile.gettempdir())
    _remove_abandoned(parent)
    folder, descriptor = _locked_folder(parent)
    before = tempfile.tempdir
    # Libraries that write workbooks and uploads ask for it too.
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def _locked_folder(parent: Path) -> tuple[Path, int]:
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        # Another process may have removed it as abandoned before it was locked.
        with suppress(FileNotFoundError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if folder.exists():
                return folder, descriptor
            os.close(descriptor)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob(f"{_PREFIX}*"):
        # A folder of somebody else, or one that has just gone, is left alone.
        with suppress(OSError):
            _remove_unless_locked(folder)


def _remove_unless_locked(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(descriptor).st_uid == os.getuid():
            shutil.rmtree(folder)
    finally:
        os.close(descriptor)
