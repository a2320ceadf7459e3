"""The whole bench: each question by each path, on each database, in registers of each size, in turns."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median

from tests.bench import over_http, starting
from tests.bench.cases import (
    ANEW,
    BARE,
    BOLT_S_DEFAULT,
    DEFAULTS,
    FLOOR,
    FORGETFUL,
    KEPT,
    LISTED,
    OVERDUE,
    OVERVIEW_ANEW,
    QUESTIONS,
    RECORDING,
    WHOLE,
    Case,
    Way,
)
from tests.bench.counting import work_of
from tests.bench.in_process import in_process
from tests.bench.over_socket import Line
from tests.bench.reading import longest_plain_question
from tests.bench.register import on_postgresql, sqlite
from tests.bench.results import Comparison, Figure, Results, figure, machine
from tests.bench.rounds import Asker, Round, interleaved, ratio, ratio_of_worst, spread
from tests.bench.serving import Running, by_http, by_socket_mode, running
from tests.databases import server

WRITERS = 16
# How much longer than its floor an answer may take at first, as the aims of this project have it.
_TO_FLOOR = {KEPT: 2.5, ANEW: 2.5}
_TO_DEFAULTS = 0.2
_LARGE_TO_SMALL = {KEPT: 2.0, ANEW: 2.0, OVERDUE: 2.5, LISTED: 1.6}
_WORST_OF_MANY_TO_ONE = 8.0
_START_TO_BARE = 2.2
_IN_PROCESS = 7.0

_ASKED = (*QUESTIONS, RECORDING)
_COUNTED = (KEPT, ANEW, OVERVIEW_ANEW, OVERDUE, RECORDING)


@dataclass(frozen=True, slots=True)
class Point:
    """A case in a register of so many recommendations; 0 where there is none behind it."""

    size: int
    case: Case


Measured = Mapping[Point, Sequence[Round]]


def measure(
    seconds: float, rounds: int, sizes: Sequence[int], databases: Sequence[str], times_started: int
) -> Results:
    """Each case for so many seconds on each path, in so many turns; so many cold starts."""
    before = machine()
    figures: list[Figure] = []
    comparisons = [longest_plain_question(rounds)]
    works = work_of((FLOOR,), "", "none")
    for database in databases:
        with registers(database, sizes) as urls:
            middle = sizes[len(sizes) // 2]
            works += work_of(_COUNTED, urls[middle], _register(database, middle))
            for path, measured in paths(urls, middle, seconds, rounds):
                figures += figures_of(path, database, measured)
                comparisons += comparisons_of(path, database, measured)
            comparisons += writers(database, urls[middle], seconds, rounds)
            comparisons += starts(database, urls[middle], times_started)
    return Results(before, figures, comparisons, works)


@contextmanager
def registers(database: str, sizes: Sequence[int]) -> Iterator[dict[int, str]]:
    """The URL of a register of each size."""
    with ExitStack() as made:
        if database == "SQLite":
            yield {size: made.enter_context(sqlite(size)) for size in sizes}
            return
        text = made.enter_context(server(durable=True))
        yield {size: made.enter_context(on_postgresql(text, size)) for size in sizes}


def paths(
    urls: Mapping[int, str], middle: int, seconds: float, rounds: int
) -> Iterator[tuple[str, Measured]]:
    with ExitStack() as apps:
        askers = apps.enter_context(in_process((FLOOR, *_ASKED, DEFAULTS), urls[middle]))
        points = {
            Point(0 if case in (FLOOR, DEFAULTS) else middle, case): ask for case, ask in askers.items()
        }
        yield "in-process", interleaved(points, seconds, rounds)
    with over_http_to(urls) as servers:
        yield "HTTP, 1 at once", interleaved(by_post(servers, 1), seconds, rounds)
        few = {size: ways for size, ways in servers.items() if size in (0, middle)}
        yield f"HTTP, {WRITERS} at once", interleaved(by_post(few, WRITERS), seconds, rounds)
    with ExitStack() as lines:
        yield "Socket Mode", interleaved(by_socket(urls, lines), seconds, rounds)


Servers = Mapping[int, Mapping[Way, Running]]


@contextmanager
def over_http_to(urls: Mapping[int, str]) -> Iterator[Servers]:
    with ExitStack() as open_:
        yield {
            size: {way: open_.enter_context(running(way, url, by_http)) for way in ways}
            for size, url, ways in _served(urls)
        }


def _served(urls: Mapping[int, str]) -> Iterator[tuple[int, str, tuple[Way, ...]]]:
    """The empty apps have no register behind them."""
    yield 0, "", (BARE, BOLT_S_DEFAULT)
    for size, url in urls.items():
        yield size, url, (WHOLE, FORGETFUL)


def by_post(servers: Servers, connections: int) -> dict[Point, Asker]:
    return {
        Point(size, case): ask
        for size, ways in servers.items()
        for case, ask in over_http.askers(
            ways, (FLOOR, DEFAULTS) if size == 0 else _ASKED, connections
        ).items()
    }


def by_socket(urls: Mapping[int, str], lines: ExitStack) -> dict[Point, Asker]:
    askers: dict[Point, Asker] = {}
    for size, url, ways in _served(urls):
        for way in ways:
            line = lines.enter_context(Line())
            lines.enter_context(running(way, url, by_socket_mode, line.port))
            cases = (FLOOR, DEFAULTS) if size == 0 else _ASKED
            askers |= {Point(size, case): line.asker(case) for case in cases if case.way == way}
    return askers


def figures_of(path: str, database: str, measured: Measured) -> list[Figure]:
    return [
        figure(path, _register(database, point.size), point.case.name, rounds)
        for point, rounds in measured.items()
    ]


def comparisons_of(path: str, database: str, measured: Measured) -> Iterator[Comparison]:
    floor, defaults = measured[Point(0, FLOOR)], measured[Point(0, DEFAULTS)]
    at_once = path == f"HTTP, {WRITERS} at once"
    for point, rounds in measured.items():
        if point.size == 0:
            continue
        name = f"{point.case.name} ({_register(database, point.size)})"
        aim = _TO_FLOOR.get(point.case)
        aim = _IN_PROCESS if aim and path == "in-process" else aim
        yield Comparison(path, name, FLOOR.name, ratio(rounds, floor), aim)
        # Sixteen wait for each other, not for the loop that sleeps.
        if not at_once:
            yield Comparison(path, name, DEFAULTS.name, ratio(rounds, defaults), _TO_DEFAULTS)
    sizes = sorted({point.size for point in measured if point.size})
    for case in _ASKED if len(sizes) > 1 else ():
        large, small = measured[Point(sizes[-1], case)], measured[Point(sizes[0], case)]
        name = f"{case.name} ({_register(database, sizes[-1])})"
        yield Comparison(path, name, f"with {sizes[0]:,}", ratio(large, small), _LARGE_TO_SMALL.get(case))


def writers(database: str, url: str, seconds: float, rounds: int) -> Iterator[Comparison]:
    """The slowest of what sixteen record at once, to the slowest of what one does."""
    with running(WHOLE, url, by_http) as app:
        (asker,) = over_http.askers({WHOLE: app}, (RECORDING,), 1).values()
        (many,) = over_http.askers({WHOLE: app}, (RECORDING,), WRITERS).values()
        alone, together = [], []
        for _ in range(rounds):
            alone.append(asker(seconds / rounds))
            together.append(many(seconds / rounds))
        yield Comparison(
            "HTTP",
            f"p99 of a recording, {WRITERS} writers ({database})",
            "1 writer",
            ratio_of_worst(together, alone),
            _WORST_OF_MANY_TO_ONE,
        )
        yield Comparison(
            "HTTP",
            f"recordings a second, {WRITERS} writers ({database})",
            "1 writer",
            spread([many.per_second / round.per_second for round, many in zip(alone, together, strict=True)]),
        )


def starts(database: str, url: str, times: int) -> Iterator[Comparison]:
    """From nothing to the first answer, and what it holds in memory, to an empty app."""
    pairs = [(starting.empty(), starting.whole(url)) for _ in range(times)]
    for name, values, aim in (
        ("cold start, seconds", [(bare.seconds, whole.seconds) for bare, whole in pairs], _START_TO_BARE),
        ("memory, MB", [(bare.megabytes, whole.megabytes) for bare, whole in pairs], None),
    ):
        bare, whole = (median(figures) for figures in zip(*values, strict=True))
        yield Comparison(
            "HTTP",
            f"{name} ({database}): {whole:.2f}",
            f"empty: {bare:.2f}",
            spread([whole / bare for bare, whole in values]),
            aim,
        )


def _register(database: str, size: int) -> str:
    return f"{database}, {size:,}" if size else "none"
