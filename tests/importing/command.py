"""`recbot import` as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.cast import NOW


def importing(file: Path, database_url: str) -> "subprocess.Popen[str]":
    """The command, begun."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    settings = {
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "DATABASE_URL": database_url,
        # Another Slack's than the real one, or there would be no other clock.
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
        "RECBOT_CLOCK": NOW.isoformat(),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "import", str(file)],
        env=inherited | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
