"""What an answer does, which is the same on every machine: SELECTs, the rows they give, calls of Python."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

from slack_bolt import App, BoltRequest, BoltResponse
from sqlalchemy import Engine, create_engine, event

from tests.bench.cases import Case
from tests.bench.requests import command, signed
from tests.bench.results import Work

# Before it counts, so that statements are compiled and answers kept.
_TIMES_BEFORE = 3


def work_of(cases: Sequence[Case], url: str, register: str) -> list[Work]:
    """Count it for each case over the register at a URL."""
    return [_work(case, url, register) for case in cases]


def _work(case: Case, url: str, register: str) -> Work:
    with case.way.app(url) as app:
        for _ in range(_TIMES_BEFORE):
            ask(app, case)()
        statements: list[tuple[str, Any]] = []
        with _listening(statements):
            response = ask(app, case)()
        case.check(response.status, response.body)
        calls = calls_of(ask(app, case))
    selects = [
        (statement, values)
        for statement, values in statements
        if statement.startswith(("SELECT", "WITH")) and "INSERT INTO" not in statement
    ]
    return Work(register, case.name, len(selects), _rows(url, selects), calls)


def ask(app: App, case: Case) -> Callable[[], BoltResponse]:
    """Return what asks an app once; the request is built and signed before."""
    body, headers = signed(command(case.who, case.text))
    request = BoltRequest(body=body, headers=dict(headers))
    return lambda: app.dispatch(request)


@contextmanager
def _listening(statements: list[tuple[str, Any]]) -> Iterator[None]:
    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        statements.append((statement, values))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


def _rows(url: str, selects: Sequence[tuple[str, Any]]) -> int:
    """Count the rows that the same statements give once more."""
    if not selects:
        return 0
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            return sum(len(connection.exec_driver_sql(*select).all()) for select in selects)
    finally:
        engine.dispose()


def calls_of(ask: Callable[[], Any]) -> int:
    """Count the calls of functions that are written in Python, in this thread; those that clear up after
    something else are left out."""
    calls = 0

    def count(_frame: FrameType, what: str, _argument: Any) -> None:
        nonlocal calls
        calls += what == "call"

    gc.collect()
    gc.disable()
    sys.setprofile(count)
    try:
        ask()
    finally:
        sys.setprofile(None)
        gc.enable()
    return calls
