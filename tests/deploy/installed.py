"""A wheel of recbot, recbot installed from it, and what the packages that are installed here ask for."""

import os
import shutil
import subprocess
import sys
import time
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PACKAGES = ("bot", "handlers", "storage")
# What somebody who tries the demo waits at most, in seconds.
ANSWERS_WITHIN = 60

_FOREIGN = ("SLACK_", "RECBOT_", "DATABASE_URL", "HOST", "PORT", "PYTHON", "VIRTUAL_ENV")


def build_wheel(folder: Path) -> Path:
    """Build from a copy of the source, so that nothing left over from an earlier build gets in."""
    source = folder / "source"
    source.mkdir()
    for name in PACKAGES:
        shutil.copytree(
            ROOT / name, source / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in ("pyproject.toml", "manifest.yml"):
        shutil.copy(ROOT / name, source)
    pip("wheel", "--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, source)
    (wheel,) = folder.glob("*.whl")
    return wheel


def pip(*arguments: str | Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@dataclass(frozen=True)
class Installed:
    """recbot in an environment of its own, used from an empty folder as a person would."""

    program: Path
    folder: Path

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [self.program, *arguments],
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def demo_answers_after(self) -> float:
        """Run the demo to its end, and return after how many seconds the first answer stood there."""
        started = time.monotonic()
        answered_after: float | None = None
        shown: list[str] = []
        with subprocess.Popen(
            [self.program, "demo"],
            cwd=self.folder,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as demo:
            assert demo.stdout is not None
            for line in demo.stdout:
                shown.append(line)
                if answered_after is None and "of 43 accepted" in line:
                    answered_after = time.monotonic() - started
        assert demo.returncode == 0, "".join(shown)
        assert "That was the tour" in "".join(shown)
        assert answered_after is not None
        return answered_after


def environment() -> dict[str, str]:
    """Return this process's environment without what would reach another recbot, and with no terminal."""
    theirs = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return theirs | {"CI": "true"}


def needed_for(*extras: str) -> set[str]:
    """Name all that recbot needs on this machine to run, with these extras, by what each package says."""
    requirements = [
        Requirement(line)
        for lines in (PROJECT["dependencies"], *(PROJECT["optional-dependencies"][name] for name in extras))
        for line in lines
    ]
    names: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    while requirements:
        requirement = requirements.pop()
        name, its_extras = canonicalize_name(requirement.name), frozenset(requirement.extras)
        if (name, its_extras) in seen:
            continue
        seen.add((name, its_extras))
        names.add(name)
        for line in metadata.requires(name) or []:
            more = Requirement(line)
            if more.marker is None or any(
                more.marker.evaluate({"extra": extra}) for extra in its_extras or {""}
            ):
                requirements.append(more)
    return names
