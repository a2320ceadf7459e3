"""Asking over HTTP: each case in a process of its own, behind the door and the server that recbot uses."""

import http.client
import logging
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from multiprocessing.connection import Connection

from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.door import EVENTS_PATH, door, serve
from tests.bench.cases import Case
from tests.bench.requests import command, signed
from tests.bench.rounds import Asker, Round

_HOST = "127.0.0.1"
_THREADS = 16


@contextmanager
def servers(cases: Sequence[Case], url: str) -> Iterator[dict[Case, int]]:
    """The port at which each case answers, over the register at a URL."""
    with ExitStack() as running:
        starting = {case: running.enter_context(_server(case, url)) for case in cases}
        yield {case: server.recv() for case, server in starting.items()}


def askers(ports: dict[Case, int], connections: int) -> dict[Case, Asker]:
    """Somebody to ask each of the cases, over so many connections at once that are kept open."""
    return {case: _asker(case, port, connections) for case, port in ports.items()}


@contextmanager
def _server(case: Case, url: str) -> Iterator[Connection]:
    """The line on which the server tells its port once it answers."""
    # Started anew and not forked, so that no case inherits what another one has warmed up.
    fresh = multiprocessing.get_context("spawn")
    here, there = fresh.Pipe()
    process = fresh.Process(target=_serve, args=(case, url, there), daemon=True)
    process.start()
    there.close()
    try:
        yield here
    finally:
        here.close()
        process.join()


def _serve(case: Case, url: str, parent: Connection) -> None:
    """Tells the parent its port, and answers until the parent hangs up."""
    logging.disable(logging.WARNING)
    with (
        case.app(url) as app,
        closing(serve(door(SlackRequestHandler(app), list), _HOST, 0, _THREADS)) as server,
    ):
        parent.send(server.port)
        parent.poll(None)


def _asker(case: Case, port: int, connections: int) -> Asker:
    def ask(seconds: float) -> Round:
        body = command(case.text)
        request = body.encode(), dict(signed(body))
        with ThreadPoolExecutor(connections) as people:
            start = time.perf_counter()
            asking = [people.submit(_ask, case, port, *request, start + seconds) for _ in range(connections)]
            took = [one for each in asking for one in each.result()]
        return Round(tuple(took), time.perf_counter() - start)

    ask(0)
    return ask


def _ask(case: Case, port: int, body: bytes, headers: dict[str, str], end: float) -> list[float]:
    """Asks at least twice: what the first answer took, which has a connection to make, is left out."""
    took: list[float] = []
    with closing(http.client.HTTPConnection(_HOST, port, timeout=10)) as connection:
        while len(took) < 2 or time.perf_counter() < end:
            start = time.perf_counter()
            connection.request("POST", EVENTS_PATH, body, headers)
            response = connection.getresponse()
            answer = response.read()
            took.append(time.perf_counter() - start)
            case.check(response.status, answer.decode())
    return took[1:]
