"""Files as an office program opens them and saves them again, where LibreOffice is installed."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture(scope="session")
def profile() -> Iterator[Path]:
    """LibreOffice's own settings: fresh, and the same for all tests, since it takes long to make them."""
    with tempfile.TemporaryDirectory(prefix="recbot-office-") as folder:
        yield Path(folder)


def saved(paths: Sequence[Path], to: str, profile: Path) -> Path:
    """The folder of what LibreOffice makes of files that lie together: of each one file, or several."""
    assert SOFFICE is not None
    out = paths[0].parent / f"as {_ending(to)}"
    settings = f"-env:UserInstallation={profile.as_uri()}"
    done = subprocess.run(
        [SOFFICE, settings, "--headless", "--convert-to", to, "--outdir", str(out), *map(str, paths)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert out.exists(), done.stdout + done.stderr
    return out


def converted(path: Path, to: str, profile: Path) -> Path:
    """What LibreOffice makes of a file; it fails the test when it cannot load it."""
    return all_converted([path], to, profile)[path]


def all_converted(paths: Sequence[Path], to: str, profile: Path) -> dict[Path, Path]:
    """What LibreOffice makes, started once, of each of several files that lie together."""
    folder = saved(paths, to, profile)
    results = {path: folder / path.with_suffix(f".{_ending(to)}").name for path in paths}
    for result in results.values():
        assert result.exists(), f"LibreOffice made no {result.name}"
    return results


def _ending(to: str) -> str:
    return to.partition(":")[0]
