"""How long a request waited until a thread was free to answer it: Slack's three seconds run meanwhile."""

import time
from collections.abc import Callable
from contextvars import ContextVar

_waited: ContextVar[float] = ContextVar("waited", default=0.0)


def handed_over(work: Callable[[], None]) -> Callable[[], None]:
    """Return work for another thread that is to know, once it is done there, how long it waited for that."""
    began = time.monotonic()

    def do() -> None:
        token = _waited.set(time.monotonic() - began)
        try:
            work()
        finally:
            _waited.reset(token)

    return do


def seconds_waited() -> float:
    """Return for how many seconds what this thread does had to wait; 0 for what was not handed over."""
    return _waited.get()
