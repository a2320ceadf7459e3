"""When a request arrived, and how long it waited for a thread: Slack's three seconds run meanwhile."""

import math
import time
from collections.abc import Callable
from contextvars import ContextVar

_waited: ContextVar[float] = ContextVar("waited", default=0.0)
_arrived: ContextVar[float] = ContextVar("arrived", default=math.inf)


def handed_over(work: Callable[[], None]) -> Callable[[], None]:
    """Return work for another thread, which then knows there when it was handed over."""
    arrived = time.monotonic()

    def do() -> None:
        waited = _waited.set(time.monotonic() - arrived)
        token = _arrived.set(arrived)
        try:
            work()
        finally:
            _waited.reset(waited)
            _arrived.reset(token)

    return do


def seconds_waited() -> float:
    """Return how many seconds the present work waited for its thread; 0 where it was not handed over."""
    return _waited.get()


def arrived_at() -> float:
    """Return when the present work was handed over, by the monotonic clock; infinity where it was not."""
    return _arrived.get()
