"""Turns for writers, in the order in which they came: SQLite alone has them try again and again, and some
wait very long."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class _Waiter:
    joins: bool
    # Releasing it hands over the turn.
    lock: threading.Lock = field(default_factory=threading.Lock)


class FifoLock:
    """Lets one of this process's threads at a time do something, first come, first served."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: deque[_Waiter] = deque()

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait for the turn, and hold it until the block ends. Raises TimeoutError after so many seconds of
        waiting."""
        self.take(seconds)
        try:
            yield
        finally:
            self.hand_on()

    def take(self, seconds: float, *, joins: bool = False) -> None:
        """Wait for the turn, which has to be handed on afterwards. With `joins`, go on with what the writer
        before began.

        Raises TimeoutError after so many seconds of waiting."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            waiter = _Waiter(joins)
            waiter.lock.acquire()
            self._waiting.append(waiter)
        if waiter.lock.acquire(timeout=seconds):
            return
        with self._lock:
            # Else the turn was handed over at the last moment.
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                raise TimeoutError

    def hand_on(self) -> None:
        """Hand the turn to whoever waits longest, or leave it to the next one to come."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().lock.release()
            else:
                self._taken = False

    def hand_on_to_joiner(self) -> bool:
        """Hand the turn to whoever waits longest if they join; return whether it was handed on."""
        with self._lock:
            if not self._waiting or not self._waiting[0].joins:
                return False
            self._waiting.popleft().lock.release()
            return True
