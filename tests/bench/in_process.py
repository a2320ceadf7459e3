"""Asking in one process: `App.dispatch` of a signed request that is built outside the timing."""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from slack_bolt import App, BoltRequest

from tests.bench.cases import Case, Way
from tests.bench.requests import command, signed
from tests.bench.rounds import Asker, asking


@contextmanager
def in_process(cases: Sequence[Case], url: str) -> Iterator[dict[Case, Asker]]:
    """Somebody to ask each of the cases, over the register at a URL."""
    with ExitStack() as open_apps:
        apps: dict[Way, App] = {}
        for case in cases:
            if case.way not in apps:
                apps[case.way] = open_apps.enter_context(case.way.app(url))
        yield {case: _asker(apps[case.way], case) for case in cases}


def _asker(app: App, case: Case) -> Asker:
    def ask_once() -> float:
        body, headers = signed(command(case.who, case.text))
        request = BoltRequest(body=body, headers=dict(headers))
        start = time.perf_counter()
        response = app.dispatch(request)
        took = time.perf_counter() - start
        case.check(response.status, response.body)
        return took

    return asking(ask_once)
