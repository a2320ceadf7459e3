"""What is done about words long after they were sent: those that were erased are taken out of the database's
files, of messages and of Homes, and old payloads are forgotten."""

import logging
from collections.abc import Callable

from bot.domain.register.people import PersonKey
from bot.operations.messages.edits import RenderNotEdited, forget_payloads
from bot.operations.recording import redact
from bot.outbox.edits import Client, edit_next
from bot.outbox.owed_homes import OwedHomes
from bot.runtime.clock import Clock
from storage.store import Store

log = logging.getLogger(__name__)

# In seconds.
_BETWEEN_FORGETTING = 3600.0
# Between two attempts to clean the files, which each take a while: the first pause, and the longest.
_FIRST_PAUSE = 60.0
_LONGEST_PAUSE = 3600.0


class Upkeep:
    """Does one piece of upkeep at a step."""

    def __init__(
        self,
        store: Store,
        client: Client,
        render: RenderNotEdited,
        draw: Callable[[PersonKey], None],
        clock: Clock,
    ) -> None:
        """Tell coordinators by `render` that a post cannot be edited; draw a person's Home by `draw`, as in
        `OwedHomes`."""
        self._store = store
        self._client = client
        self._render = render
        self._homes = OwedHomes(store, draw, clock)
        self._clock = clock
        # Readings of the monotonic clock, and seconds.
        self._forget_at = clock.monotonic()
        self._clean_at = clock.monotonic()
        self._pause = _FIRST_PAUSE

    def step(self) -> bool:
        """Do one thing, and return whether to look again. Raises Busy."""
        monotonic = self._clock.monotonic()
        if monotonic >= self._forget_at:
            forget_payloads(self._store, self._clock.now())
            self._forget_at = monotonic + self._clock.scaled(_BETWEEN_FORGETTING)
        if monotonic >= self._clean_at and redact.is_cleaning_owed(self._store):
            self._clean()
            return True
        if edit_next(self._store, self._client, self._render, self._clock):
            return True
        return self._homes.draw_next()

    def _clean(self) -> None:
        if redact.clean(self._store):
            log.info("the database's files are clean of what was erased")
            self._pause = _FIRST_PAUSE
            return
        log.warning(
            "erased words may still stand in the database's files, which others hold: it is tried again"
            " in %.0f seconds, or run recbot redact without a number",
            self._pause,
        )
        self._clean_at = self._clock.monotonic() + self._clock.scaled(self._pause)
        self._pause = min(_LONGEST_PAUSE, 2 * self._pause)
