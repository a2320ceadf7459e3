"""Turns for writers, in the order in which they came: SQLite alone has them try again and again, and some
wait very long."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FifoLock:
    """Lets one of this process's threads at a time do something, first come, first served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        # One lock for each waiter, in their order; releasing it hands over the turn.
        self._waiting: deque[threading.Lock] = deque()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait for the turn, and hold it until the block ends. Raises TimeoutError after so many seconds of
        waiting."""
        if not self._take(seconds):
            raise TimeoutError
        try:
            yield
        finally:
            self._hand_on()

    def _take(self, seconds: float) -> bool:
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            own_lock = threading.Lock()
            own_lock.acquire()
            self._waiting.append(own_lock)
        if own_lock.acquire(timeout=seconds):
            return True
        with self._lock:
            if own_lock not in self._waiting:
                # The turn was handed over at the last moment.
                return True
            self._waiting.remove(own_lock)
            return False

    def _hand_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
