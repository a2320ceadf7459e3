"""A request knows how long it waited for a thread."""

import threading
import time

from bot.runtime.waiting import handed_over, seconds_waited


def test_what_waited_for_a_thread_knows_for_how_long_and_nothing_else_does() -> None:
    waits: list[float] = []
    work = handed_over(lambda: waits.append(seconds_waited()))
    time.sleep(0.05)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    work()
    assert all(0.05 <= seconds < 60 for seconds in waits)
    assert seconds_waited() == 0
