"""Drawing Homes anew that may show words which were erased or taken back."""

from collections.abc import Callable

from bot.domain.register.people import PersonKey
from bot.operations.messages.homes import owed_homes
from bot.runtime.clock import Clock
from storage.store import Store

# In seconds, until a Home is drawn again that was drawn and is owed still.
_AGAIN_IN = 300.0


class OwedHomes:
    """Draws one Home at a step."""

    def __init__(self, store: Store, draw: Callable[[PersonKey], None], clock: Clock) -> None:
        """Draw by `draw`, which shows a Home to its reader and records it, or logs why it could not."""
        self._store = store
        self._draw = draw
        self._clock = clock
        # By the monotonic clock: when to try those again that were tried and are owed still.
        self._not_before: dict[PersonKey, float] = {}

    def draw_next(self) -> bool:
        """Draw one Home, and return whether to look again. Raises Busy."""
        owed = owed_homes(self._store)
        self._not_before = {reader: instant for reader, instant in self._not_before.items() if reader in owed}
        now = self._clock.monotonic()
        reader = next((reader for reader in owed if self._not_before.get(reader, now) <= now), None)
        if reader is None:
            return False
        self._not_before[reader] = now + self._clock.scaled(_AGAIN_IN)
        self._draw(reader)
        return True
