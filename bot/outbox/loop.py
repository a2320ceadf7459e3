"""What runs the schedule: a thread from the start of the process to its end, or a run until it is at rest."""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from typing import Protocol

from bot.runtime.clock import Clock, elapsed
from storage.database import OutcomeUnknown

log = logging.getLogger(__name__)

# In seconds. By a clock that can jump nobody sleeps long, and a jump is seen at once; each round costs some
# milliseconds of the processor, which is felt where many a recbot is tried on few cores.
_SLEEPS_BY_A_JUMPING_CLOCK = 0.5
_BETWEEN_LOOKS = 0.02
_JUMP = 0.5
# After a failed round, so that a busy database is not pressed.
_AFTER_A_FAILURE = 5.0
# As long as the pause between two messages: what is due later is for the next run.
_AT_ONCE = 1.0
# The longest run: a little longer than it takes until a person is asked.
_LONGEST_RUN = 900.0


class Rounds(Protocol):
    """A schedule, as its driver sees it."""

    def tick(self) -> float:
        """Do one thing. Return in how many seconds it is worth looking again. Raises Busy, OutcomeUnknown."""

    @property
    def is_at_rest(self) -> bool:
        """Whether the outcome of all that was sent is known."""


def run_to_rest(schedule: Rounds, clock: Clock) -> None:
    """Run until nothing is due at once, and the outcome of all that was sent is known: some minutes where
    Slack did not answer. Raises Busy."""
    latest = clock.monotonic() + clock.scaled(_LONGEST_RUN)
    at_once = clock.scaled(_AT_ONCE)
    while True:
        try:
            pause = schedule.tick()
        except OutcomeUnknown:
            pause = at_once
        if clock.monotonic() > latest or (pause > at_once and schedule.is_at_rest):
            return
        clock.sleep(min(pause, clock.scaled(_LONGEST_RUN)))


class Loop:
    """A thread that calls `tick`, which does one round and returns in how many seconds to do the next."""

    def __init__(self, tick: Callable[[], float], clock: Clock, name: str = "schedule") -> None:
        self._tick = tick
        self._clock = clock
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def wake(self) -> None:
        """Do the next round at once."""
        self._woken.set()

    def stop(self, until: float | None = None) -> None:
        """Return when what is under way is finished, or when `time.monotonic()` reaches `until`: the outcome
        of what is being sent then is found out at the next start."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(None if until is None else max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            lead = self._lead()
            pause = self._round()
            if self._stopping.is_set():
                return
            if self._clock.can_jump:
                self._sleep_until_a_jump(min(pause, _SLEEPS_BY_A_JUMPING_CLOCK), lead)
            else:
                self._woken.wait(pause)

    def _sleep_until_a_jump(self, pause: float, lead: float) -> None:
        """Sleep so many seconds, but end at once when the clock's lead over real time has changed."""
        ends = elapsed() + pause
        while (left := ends - elapsed()) > 0 and abs(self._lead() - lead) < _JUMP:
            if self._woken.wait(min(left, _BETWEEN_LOOKS)):
                return

    def _lead(self) -> float:
        """Return how many seconds recbot's clock is before real time."""
        return self._clock.now().timestamp() - elapsed()

    def _round(self) -> float:
        try:
            return self._tick()
        except Exception as error:
            # The next round may do better: a database that is away comes back. The error's own words stay out
            # of the log, since they may hold what a person typed.
            place = traceback.extract_tb(error.__traceback__)[-1]
            log.error("a round failed: %s at %s:%s", type(error).__name__, place.filename, place.lineno)
            return _AFTER_A_FAILURE
