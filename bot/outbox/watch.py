"""Telling when a delivery that somebody took for sending has been left behind."""

from collections.abc import Iterable

from bot.domain.messages.delivery import Delivery

# In seconds: 2 from the claim to the request, 10 for the request, 1 to write how it ended, and a margin.
LEFT_BEHIND_AFTER = 30.0


class Watch:
    """Measures by this process's own monotonic clock since it first saw a claim: no two clocks are compared,
    and after a restart the wait begins anew."""

    def __init__(self, settle: float) -> None:
        self._wait = LEFT_BEHIND_AFTER * settle
        self._first_seen: dict[tuple[str, int], float] = {}

    def left_behind(self, sending: Iterable[Delivery], monotonic: float) -> tuple[Delivery, ...]:
        """Those of the deliveries being sent whose claim has not changed for the whole wait."""
        now = {(delivery.key, delivery.fence): delivery for delivery in sending}
        self._first_seen = {claim: self._first_seen.get(claim, monotonic) for claim in now}
        return tuple(
            delivery for claim, delivery in now.items() if monotonic - self._first_seen[claim] >= self._wait
        )

    def next_in(self, monotonic: float) -> float | None:
        """Seconds until the first of those under watch counts as left behind."""
        waits = [first + self._wait - monotonic for first in self._first_seen.values()]
        return min(waits, default=None)
