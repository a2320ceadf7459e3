"""What is done about words long after they were sent: those that were erased are taken out of the database's
files, of messages and of Homes, and what messages said is forgotten."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.domain.messages.delivery import Payload
from bot.domain.register.people import PersonKey
from bot.operations.messages.deliveries import RealTime
from bot.operations.messages.edits import forget_payloads
from bot.operations.recording import redact
from bot.outbox.edits import Client, edit_next
from bot.outbox.homes import OwedHomes
from storage.store import Store

log = logging.getLogger(__name__)

# In seconds.
_FORGETS_EVERY = 3600.0
# Between two tries to clean the files, which each take a while; the first pause, and the longest.
_CLEANS_AGAIN_IN = 60.0
_LONGEST_PAUSE = 3600.0


class Upkeep:
    """`render` words for the coordinators that a post cannot be edited, as in `edit_next`; `draw` draws a
    person's Home, as in `OwedHomes`."""

    def __init__(
        self,
        store: Store,
        client: Client,
        render: Callable[[str, str, str], Payload],
        draw: Callable[[PersonKey], None],
        real: RealTime,
    ) -> None:
        self._store = store
        self._client = client
        self._render = render
        self._homes = OwedHomes(store, draw, real)
        self._real = real
        self._forgets_at = real.monotonic()
        self._cleans_at = real.monotonic()
        self._pause = _CLEANS_AGAIN_IN

    def step(self, now: datetime) -> bool:
        """Does one thing, at a UTC instant of recbot's clock; whether to look again. Raises Busy."""
        if self._real.monotonic() >= self._forgets_at:
            forget_payloads(self._store, now)
            self._forgets_at = self._real.monotonic() + _FORGETS_EVERY * self._real.settle
        if self._real.monotonic() >= self._cleans_at and redact.is_cleaning_owed(self._store):
            self._clean()
            return True
        if edit_next(self._store, self._client, self._render, now=now, real_now=self._real.now()):
            return True
        return self._homes.draw_next()

    def _clean(self) -> None:
        if redact.clean(self._store):
            log.info("the database's files are clean of what was erased")
            self._pause = _CLEANS_AGAIN_IN
            return
        log.warning(
            "erased words may still stand in the database's files, which others hold: it is tried again"
            " in %.0f seconds, or run recbot redact without a number",
            self._pause,
        )
        self._cleans_at = self._real.monotonic() + self._pause * self._real.settle
        self._pause = min(_LONGEST_PAUSE, 2 * self._pause)
