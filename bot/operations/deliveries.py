"""Moving a delivery on: each step is one commit, and the claim's comes before any network."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.domain.delivery import MISSED, Delivery, DeliveryState, Outbox, Outcome
from storage import deliveries
from storage.database import Connection
from storage.store import Store


def _real_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class RealTime:
    """What waits and leases are measured by, whatever recbot's clock shows. `settle` multiplies the waits."""

    now: Callable[[], datetime] = _real_now
    monotonic: Callable[[], float] = time.monotonic
    settle: float = 1.0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that is ours to send, and the reading of the monotonic clock when the claim began."""

    delivery: Delivery
    began: float


def outbox(store: Store) -> Outbox:
    """What is not settled."""
    with store.reading() as connection:
        return deliveries.outbox(connection)


def claim(store: Store, seen: Delivery, owner: str, at: datetime, real: RealTime) -> Claimed | None:
    """Takes a delivery that was rendered before; None when another replica was quicker."""
    with store.begin() as connection:
        return claim_in(connection, seen, owner, at, real)


def claim_in(
    connection: Connection, seen: Delivery, owner: str, at: datetime, real: RealTime
) -> Claimed | None:
    began = real.monotonic()
    claimed = deliveries.claim(connection, seen, owner, at)
    return None if claimed is None else Claimed(claimed, began)


def settle(store: Store, claimed: Delivery, outcome: Outcome, at: datetime, real: RealTime) -> bool:
    """Writes how a sending ended; False when the row had moved on meanwhile. Safe to repeat."""
    with store.begin() as connection:
        if outcome.state is DeliveryState.SENT and outcome.ts is not None:
            return deliveries.sent(connection, claimed.key, outcome.ts, at)
        return deliveries.settle(connection, claimed, outcome, _not_before(claimed, outcome, real), at)


def give_up(store: Store, over: Delivery, at: datetime) -> bool:
    """Passes over a delivery that has waited until its grace was over; why it waited stays with it."""
    outcome = Outcome(DeliveryState.SKIPPED, error=over.error or MISSED)
    with store.begin() as connection:
        return deliveries.settle(connection, over, outcome, None, at)


def _not_before(claimed: Delivery, outcome: Outcome, real: RealTime) -> datetime | None:
    pause = outcome.pause(claimed.attempts)
    if pause is None:
        return None
    # What Slack asks for is not shortened by a test's setting.
    seconds = pause * real.settle if outcome.wait is None else outcome.wait
    return real.now() + timedelta(seconds=seconds)
