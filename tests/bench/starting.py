"""From nothing to the first answer, and what a process holds in memory after a thousand more."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.cases import FLOOR, KEPT, Case
from tests.bench.over_http import ask_on
from tests.bench.register import NOW

_MORE = 1_000


@dataclass(frozen=True, slots=True)
class Started:
    seconds: float
    megabytes: float


def empty() -> Started:
    return _started(["tests.bench.bare"], FLOOR)


def whole(url: str) -> Started:
    return _started(["tests.bench.whole", url, str(NOW.timestamp())], KEPT)


def _started(module: list[str], case: Case) -> Started:
    began = time.perf_counter()
    with _running(module) as (port, pid):
        ask_on(port, case, 1)
        seconds = time.perf_counter() - began
        ask_on(port, case, _MORE)
        return Started(seconds, _megabytes(pid))


@contextmanager
def _running(module: list[str]) -> Iterator[tuple[int, int]]:
    with subprocess.Popen(
        [sys.executable, "-m", *module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # As recbot's units and its image set it.
        env=os.environ | {"MALLOC_ARENA_MAX": "2"},
    ) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline()), process.pid
        process.communicate()


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024
