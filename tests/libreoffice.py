"""Files as an office program opens them and saves them again, where LibreOffice is installed."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


@pytest.fixture(scope="module")
def profile() -> Iterator[Path]:
    """LibreOffice's own settings, fresh, since it makes them anew for each."""
    with tempfile.TemporaryDirectory(prefix="recbot-office-") as folder:
        yield Path(folder)


def saved(path: Path, to: str, profile: Path) -> Path:
    """The folder of what LibreOffice makes of a file: one file, or several."""
    assert SOFFICE is not None
    out = path.parent / f"as {_ending(to)}"
    settings = f"-env:UserInstallation={profile.as_uri()}"
    done = subprocess.run(
        [SOFFICE, settings, "--headless", "--convert-to", to, "--outdir", str(out), str(path)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert out.exists(), done.stdout + done.stderr
    return out


def converted(path: Path, to: str, profile: Path) -> Path:
    """What LibreOffice makes of a file; it fails the test when it cannot load it."""
    result = saved(path, to, profile) / path.with_suffix(f".{_ending(to)}").name
    assert result.exists(), f"LibreOffice made no {result.name}"
    return result


def _ending(to: str) -> str:
    return to.partition(":")[0]
