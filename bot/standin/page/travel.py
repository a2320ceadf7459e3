"""The clock is moved on, past every morning in between, so that what comes by itself comes."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from bot.standin.moved_clock import LONDON, MovedClock, moment
from bot.standin.page.almanac import Almanac, mornings

To = Literal["day", "week", "digest", "deadline"]

# In seconds: how long the bot may take to look at its clock, and what it posts to follow one another.
_LOOKS_WITHIN = 0.35
_FOLLOWS_WITHIN = 0.4
_AT_MOST = 10.0
# A moment after the hour, so that it has come for the bot too.
_JUST_AFTER = timedelta(milliseconds=50)


class CannotTravel(Exception):
    """Why the clock was not moved, in words."""


class Travel:
    """One journey at a time; `sent` counts what the bot has sent so far."""

    def __init__(self, clock: MovedClock, almanac: Almanac, sent: Callable[[], int]) -> None:
        self._clock = clock
        self._almanac = almanac
        self._sent = sent
        self._under_way = threading.Lock()

    def go(self, to: To) -> str:
        """What the clock shows then, in words. Raises CannotTravel."""
        if not self._under_way.acquire(blocking=False):
            raise CannotTravel("The clock is on its way already.")
        try:
            until = self._until(to)
            for morning in mornings(self._clock.now(), until):
                self._stop_at(morning + _JUST_AFTER)
            self._stop_at(until + _JUST_AFTER)
        finally:
            self._under_way.release()
        here = self._clock.now().astimezone(LONDON)
        return f"It is {here:%A} {here.day} {here:%B %Y}, {here:%H:%M} in London."

    def _until(self, to: To) -> datetime:
        now = self._clock.now()
        if to in ("day", "week"):
            return moment("+1d" if to == "day" else "+1w", now)
        until = self._almanac.next_digest(now) if to == "digest" else self._almanac.next_deadline(now)
        if until is None:
            raise CannotTravel(f"No further {to} is known.")
        return until

    def _stop_at(self, instant: datetime) -> None:
        """Waits until the bot has looked, and what it sends has come."""
        if instant <= self._clock.now():
            return
        self._clock.move_to(instant)
        began = time.monotonic()
        quiet_until, sent = began + _LOOKS_WITHIN, self._sent()
        while time.monotonic() < min(quiet_until, began + _AT_MOST):
            time.sleep(0.05)
            if self._sent() != sent:
                quiet_until, sent = time.monotonic() + _FOLLOWS_WITHIN, self._sent()
