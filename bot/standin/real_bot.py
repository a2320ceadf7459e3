"""The real program as a process beside the stand-in, with settings and a register of its own."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from bot.standin.stand_in import StandIn

PROGRAM = (sys.executable, "-m", "bot")

_SOURCE = Path(__file__).parents[2]
_CONNECTS_WITHIN = 60.0  # seconds
_STOPS_WITHIN = 10.0
_LOADS_WITHIN = 120.0
_TELLS_WITHIN = 2.0
_TOLD_LINES = 15
# What the person set for a bot of their own; and a proxy, which leads nowhere on loopback.
_FOREIGN = ("SLACK_", "RECBOT_", "DATABASE_URL", "HOST", "PORT")
_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_HOST = "127.0.0.1"
_CAUGHT_UP = re.compile(r"^recbot_schedule_timestamp_seconds (\S+)$", re.MULTILINE)


class BotFailed(Exception):
    """The bot did not start, or ended; in plain words."""


def settings_of(slack: StandIn, folder: Path, clock: Path, coordinator: str, channel: str) -> dict[str, str]:
    """Return everything the program needs in order to meet the stand-in, with its register in `folder`."""
    return {
        "SLACK_API_URL": slack.api_url,
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "DATABASE_URL": f"sqlite:///{folder / 'register.db'}",
        "RECBOT_COORDINATORS": coordinator,
        "RECBOT_DIGEST_CHANNEL": channel,
        "RECBOT_CLOCK": f"@{clock}",
        "RECBOT_LOG": "console",
        # Where it tells how far it is: it needs no port for anything else.
        "HOST": _HOST,
        "PORT": str(_free_port()),
    }


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as listening:
        return int(listening.getsockname()[1])


def environment(settings: Mapping[str, str], outside: Mapping[str, str]) -> dict[str, str]:
    """Return the outside environment with these settings in place of all that would reach the bot."""
    passed_on = {
        name: value
        for name, value in outside.items()
        if not name.startswith(_FOREIGN[:2]) and name not in _FOREIGN and name.upper() not in _PROXIES
    }
    path = os.pathsep.join(filter(None, [str(_SOURCE), outside.get("PYTHONPATH", "")]))
    return passed_on | {"PYTHONPATH": path} | dict(settings)


class RealBot:
    """Works in `folder`, where its log is; `settings` replace any from outside."""

    def __init__(self, folder: Path, settings: Mapping[str, str], program: Sequence[str] = PROGRAM) -> None:
        self.log = folder / "bot.log"
        self._folder = folder
        self._program = program
        self._environment = environment(settings, os.environ)
        self._port = int(settings.get("PORT", 0))
        self._process: subprocess.Popen[bytes] | None = None

    def manifest(self) -> str:
        """Return what it asks of a workspace that installs it. Raises BotFailed."""
        printed = subprocess.run(  # noqa: S603 - our own program, no shell
            [*self._program, "manifest"],
            cwd=self._folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_LOADS_WITHIN,
            check=False,
        )
        if printed.returncode:
            raise BotFailed(f"asked for its manifest, it ended with exit code {printed.returncode}")
        return printed.stdout

    def load_example(self) -> None:
        """Load the example into its register. Raises BotFailed."""
        process = self._run("example")
        try:
            code = process.wait(_LOADS_WITHIN)
        except subprocess.TimeoutExpired:
            raise BotFailed(f"the example was not loaded within {_LOADS_WITHIN:.0f} seconds") from None
        finally:
            process.kill()
            process.wait()
        if code:
            raise BotFailed(f"loading the example ended with exit code {code}")

    def start(self) -> None:
        self._process = self._run("serve")

    def wait_until_connected(self, slack: StandIn) -> None:
        """Wait until it is connected. Raises BotFailed if it ends or takes too long."""
        latest = time.monotonic() + _CONNECTS_WITHIN
        while True:
            try:
                slack.wait_until_connected(timeout=0.2)
                return
            except TimeoutError:
                self.must_run()
            if time.monotonic() > latest:
                raise BotFailed(f"it did not connect within {_CONNECTS_WITHIN:.0f} seconds")

    def must_run(self) -> None:
        """Raises BotFailed if it has ended."""
        code = self._process.poll() if self._process else None
        if code is not None:
            raise BotFailed(f"it ended with exit code {code}")

    def caught_up_at(self) -> datetime | None:
        """Return the instant up to which it has sent all that was due, a UTC instant of the demo's clock;
        None while it does not say."""
        connection = HTTPConnection(_HOST, self._port, timeout=_TELLS_WITHIN)
        try:
            connection.request("GET", "/metrics")
            figures = connection.getresponse().read().decode()
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()
        match = _CAUGHT_UP.search(figures)
        return datetime.fromtimestamp(float(match[1]), UTC) if match else None

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(_STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def last_lines(self) -> list[str]:
        """Return the end of its log."""
        if not self.log.exists():
            return []
        return self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TOLD_LINES:]

    def _run(self, command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own program, no shell
                [*self._program, command],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # A Ctrl-C in the terminal is the demo's: it stops the bot when it is done with it.
                start_new_session=True,
            )
