"""What runs the schedule: a thread from the start of the process to its end, or one round to its rest."""

import logging
import threading
import time
import traceback
from collections.abc import Callable
from typing import Protocol

from bot.runtime.clock import Clock, elapsed
from storage.database import OutcomeUnknown

log = logging.getLogger(__name__)

# In seconds. By a clock that can jump nobody sleeps long, and a jump is seen at once.
_BY_A_JUMPING_CLOCK = 0.1
_LOOKS_EVERY = 0.01
_JUMP = 0.5
# A busy database is not pressed.
_AFTER_A_FAILURE = 5.0
# Between two messages; what comes later is for the next time that somebody starts a round.
_AT_ONCE = 1.0
# A little longer than it takes until a person is asked.
_LONGEST_ROUND = 900.0


class Rounds(Protocol):
    def tick(self) -> float:
        """Does one thing. Returns in how many seconds it is worth looking again. Raises Busy."""

    @property
    def is_at_rest(self) -> bool:
        """Whether nothing that was sent is still to be found out about."""


def run_to_rest(
    schedule: Rounds,
    settle: float,
    sleep: Callable[[float], None] = time.sleep,
    monotonic: Callable[[], float] = elapsed,
) -> None:
    """Until nothing is due at once, and it is known what became of all that was sent: some minutes where
    Slack did not answer. Raises Busy."""
    latest = monotonic() + _LONGEST_ROUND * settle
    while True:
        try:
            pause = schedule.tick()
        except OutcomeUnknown:
            pause = _AT_ONCE * settle
        if monotonic() > latest or (pause > _AT_ONCE * settle and schedule.is_at_rest):
            return
        sleep(min(pause, _LONGEST_ROUND * settle))


class Loop:
    """`tick` does one round and returns how many seconds may pass until the next."""

    def __init__(self, tick: Callable[[], float], clock: Clock) -> None:
        self._tick = tick
        self._clock = clock
        self._woken = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="schedule", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Has it look again at once."""
        self._woken.set()

    def stop(self, until: float | None = None) -> None:
        """Returns when what is under way is finished, or at an instant of the monotonic clock: what is sent
        then is found out about at the next start."""
        self._stopping.set()
        self._woken.set()
        self._thread.join(None if until is None else max(0.0, until - time.monotonic()))

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            before = self._lead()
            pause = self._round()
            if self._stopping.is_set():
                return
            if self._clock.can_jump:
                self._rest(min(pause, _BY_A_JUMPING_CLOCK), before)
            else:
                self._woken.wait(pause)

    def _rest(self, pause: float, before: float) -> None:
        """Ends at once when the clock has jumped since it was so far `before` real time."""
        ends = elapsed() + pause
        while (left := ends - elapsed()) > 0 and abs(self._lead() - before) < _JUMP:
            if self._woken.wait(min(left, _LOOKS_EVERY)):
                return

    def _lead(self) -> float:
        """How far the clock is before real time, in seconds."""
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
