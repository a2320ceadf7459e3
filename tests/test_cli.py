"""The command as a shell runs it."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.cli import main


def test_a_reader_who_has_had_enough_ends_it_quietly() -> None:
    """As in `recbot manifest | head`: the other end of the pipe is closed."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "manifest"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")


def test_it_tells_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"recbot {project['version']}\n")


def test_a_command_loads_nothing_that_only_few_need() -> None:
    """Which takes longer than all else that it loads."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, bot.__main__; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert {
        "alembic",
        "docx",
        "openpyxl",
        "psycopg",
        "slack_bolt",
        "bot.domain.personal_data.check",
    }.isdisjoint(loaded.stdout.split())
