"""The wheel as people install it, by `uv tool` and by pipx, with packages from a registry. Without one that
answers there is nothing to show, and these say so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.installed import ANSWERS_WITHIN, PROJECT, ROOT, Installed, build_wheel

pytestmark = pytest.mark.prove

PIPX = "pipx==1.18.4"


@pytest.fixture(scope="module")
def uv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """uv, where a registry answers: it brings pipx, which is not among the locked packages."""
    uv = Path(sys.executable).with_name("uv")
    pipx = subprocess.run(
        [uv, "tool", "run", PIPX, "--version"],
        cwd=tmp_path_factory.mktemp("pipx"),
        capture_output=True,
        text=True,
        check=False,
    )
    if pipx.returncode != 0:
        pytest.skip("It needs a registry of packages, and none answers.")
    return uv


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel, and the versions that it is tested with, as `make wheel` builds both."""
    folder = tmp_path_factory.mktemp("release")
    constraints = folder / "constraints.txt"
    with constraints.open("w") as file:
        subprocess.run(
            [sys.executable, ROOT / "deploy" / "parts.py", "constraints", "run", "demo"],
            stdout=file,
            check=True,
        )
    return build_wheel(folder), constraints


@pytest.mark.parametrize("tool", ["uv tool", "pipx"])
def test_an_installed_tool_answers_within_a_minute_from_an_empty_folder(
    tool: str, uv: Path, release: tuple[Path, Path], tmp_path: Path
) -> None:
    wheel, constraints = release
    folder, programs = tmp_path / "empty", tmp_path / "bin"
    folder.mkdir()
    arguments: dict[str, list[str | Path]] = {
        "uv tool": ["tool", "install", "--constraints", constraints, f"recbot[demo] @ {wheel.as_uri()}"],
        "pipx": ["tool", "run", PIPX, "install", f"--pip-args=--constraint {constraints}", f"{wheel}[demo]"],
    }
    homes = {"UV_TOOL_DIR": "tools", "UV_TOOL_BIN_DIR": "bin", "PIPX_HOME": "pipx", "PIPX_BIN_DIR": "bin"}
    done = subprocess.run(
        [uv, *arguments[tool]],
        cwd=folder,
        # The Python that the tests run on.
        env=os.environ
        | {name: str(tmp_path / place) for name, place in homes.items()}
        | {"UV_PYTHON": sys.executable, "PIPX_DEFAULT_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    recbot = Installed(programs / "recbot", folder)
    assert recbot.run("--version").stdout == f"recbot {PROJECT['version']}\n"
    seconds = recbot.demo_answers_after()
    print(f"{tool}: the demo answered after {seconds:.1f} s")
    assert seconds < ANSWERS_WITHIN
    assert list(folder.iterdir()) == []
