import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.temporary_files import temporary_files

_WRITES_AND_WAITS = """
import tempfile, time
from storage.temporary_files import temporary_files
with temporary_files() as folder:
    with tempfile.NamedTemporaryFile("w", delete=False) as file:
        file.write("a text of the register")
    print(file.name, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def parent(tmp_path: Path) -> Path:
    folder = tmp_path / "tmp"
    folder.mkdir()
    return folder


@contextmanager
def _writes_and_waits(parent: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that has written a temporary file and lives until it is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", _WRITES_AND_WAITS],
        env={**os.environ, "TMPDIR": str(parent)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, Path(process.stdout.readline().strip())
        finally:
            process.kill()


def _within(parent: Path) -> list[str]:
    """What is left in a folder for temporary files once a process has begun and ended there."""
    before, tempfile.tempdir = tempfile.tempdir, str(parent)
    try:
        with temporary_files() as folder:
            assert folder.parent == parent
            assert folder.stat().st_mode & 0o777 == 0o700
            Path(tempfile.mkstemp()[1]).write_text("a text of the register")
            assert len(list(folder.iterdir())) == 1
    finally:
        tempfile.tempdir = before
    return sorted(file.name for file in parent.rglob("*"))


def test_nothing_is_left_of_a_process_that_has_ended(parent: Path) -> None:
    assert _within(parent) == []


def test_what_a_killed_process_left_is_removed_by_the_next(parent: Path) -> None:
    with _writes_and_waits(parent) as (process, file):
        process.kill()
        process.wait()
        assert file.read_text() == "a text of the register"

        assert _within(parent) == []


def test_what_a_living_process_has_written_stays(parent: Path) -> None:
    with _writes_and_waits(parent) as (_, file):
        _within(parent)
        assert file.read_text() == "a text of the register"


def test_other_folders_and_links_stay(parent: Path, tmp_path: Path) -> None:
    (parent / "recbot-other").mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").touch()
    (parent / "recbot-files-link").symlink_to(elsewhere)

    assert _within(parent) == ["recbot-files-link", "recbot-other"]
    assert (elsewhere / "kept").exists()
