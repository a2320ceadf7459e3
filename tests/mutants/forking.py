"""Work that is done in a process of its own, so that nothing of it stays."""

import contextlib
import os
import pickle
import resource
import signal
import threading
import traceback
from collections.abc import Callable
from typing import TypeVar, cast

T = TypeVar("T")


def in_child(work: Callable[[], T], seconds: float) -> T | None:
    """Return what some work returns in a forked process, and end all that it started.

    None where it did not come to its end in so many seconds of the processor, or several times as long by the
    clock. Raises RuntimeError where the work raised anything."""
    receiving, sending = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receiving)
        _work(work, seconds, sending)
    os.close(sending)
    alarm = threading.Timer(10 + 5 * seconds, _end, (child,))
    alarm.start()
    with open(receiving, "rb") as pipe:
        answer = pipe.read()
    alarm.cancel()
    alarm.join()
    _end(child)
    os.waitpid(child, 0)
    if not answer:
        return None
    result, failure = pickle.loads(answer)  # noqa: S301 - the child wrote it
    if failure:
        raise RuntimeError(failure)
    return cast("T", result)


def _work(work: Callable[[], T], seconds: float, sending: int) -> None:
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        try:
            answer = pickle.dumps((work(), ""))
        except BaseException:
            answer = pickle.dumps((None, traceback.format_exc()))
        with open(sending, "wb") as pipe:
            pipe.write(answer)
    finally:
        os._exit(0)


def _end(child: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
