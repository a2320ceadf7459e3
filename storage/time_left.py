"""How long the database may still keep whoever asks waiting: a request has to be answered in time as a whole,
however many things it waits for."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_until: ContextVar[float] = ContextVar("until", default=math.inf)


@contextmanager
def waiting_until(instant: float) -> Iterator[None]:
    """Have what this thread does in the block wait for the database until `instant` of the monotonic clock at
    the latest."""
    token = _until.set(instant)
    try:
        yield
    finally:
        _until.reset(token)


def seconds_left() -> float:
    """Return for how many seconds this thread may still wait; infinity where nobody said."""
    until = _until.get()
    return until if until == math.inf else max(0.0, until - time.monotonic())
