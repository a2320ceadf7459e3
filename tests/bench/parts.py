"""`python -m tests.bench.parts [PostgreSQL]`: where the time of an answer goes, in one process.

The calls of functions written in Python are the same on every machine; the microseconds of the processor are
those of one machine, of the whole answer as it is and of its parts by what a profiler sees of them."""

import cProfile
import logging
import pstats
import sys
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from tests.bench.cases import ANEW, FLOOR, KEPT, OVERDUE, OVERVIEW_ANEW, RECORDING, Case
from tests.bench.counting import ask
from tests.bench.measuring import registers
from tests.bench.register import MIDDLE

_CASES = (FLOOR, KEPT, ANEW, OVERVIEW_ANEW, OVERDUE, RECORDING)
_TIMES = 100
_HERE = f"{Path(__file__).parents[2]}/"
_DRIVER, _JSON, _REST = "driver and database", "JSON", "rules, rows into objects"
# By the beginning of a file's path, the first that fits.
_PARTS = {
    "sqlalchemy": "SQLAlchemy",
    "psycopg": _DRIVER,
    "slack_": "Bolt, with the signature",
    "bot/runtime": "Bolt, with the signature",
    "storage/database": "transaction",
    "storage/data_version": "transaction",
    "storage/commit_groups": "transaction",
    "storage/unavailable": "transaction",
    "storage/people": "rights",
    "bot/operations/request": "rights",
    "bot/domain/questions/grammar": "what was typed",
    "bot/domain/questions/plain_words": "what was typed",
    "bot/domain/personal_data": "what was typed",
    "handlers": "what was typed",
    "bot/rendering": "words and blocks",
    "bot/": _REST,
    "storage/": _REST,
    "<string>": _REST,
}
_Function = tuple[str, int, str]
_Profiled = Mapping[
    _Function, tuple[int, int, float, float, Mapping[_Function, tuple[int, int, float, float]]]
]


def parts_of(case: Case, url: str) -> tuple[float, Mapping[str, tuple[float, int]]]:
    """Return the microseconds of one answer, and of each of its parts those and the calls."""
    with case.way.app(url) as app:
        for _ in range(_TIMES // 4):
            ask(app, case)()
        questions = [ask(app, case) for _ in range(2 * _TIMES)]
        whole = []
        for answer in questions[:_TIMES]:
            began = time.process_time_ns()
            answer()
            whole.append((time.process_time_ns() - began) / 1_000)
        profile = cProfile.Profile(time.process_time)
        profile.enable()
        for answer in questions[_TIMES:]:
            answer()
        profile.disable()
    microseconds = sorted(whole)[_TIMES // 4]
    seconds, calls = _by_part(pstats.Stats(profile).stats)  # type: ignore[attr-defined]
    share = microseconds / sum(seconds.values())
    return microseconds, {part: (seconds[part] * share, calls[part] // _TIMES) for part in seconds}


def _by_part(profiled: _Profiled) -> tuple[Mapping[str, float], Mapping[str, int]]:
    seconds: Counter[str] = Counter()
    calls: Counter[str] = Counter()
    for function, (_, times, own, _, callers) in profiled.items():
        if _is_builtin(function) and not _is_a_drivers(function):
            for caller, (_, _, own_there, _) in callers.items():
                seconds[_part_of(caller, profiled)] += own_there  # type: ignore[assignment]
        else:
            seconds[_part_of(function, profiled)] += own  # type: ignore[assignment]
        calls[_part_of(function, profiled)] += 0 if _is_builtin(function) else times
    return seconds, calls


def _is_builtin(function: _Function) -> bool:
    return function[0] == "~"


def _is_a_drivers(function: _Function) -> bool:
    return _is_builtin(function) and ("sqlite3" in function[2] or "psycopg" in function[2])


def _part_of(function: _Function, profiled: _Profiled, depth: int = 0) -> str:
    """Return the part that a function belongs to: one of the standard library to whoever calls it most."""
    path, _, _ = function
    if _is_a_drivers(function):
        return _DRIVER
    if "/json/" in path:
        return _JSON
    file = path.rpartition("site-packages/")[2].removeprefix(_HERE)
    for beginning, part in _PARTS.items():
        if file.startswith(beginning):
            return part
    callers = profiled[function][4] if function in profiled else {}
    if depth > 5 or not callers:
        return _REST
    return _part_of(max(callers, key=lambda caller: callers[caller][3]), profiled, depth + 1)


def main(database: str) -> None:
    logging.disable(logging.WARNING)
    names = [*dict.fromkeys([*_PARTS.values(), _JSON])]
    with ExitStack() as made:
        url = made.enter_context(registers(database, (MIDDLE,)))[MIDDLE]
        print(f"| {database}, {MIDDLE} | µs, calls | {' | '.join(names)} |")
        for case in _CASES:
            whole, parts = parts_of(case, url)
            calls = sum(calls for _, calls in parts.values())
            cells = [f"{parts[name][0]:.0f}, {parts[name][1]}" if name in parts else "" for name in names]
            print(f"| {case.name} | {whole:.0f}, {calls} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:] or ["SQLite"])
