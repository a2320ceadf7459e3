import logging
import threading
from collections.abc import Callable

import pytest

from bot.outbox.loop import Loop
from bot.runtime.clock import Clock, StartingClock
from tests.outbox.rig import SUNDAY, ClockByHand

# In seconds: long enough for any machine; nothing here waits for it to pass.
PATIENCE = 60
FOR_EVER = 3600.0


def running(tick: Callable[[], float], clock: Clock | None = None) -> Loop:
    loop = Loop(tick, clock or StartingClock(SUNDAY))
    loop.start()
    return loop


def test_it_looks_again_at_once_when_a_round_says_so() -> None:
    rounds: list[int] = []
    enough = threading.Event()

    def tick() -> float:
        rounds.append(1)
        if len(rounds) < 5:
            return 0
        enough.set()
        return FOR_EVER

    loop = running(tick)
    assert enough.wait(PATIENCE)
    loop.stop()
    assert len(rounds) == 5


def test_it_is_woken() -> None:
    rounds = threading.Semaphore(0)

    def tick() -> float:
        rounds.release()
        return FOR_EVER

    loop = running(tick)
    assert rounds.acquire(timeout=PATIENCE)
    loop.wake()
    assert rounds.acquire(timeout=PATIENCE)
    loop.stop()


def test_by_a_clock_that_can_jump_it_does_not_sleep_long() -> None:
    rounds = threading.Semaphore(0)

    def tick() -> float:
        rounds.release()
        return FOR_EVER

    loop = running(tick, ClockByHand())
    assert rounds.acquire(timeout=PATIENCE)
    assert rounds.acquire(timeout=PATIENCE)
    loop.stop()


def test_it_finishes_what_is_under_way() -> None:
    begun, go_on, finished = threading.Event(), threading.Event(), threading.Event()

    def tick() -> float:
        begun.set()
        go_on.wait(PATIENCE)
        finished.set()
        return FOR_EVER

    loop = running(tick)
    assert begun.wait(PATIENCE)
    threading.Timer(0.05, go_on.set).start()
    loop.stop()
    assert finished.is_set()


def test_a_failed_round_is_logged_without_its_words_and_the_next_one_comes(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed, went_on = threading.Event(), threading.Event()

    def tick() -> float:
        if not failed.is_set():
            failed.set()
            raise ValueError("what Kim wrote")
        went_on.set()
        return FOR_EVER

    with caplog.at_level(logging.ERROR):
        loop = running(tick)
        assert failed.wait(PATIENCE)
        loop.wake()
        assert went_on.wait(PATIENCE)
        loop.stop()
    assert "ValueError" in caplog.text
    assert "what Kim wrote" not in caplog.text
