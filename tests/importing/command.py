"""`recbot import` as a process of its own."""

import os
import subprocess
from pathlib import Path

from tests.cast import NOW
from tests.journeys import processes

# Seconds for an import to end: on a busy machine its process takes long to start.
PATIENCE = 300


def run_import(file: Path, database_url: str) -> "subprocess.CompletedProcess[str]":
    """Run the command to its end."""
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    settings = {
        "DATABASE_URL": database_url,
        # Another Slack's than the real one, or there would be no other clock.
        "SLACK_API_URL": "http://127.0.0.1:1/api/",
        "RECBOT_CLOCK": NOW.isoformat(),
    }
    return processes.run(["import", str(file)], inherited | settings, file.parent, PATIENCE)
