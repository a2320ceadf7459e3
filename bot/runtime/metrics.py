"""Figures for whoever watches over recbot, in Prometheus's plain text; no person is in any of them.

https://prometheus.io/docs/instrumenting/exposition_formats/"""

import bisect
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

# In seconds; Slack waits for 3.
_BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 2.5, 3.0)


class Histogram:
    """How often something took how long. Threads may add to it at the same time."""

    def __init__(self, bounds: tuple[float, ...] = _BOUNDS) -> None:
        self._bounds = bounds
        self._lock = threading.Lock()
        self._counts = [0] * (len(bounds) + 1)
        self._sum = 0.0

    def add(self, seconds: float) -> None:
        place = bisect.bisect_left(self._bounds, seconds)
        with self._lock:
            self._counts[place] += 1
            self._sum += seconds

    def lines(self, name: str, help_: str) -> list[str]:
        with self._lock:
            counts, total = list(self._counts), self._sum
        written, so_far = [*_head(name, help_, "histogram")], 0
        for bound, count in zip((*self._bounds, "+Inf"), counts, strict=True):
            so_far += count
            written.append(f'{name}_bucket{{le="{bound}"}} {so_far}')
        return [*written, f"{name}_sum {total:.6f}", f"{name}_count {so_far}"]


@dataclass(frozen=True, slots=True)
class Gauge:
    """What stands at this moment: one value, or one for each value of a label."""

    name: str
    help: str
    value: float | Mapping[str, float]
    label: str = ""

    def lines(self) -> list[str]:
        written = [*_head(self.name, self.help, "gauge")]
        if not isinstance(self.value, Mapping):
            return [*written, f"{self.name} {self.value:.15g}"]
        return written + [
            f'{self.name}{{{self.label}="{name}"}} {value:.15g}' for name, value in self.value.items()
        ]


def text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _head(name: str, help_: str, kind: str) -> tuple[str, str]:
    return f"# HELP {name} {help_}", f"# TYPE {name} {kind}"
