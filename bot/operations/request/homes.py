"""When Homes are drawn: once however much changes, and where in it its reader is."""

import time
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Protocol

from bot.domain.messages.home import HomePlace
from bot.domain.register.people import PersonKey
from bot.runtime.pool import QueueFull

Work = Callable[[], None]


class Queue(Protocol):
    """Where drawings wait: one of an owner's waits at most, and one is done at a time."""

    def submit(self, work: Work, owner: Hashable | None = None, after: float = 0.0) -> None:
        """Have `work` done, not before so many seconds have passed.

        Raises QueueFull: where a piece of the owner's waits already, that one is done as soon as this one
        would have been."""


class NoQueue:
    """Draws at once, and nothing later."""

    def submit(self, work: Work, owner: Hashable | None = None, after: float = 0.0) -> None:
        if not after:
            work()


class Homes:
    """Kept in the process: another one that draws a Home anew begins it at the front."""

    def __init__(self, queue: Queue | None = None) -> None:
        self._queue = NoQueue() if queue is None else queue
        self._lock = Lock()
        self._places: dict[PersonKey, HomePlace] = {}
        # Work that did not fit into the queue, by key: never more than there are people and bodies.
        self._owed: dict[Hashable, Work] = {}
        # Slack asked for no drawing before this instant of the monotonic clock.
        self._rests_until = 0.0

    def go(self, person: PersonKey, place: HomePlace) -> None:
        with self._lock:
            self._places[person] = place

    def place_of(self, person: PersonKey) -> HomePlace:
        with self._lock:
            return self._places.get(person, HomePlace())

    def rest(self, seconds: float) -> None:
        """Draw nothing for so many seconds: Slack has had too many drawings, and counts those of all people
        together."""
        self._rests_until = time.monotonic() + seconds

    @property
    def rests_for(self) -> float:
        """Seconds until the next drawing may be tried, 0 where that is now."""
        return max(0.0, self._rests_until - time.monotonic())

    @property
    def owed(self) -> int:
        """Count the pieces of work that found no place in the queue yet."""
        return len(self._owed)

    def have_done(self, key: Hashable, work: Work, after: float = 0.0) -> None:
        """Have `work` done soon, or after so many seconds: once, however often the same key is asked for
        before it begins.

        What is done reads what stands then, so that nobody's last Home is a stale one."""

        def done() -> None:
            try:
                work()
            finally:
                self._queue_what_is_owed()

        try:
            self._queue.submit(done, owner=key, after=after)
        except QueueFull as error:
            if not error.of_owner:
                with self._lock:
                    self._owed[key] = work

    def _queue_what_is_owed(self) -> None:
        with self._lock:
            owed, self._owed = self._owed, {}
        for key, work in owed.items():
            self.have_done(key, work)
