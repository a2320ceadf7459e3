"""A request knows when it arrived and how long it waited for a thread."""

import math
import threading
import time

from bot.runtime.waiting import arrived_at, handed_over, seconds_waited


def test_what_waited_for_a_thread_knows_for_how_long_and_nothing_else_does() -> None:
    waits: list[tuple[float, float]] = []
    began = time.monotonic()
    work = handed_over(lambda: waits.append((seconds_waited(), arrived_at())))
    time.sleep(0.05)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    work()
    assert all(0.05 <= seconds < 60 for seconds, _ in waits)
    assert all(began <= arrived <= began + 0.05 for _, arrived in waits)
    assert (seconds_waited(), arrived_at()) == (0, math.inf)
