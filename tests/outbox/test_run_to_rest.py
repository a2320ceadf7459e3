"""A run of the schedule that ends by itself: what is due at once is done, and no outcome is left unknown."""

from collections.abc import Callable

import pytest

from bot.outbox.loop import run_to_rest
from storage.database import OutcomeUnknown
from tests.outbox.rig import ClockByHand, Stopwatch


class SleepsAtOnce(ClockByHand):
    """A clock by which nobody waits: time passes as somebody sleeps."""

    def __init__(self, wait_factor: float = 1.0) -> None:
        self.passing = Stopwatch(0)
        super().__init__(stopwatch=self.passing, wait_factor=wait_factor)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passing.seconds += seconds


class Rounds:
    """Rounds that say one after the other when to look again, the last of them for ever."""

    def __init__(self, *pauses: float | Exception, rests: Callable[[int], bool] = lambda done: True) -> None:
        self._pauses = list(pauses)
        self._rests = rests
        self.done = 0

    def tick(self) -> float:
        pause = self._pauses[min(self.done, len(self._pauses) - 1)]
        self.done += 1
        if isinstance(pause, Exception):
            raise pause
        return pause

    @property
    def is_at_rest(self) -> bool:
        return self._rests(self.done)


def test_it_goes_on_while_something_is_due_within_the_pause_between_two_messages() -> None:
    rounds, clock = Rounds(0, 1.0, 1.1), SleepsAtOnce()
    run_to_rest(rounds, clock)
    assert (rounds.done, clock.slept) == (3, [0, 1.0])


def test_it_waits_until_the_outcome_of_all_that_was_sent_is_known() -> None:
    rounds, clock = Rounds(120, 60, 30, rests=lambda done: done == 3), SleepsAtOnce()
    run_to_rest(rounds, clock)
    assert clock.slept == [120, 60]


def test_after_a_commit_of_unknown_outcome_it_looks_again_in_a_second() -> None:
    rounds, clock = Rounds(OutcomeUnknown("OperationalError"), 30), SleepsAtOnce()
    run_to_rest(rounds, clock)
    assert clock.slept == [1.0]


@pytest.mark.parametrize("wait_factor", [1.0, 0.5])
def test_it_gives_up_after_a_quarter_of_an_hour(wait_factor: float) -> None:
    rounds, clock = Rounds(100 * wait_factor, rests=lambda done: False), SleepsAtOnce(wait_factor)
    run_to_rest(rounds, clock)
    assert clock.slept == [100 * wait_factor] * 10


def test_it_sleeps_no_longer_than_it_runs() -> None:
    rounds, clock = Rounds(10_000, rests=lambda done: False), SleepsAtOnce()
    run_to_rest(rounds, clock)
    assert clock.slept == [900, 900]
