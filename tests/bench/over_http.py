"""Asking over HTTP, as Slack does, over connections that are kept open."""

import http.client
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from bot.runtime.http.door import EVENTS_PATH
from tests.bench.cases import Case, Way
from tests.bench.requests import command, signed
from tests.bench.rounds import Asker, Round
from tests.bench.serving import HOST, Running


def askers(servers: Mapping[Way, Running], cases: tuple[Case, ...], connections: int) -> dict[Case, Asker]:
    """Somebody to ask each of the cases, over so many connections at once."""
    return {case: _asker(case, servers[case.way].reached_at, connections) for case in cases}


def ask_on(port: int, case: Case, times: int) -> None:
    """So many times, one after the other, on one connection."""
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        for _ in range(times):
            _ask_once(case, connection)


def _asker(case: Case, port: int, connections: int) -> Asker:
    def ask(seconds: float) -> Round:
        with ThreadPoolExecutor(connections) as people:
            start = time.perf_counter()
            asking = [people.submit(_ask, case, port, start + seconds) for _ in range(connections)]
            took = [seconds_taken for asker in asking for seconds_taken in asker.result()]
        return Round(tuple(took), time.perf_counter() - start)

    ask(0)
    return ask


def _ask(case: Case, port: int, end: float) -> list[float]:
    """Ask at least twice: what the first answer took, which has a connection to make, is left out."""
    took: list[float] = []
    with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as connection:
        while len(took) < 2 or time.perf_counter() < end:
            took.append(_ask_once(case, connection))
    return took[1:]


def _ask_once(case: Case, connection: http.client.HTTPConnection) -> float:
    body, headers = signed(command(case.who, case.text))
    start = time.perf_counter()
    connection.request("POST", EVENTS_PATH, body, headers)
    response = connection.getresponse()
    answer = response.read()
    took = time.perf_counter() - start
    case.check(response.status, answer.decode())
    return took
