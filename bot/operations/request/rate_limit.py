"""How much one person may write at once: a script that got stuck cannot fill the history."""

import math
import threading
import time
from collections.abc import Callable

from bot.domain.refusals.request import TooMuchAtOnce
from bot.domain.register.people import PersonKey, Request
from bot.operations.request.writing import was_carried_out
from storage.store import Store

# A coordinator who goes through all 43 bodies twice in a minute is not held up.
AT_ONCE = 120
A_SECOND = 2.0


class RateLimiter:
    """A bucket of tokens for each person in this process: a write takes one, and they come back with time.

    Buckets are kept of so many `people`; the fullest are forgotten first, since they say least."""

    def __init__(
        self,
        at_once: float = math.inf,
        a_second: float = A_SECOND,
        now: Callable[[], float] = time.monotonic,
        people: int = 5_000,
    ) -> None:
        self._at_once = at_once
        self._a_second = a_second
        self._now = now
        self._people = people
        self._lock = threading.Lock()
        # What is left in a person's bucket, and when that was so.
        self._buckets: dict[PersonKey, tuple[float, float]] = {}

    def __len__(self) -> int:
        """Count the people whose bucket is kept."""
        return len(self._buckets)

    def must_allow(self, store: Store, request: Request) -> None:
        """Raises TooMuchAtOnce, but not for what was carried out before and is only answered again."""
        if self._takes(request.who):
            return
        if not was_carried_out(store, request):
            raise TooMuchAtOnce

    def _takes(self, person: PersonKey) -> bool:
        if math.isinf(self._at_once):
            return True
        with self._lock:
            now = self._now()
            left, then = self._buckets.get(person, (self._at_once, now))
            left = min(self._at_once, left + (now - then) * self._a_second)
            allowed = left >= 1
            self._buckets[person] = (left - 1 if allowed else left, now)
            if len(self._buckets) > self._people:
                self._forget_the_full(now)
            return allowed

    def _forget_the_full(self, now: float) -> None:
        def left(person: PersonKey) -> float:
            tokens, then = self._buckets[person]
            return tokens + (now - then) * self._a_second

        for person in sorted(self._buckets, key=left, reverse=True)[: self._people // 2]:
            del self._buckets[person]
