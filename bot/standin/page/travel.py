"""The clock is moved on, past every morning in between, so that what comes by itself comes on its own day."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.standin.moved_clock import LONDON, MovedClock
from bot.standin.page.almanac import Almanac, stops

To = Literal["day", "week", "month", "digest", "deadline"]

_STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
}
# In seconds: how long the bot may take to send what is due on one morning, and how often it is asked.
_PATIENCE = 15.0
_ASKED_EVERY = 0.01
# A moment after the hour, so that it has come for the bot too.
_JUST_AFTER = timedelta(milliseconds=50)


class CannotTravel(Exception):
    """Why the clock was not moved, in words."""


class Travel:
    """One journey at a time; `caught_up_at` is up to when the bot has sent all that was due (a UTC instant,
    None while it does not say). It is waited for on each morning, at most `patience` seconds."""

    def __init__(
        self,
        clock: MovedClock,
        almanac: Almanac,
        caught_up_at: Callable[[], datetime | None],
        patience: float = _PATIENCE,
    ) -> None:
        self._clock = clock
        self._almanac = almanac
        self._caught_up_at = caught_up_at
        self._patience = patience
        self._under_way = threading.Lock()

    def go(self, to: To) -> str:
        """Move the clock, and return in words what it shows then. Raises CannotTravel."""
        if not self._under_way.acquire(blocking=False):
            raise CannotTravel("The clock is on its way already.")
        try:
            until = self._until(to)
            for stop in stops(self._clock.now(), until):
                self._stop_at(stop + _JUST_AFTER)
            self._stop_at(until + _JUST_AFTER)
        finally:
            self._under_way.release()
        return f"It is {self._shown()} in London."

    def _until(self, to: To) -> datetime:
        now = self._clock.now()
        if to in _STEPS:
            # Across a change of clocks the time of day stays, as it does for people.
            return now.astimezone(LONDON) + _STEPS[to]
        until = self._almanac.next_digest(now) if to == "digest" else self._almanac.next_deadline(now)
        if until is None:
            raise CannotTravel(f"No further {to} is known.")
        return until

    def _stop_at(self, instant: datetime) -> None:
        """Wait until the bot has sent what is due by then. Raises CannotTravel."""
        if instant <= self._clock.now():
            return
        self._clock.move_to(instant)
        latest = time.monotonic() + self._patience
        while (caught_up := self._caught_up_at()) is None or caught_up < instant:
            if time.monotonic() > latest:
                raise CannotTravel(f"recbot does not keep up: the clock stays at {self._shown()} in London.")
            time.sleep(_ASKED_EVERY)

    def _shown(self) -> str:
        local = self._clock.now().astimezone(LONDON)
        return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"
