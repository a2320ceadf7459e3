"""What came out, with the aims beside it."""

import os
import platform
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from statistics import median
from typing import Any

from tests.bench.rounds import Round, Spread


@dataclass(frozen=True, slots=True)
class Figure:
    """Times in microseconds: the median over the rounds of each round's own. `register` is the database and
    how many recommendations are in it."""

    path: str
    register: str
    case: str
    p50: float
    p99: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many times as much the one is as the other; None when nothing is aimed at."""

    path: str
    over: str
    under: str
    times: Spread
    aim: float | None = None

    @property
    def verdict(self) -> str:
        if self.aim is None:
            return f"is {self.times.middle:.2f}"
        met = "" if self.times.middle <= self.aim else ", not met"
        return f"at most {self.aim:g}, is {self.times.middle:.2f}{met}"


@dataclass(frozen=True, slots=True)
class Work:
    """What an answer does. `register` is as in `Figure`; the rows are those that the SELECTs give."""

    register: str
    case: str
    selects: int
    rows: int
    calls: int  # of functions written in Python


@dataclass(frozen=True, slots=True)
class Results:
    machine: Mapping[str, str]
    figures: Sequence[Figure]
    comparisons: Sequence[Comparison]
    works: Sequence[Work] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def as_text(self) -> str:
        tables = (self._machine(), self._figures(), self._comparisons(), self._works())
        return "\n\n".join("\n".join(rows) for rows in tables if rows)

    def _machine(self) -> list[str]:
        return [", ".join(f"{name} {value}" for name, value in self.machine.items())]

    def _figures(self) -> list[str]:
        rows = [
            f"{'path':<18}{'register':<20}{'what answers':<38}{'p50 µs':>9}{'p99 µs':>10}{'a second':>10}"
        ]
        rows += [
            f"{figure.path:<18}{figure.register:<20}{figure.case:<38}"
            f"{figure.p50:>9,.0f}{figure.p99:>10,.0f}{figure.per_second:>10,.0f}"
            for figure in self.figures
        ]
        return rows

    def _works(self) -> list[str]:
        rows = [f"{'register':<20}{'what answers':<38}{'SELECTs':>9}{'rows':>10}{'calls':>10}"]
        rows += [
            f"{work.register:<20}{work.case:<38}{work.selects:>9,}{work.rows:>10,}{work.calls:>10,}"
            for work in self.works
        ]
        return rows if self.works else []

    def _comparisons(self) -> list[str]:
        rows = [f"{'path':<18}{'… ÷ …':<72}{'rounds':<14}aim"]
        rows += [
            f"{comparison.path:<18}{comparison.over + ' ÷ ' + comparison.under:<72}"
            f"{f'{comparison.times.least:.2f}–{comparison.times.most:.2f}':<14}{comparison.verdict}"
            for comparison in self.comparisons
        ]
        return rows


def figure(path: str, register: str, case: str, rounds: Sequence[Round]) -> Figure:
    return Figure(
        path,
        register,
        case,
        p50=median(round.p50 for round in rounds) * 1e6,
        p99=median(round.p99 for round in rounds) * 1e6,
        per_second=median(round.per_second for round in rounds),
    )


def machine() -> dict[str, str]:
    """What the figures depend on; `load` is of the minute before, so it tells whether others were at work."""
    return {
        "cores": str(os.cpu_count()),
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "slack-bolt": version("slack-bolt"),
        "SQLAlchemy": version("SQLAlchemy"),
        "h11": version("h11"),
        "load": f"{os.getloadavg()[0]:.1f}",
    }
