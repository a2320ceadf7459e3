"""`python -m tests.bench.lists`: what lists of everything cost in registers of several sizes, in one process.

It prints CPU milliseconds of the whole answer, since the clock would tell of other work, and what the answer asks
of the database and of Python, which is the same on every machine."""

import argparse
import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from slack_bolt import App

from tests.bench.cases import FORGETFUL, Case
from tests.bench.counting import ask, work_of
from tests.bench.register import LARGE, SMALL, VIEWER, sqlite

# With a hundred, a list shows a whole page, as with ten thousand; with four it often has three lines to show.
_SIZES = (SMALL, 100, LARGE)
_TIMES = 7
_LISTS = (
    "15",
    "",
    "overdue",
    "waiting",
    "deadlines",
    "kent",
    "wales",
    "no news 60d",
    "extensions",
    "evidence",
    "without evidence",
    "quotable",
    "quotable overdue",
    "overdue not started",
    "not complete by report",
    "evidence by report",
    "overdue by report",
    "no news 60d by report",
    "overdue kent",
    "overdue wales",
    "waiting wales",
    "search tender",
    "search zebra",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one answer costs."""

    milliseconds: float  # of CPU, the middle of several
    selects: int
    rows: int
    calls: int  # of functions written in Python


def costs(url: str, names: tuple[str, ...] = _LISTS, times: int = _TIMES) -> Iterator[tuple[str, Cost]]:
    """Measure each list, made anew for a viewer, over the register at a URL."""
    for name in names:
        case = Case(name, FORGETFUL, name, who=VIEWER)
        with FORGETFUL.app(url) as app:
            spent = [_spent(app, case) for _ in range(times + 1)][1:]
        (work,) = work_of((case,), url, "")
        yield name, Cost(median(spent) * 1_000, work.selects, work.rows, work.calls)


def _spent(app: App, case: Case) -> float:
    asking = ask(app, case)
    start = time.process_time()
    response = asking()
    spent = time.process_time() - start
    case.check(response.status, response.body)
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lists", description="What lists cost.")
    parser.add_argument("--sizes", type=int, nargs="+", default=_SIZES, help="how many recommendations")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)
    with ExitStack() as registers:
        by_size = {
            size: dict(costs(registers.enter_context(sqlite(size)))) for size in sorted(arguments.sizes)
        }
    for name in _LISTS:
        of_each = [by_size[size][name] for size in sorted(by_size)]
        times = " | ".join(f"{cost.milliseconds:.1f}" for cost in of_each)
        ratios = " | ".join(f"{of_each[-1].milliseconds / cost.milliseconds:.1f}" for cost in of_each[:-1])
        work = " | ".join(f"{cost.selects} / {cost.rows:,} / {cost.calls:,}" for cost in of_each)
        print(f"| `{name or '/recs'}` | {times} | {ratios} | {work} |", flush=True)


if __name__ == "__main__":
    main()
