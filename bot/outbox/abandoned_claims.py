"""Telling when a delivery that a process claimed for sending has been abandoned."""

from collections.abc import Iterable

from bot.domain.messages.delivery import Delivery
from bot.runtime.clock import Clock

# In seconds: 2 from the claim to the request, 10 for the request, 1 to write its outcome, and a margin.
ABANDONED_AFTER = 30.0


class AbandonedClaims:
    """Measures by this process's own monotonic clock since it first saw a claim: no two clocks are compared,
    and after a restart the wait begins anew."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # By claim: the reading of the monotonic clock when this process first saw it.
        self._first_seen: dict[tuple[str, int], float] = {}

    def among(self, sending: Iterable[Delivery]) -> tuple[Delivery, ...]:
        """Return those of the deliveries being sent whose claim has not changed for the whole wait."""
        now, wait = self._clock.monotonic(), self._clock.scaled(ABANDONED_AFTER)
        by_claim = {delivery.claim: delivery for delivery in sending}
        self._first_seen = {claim: self._first_seen.get(claim, now) for claim in by_claim}
        return tuple(
            delivery for claim, delivery in by_claim.items() if now - self._first_seen[claim] >= wait
        )

    def next_in(self) -> float | None:
        """Return the seconds until the first claim counts as abandoned; None where none is being sent."""
        now, wait = self._clock.monotonic(), self._clock.scaled(ABANDONED_AFTER)
        return min((first_seen + wait - now for first_seen in self._first_seen.values()), default=None)
