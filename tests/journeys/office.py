"""The whole of recbot beside a stand-in Slack, as processes and people meet it."""

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.standin import StandIn
from tests import templates
from tests.journeys import processes
from tests.journeys.processes import Running

START = "2025-03-10T09:00:30+00:00"
CHANNEL = "C0COORD"
MANIFEST = Path(__file__).parents[2] / "manifest.yml"


class Office:
    """A workspace with the cast in it, and recbot as a process of its own that serves it."""

    def __init__(self, slack: StandIn, folder: Path, database_url: str) -> None:
        self.slack = slack
        self.folder = folder
        self.database_url = database_url
        self.clock = folder / "clock"
        self.set_clock(START)
        self.cora = slack.add_person("U0CORA", "Cora Lane")
        self.kim = slack.add_person("U0KIM", "Kim Hale")
        self.ed = slack.add_person("U0ED", "Ed Moss")
        self.vic = slack.add_person("U0VIC", "Vic Park")
        self.gus = slack.add_person("U0GUS", "Gus Reed", kind="guest")
        self.stella = slack.add_person("U0STELLA", "Stella Kerr", kind="stranger", team_id="T0OTHER")
        slack.add_channel(CHANNEL, "coordination")
        self.process: Running | None = None

    def set_clock(self, instant: str | datetime) -> None:
        """Move the time of all processes."""
        text = instant if isinstance(instant, str) else instant.isoformat()
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(text)
        os.replace(fresh, self.clock)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
        return inherited | {
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "DATABASE_URL": self.database_url,
            "SLACK_API_URL": self.slack.api_url,
            "SLACK_BOT_TOKEN": self.slack.bot_token,
            "SLACK_APP_TOKEN": self.slack.app_token,
            "RECBOT_COORDINATORS": "U0CORA",
            "RECBOT_DIGEST_CHANNEL": CHANNEL,
            "RECBOT_CLOCK": f"@{self.clock}",
            "RECBOT_SETTLE": "0.02",
            "RECBOT_LOG": "json",
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """A `recbot` command, to its end."""
        return processes.run(arguments, self.environment | environment, self.folder, timeout=300)

    def load_example(self) -> None:
        templates.fill(self.database_url, "as the command line loads it", self._load)

    def _load(self, database_url: str) -> None:
        for command in ("migrate", "example"):
            done = self.run(command, DATABASE_URL=database_url)
            assert done.returncode == 0, done.stderr

    def start(self, **environment: str) -> None:
        """Start `recbot serve` and wait until it answers."""
        self.process = processes.start(
            ["serve"], self.environment | environment, self.folder, out=self.log, err=self.log
        )
        self.slack.wait_until_connected(120)

    def stop(self) -> int:
        """Ask it to end, and give its exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(120)
        self.process = None
        return code

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            # The next one to connect is not to be taken for this one.
            self.slack.wait_until_left()

    def body_names(self) -> list[str]:
        """The short names of the bodies, in alphabetical order."""
        return [name for (name,) in self._read("SELECT short_name FROM policing_bodies ORDER BY short_name")]

    def updates_of_kind(self, kind: str) -> int:
        ((count,),) = self._read("SELECT COUNT(*) FROM updates WHERE kind = ?", kind)
        return int(count)

    def _read(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        """Rows of the register, which is a SQLite file."""
        with closing(sqlite3.connect(self.database_url.removeprefix("sqlite:///"))) as connection:
            return connection.execute(statement, values).fetchall()

    @property
    def log(self) -> Path:
        return self.folder / "recbot.log"

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8") if self.log.exists() else ""

    def secrets_in_log(self) -> list[str]:
        """Of the tokens and the people's names, those that recbot told its log."""
        people = (self.cora, self.kim, self.ed, self.vic, self.gus, self.stella)
        tokens = (self.slack.bot_token, self.slack.app_token, self.slack.signing_secret)
        text = self.log_text()
        return [secret for secret in (*tokens, *(person.name for person in people)) if secret in text]


@contextmanager
def office(folder: Path, database_url: str, enterprise: str = "") -> Iterator[Office]:
    """An office that is closed at the end; what Slack would have refused, and a secret in the log, fail the
    test. `enterprise` is the organisation's id, where the workspace belongs to one."""
    with StandIn(enterprise=enterprise) as slack:
        slack.install(MANIFEST.read_text(encoding="utf-8"))
        opened = Office(slack, folder, database_url)
        try:
            yield opened
        finally:
            opened.kill()
        assert slack.faults_found == []
        assert opened.secrets_in_log() == []
