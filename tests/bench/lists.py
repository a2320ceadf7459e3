"""`python -m tests.bench.lists`: what lists of everything cost in registers of several sizes, in one process.

It prints CPU milliseconds of the whole answer, since the clock would tell of other work, and what the answer
asks of the database and of Python, which is the same on every machine: SELECTs, their rows, calls."""

import argparse
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median

from slack_bolt import App

from tests.bench.cases import FORGETFUL, Case
from tests.bench.counting import ask, work_of
from tests.bench.register import LARGE, SMALL, VIEWER, sqlite

# With a hundred, a list shows a whole page, as with ten thousand; with four it often has three lines to show.
_SIZES = (SMALL, 100, LARGE)
_TIMES = 15
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
    "by theme",
    "by theme wales",
    "overdue by theme",
    "deadlines kent",
    "deadlines wales",
    "deadlines england",
    "overdue victims",
    "not complete victims",
    "deadlines victims",
    "who has not started?",
    "15 kent as at 20 Mar 2025",
    "kent as at 22 Nov 2024",
    "changes 15 kent since 1 Mar 2025",
    "changes bulk0 kent since 1 Mar 2025",
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


def costs(
    urls: Mapping[int, str], names: tuple[str, ...] = _LISTS, times: int = _TIMES
) -> Iterator[tuple[str, dict[int, Cost]]]:
    """Measure each list, made anew for a viewer, over the register at each URL, by size: in turns, so that a
    machine that slows down slows all of them."""
    with ExitStack() as open_apps:
        apps = {size: open_apps.enter_context(FORGETFUL.app(url)) for size, url in urls.items()}
        for name in names:
            case = Case(name, FORGETFUL, name, who=VIEWER)
            # The first answers compile what they ask.
            rounds = [{size: _spent(app, case) for size, app in apps.items()} for _ in range(times + 2)][2:]
            work = {size: work_of((case,), url, "")[0] for size, url in urls.items()}
            yield (
                name,
                {
                    size: Cost(
                        median(spent[size] for spent in rounds) * 1_000,
                        counted.selects,
                        counted.rows,
                        counted.calls,
                    )
                    for size, counted in work.items()
                },
            )


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
        urls = {size: registers.enter_context(sqlite(size)) for size in sorted(arguments.sizes)}
        for name, measured in costs(urls):
            print(_line(name or "/recs", list(measured.values())), flush=True)


def _line(name: str, costs_in_order: list[Cost]) -> str:
    """Write a row of a table: the times, the largest to each of the others, and what each answer asks."""
    largest = costs_in_order[-1].milliseconds
    cells = [
        f"`{name}`",
        *(f"{cost.milliseconds:.1f}" for cost in costs_in_order),
        *(f"{largest / cost.milliseconds:.1f}" for cost in costs_in_order[:-1]),
        *(f"{cost.selects}, {cost.rows:,}, {cost.calls:,}" for cost in costs_in_order),
    ]
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
