"""Drawing Homes anew on which words stood that were erased or taken back."""

from collections.abc import Callable

from bot.domain.register.people import PersonKey
from bot.operations.messages.deliveries import RealTime
from bot.operations.messages.homes import owed_homes
from storage.store import Store

_AGAIN_IN = 300.0  # seconds


class OwedHomes:
    """`draw` shows a Home to its reader and notes that it did, or tells the log why it could not."""

    def __init__(self, store: Store, draw: Callable[[PersonKey], None], real: RealTime) -> None:
        self._store = store
        self._draw = draw
        self._real = real
        # By the monotonic clock: when those are tried again that were tried and are owed still.
        self._not_before: dict[PersonKey, float] = {}

    def draw_next(self) -> bool:
        """Draws one, and says whether to look again. Raises Busy."""
        owed = owed_homes(self._store)
        self._not_before = {who: at for who, at in self._not_before.items() if who in owed}
        now = self._real.monotonic()
        who = next((who for who in owed if self._not_before.get(who, now) <= now), None)
        if who is None:
            return False
        self._not_before[who] = now + _AGAIN_IN * self._real.settle
        self._draw(who)
        return True
