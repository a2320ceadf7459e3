"""Asking in one process: `App.dispatch` of a signed request that is built outside the timing."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from slack_bolt import App, BoltRequest

from tests.bench.cases import Case
from tests.bench.requests import command, signed
from tests.bench.rounds import Asker, Round


@contextmanager
def in_process(cases: Sequence[Case], url: str) -> Iterator[dict[Case, Asker]]:
    """Somebody to ask each of the cases, over the register at a URL."""
    with ExitStack() as open_apps:
        yield {case: _asker(open_apps.enter_context(case.app(url)), case) for case in cases}


def _asker(app: App, case: Case) -> Asker:
    def ask_once() -> float:
        body = command(case.text)
        request = BoltRequest(body=body, headers=dict(signed(body)))
        start = time.perf_counter()
        response = app.dispatch(request)
        took = time.perf_counter() - start
        case.check(response.status, response.body)
        return took

    def ask(seconds: float) -> Round:
        took = [ask_once()]
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            took.append(ask_once())
        return Round(tuple(took), sum(took))

    ask(0)
    return ask
