"""`recbot serve` as processes of their own beside the stand-in, and what their health paths say."""

import http.client
import signal
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field

from bot.runtime.http.door import EVENTS_PATH
from tests.journeys import processes
from tests.journeys.office import Office
from tests.journeys.processes import PROGRAM, Running

# Seconds for what comes by itself to come: a test goes on as soon as it is there, and on a busy machine late.
PATIENCE = 120.0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass
class Served:
    """One process; its health paths are at `port`, and in HTTP mode Slack's requests too."""

    office: Office
    module: str = PROGRAM
    port: int = field(default_factory=free_port)
    process: Running | None = None

    def start(self, **environment: str) -> "Served":
        """With these settings besides the office's; an empty one takes a setting away."""
        settings = self.office.environment | {"HOST": "127.0.0.1", "PORT": str(self.port)} | environment
        log = self.office.log
        self.process = processes.start(
            ["serve"], settings, self.office.folder, out=log, err=log, program=self.module
        )
        wait_until(lambda: self.get("/healthz")[0] == 200, PATIENCE)
        return self

    @property
    def request_url(self) -> str:
        return f"http://127.0.0.1:{self.port}{EVENTS_PATH}"

    def get(self, path: str) -> tuple[int, str]:
        """Status and text; 0 when nobody answers."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                return response.status, response.read().decode()
            except (OSError, http.client.HTTPException):
                return 0, ""

    def post(self, body: bytes, headers: Mapping[str, str]) -> int:
        """The status that a request to Slack's path gets."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("POST", EVENTS_PATH, body, dict(headers))
            return connection.getresponse().status

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def gauge(self, line: str) -> float:
        """The value of one line of the metrics."""
        shown = self.get("/metrics")[1]
        return float(shown.partition(f"\n{line} ")[2].split()[0])

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def wait_until(true: Callable[[], bool], within: float) -> float:
    """How many seconds it took. Raises TimeoutError."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > within:
            raise TimeoutError(f"not so after {within} s")
        time.sleep(0.05)
    return time.monotonic() - began
