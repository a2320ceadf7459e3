"""What is done about messages long after they were sent: erased words are taken out of them, and what they
said is forgotten."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.delivery import Payload
from bot.operations.deliveries import RealTime
from bot.operations.edits import forget_payloads
from bot.schedule.edits import Client, edit_next
from storage.store import Store

_FORGETS_EVERY = 3600.0  # seconds


class Upkeep:
    """`render` words for the coordinators that a post cannot be edited, as in `edit_next`."""

    def __init__(
        self, store: Store, client: Client, render: Callable[[str, str, str], Payload], real: RealTime
    ) -> None:
        self._store = store
        self._client = client
        self._render = render
        self._real = real
        self._forgets_at = real.monotonic()

    def step(self, now: datetime) -> bool:
        """Does one thing, at a UTC instant of recbot's clock; whether to look again. Raises Busy."""
        if self._real.monotonic() >= self._forgets_at:
            forget_payloads(self._store, now)
            self._forgets_at = self._real.monotonic() + _FORGETS_EVERY * self._real.settle
        return edit_next(self._store, self._client, self._render, now=now, real_now=self._real.now())
