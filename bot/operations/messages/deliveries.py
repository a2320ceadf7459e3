"""Moving a delivery on: each step is one commit, and the claim's comes before any network."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.messages.delivery import MISSED, WAITING, Delivery, DeliveryState, Outbox, Outcome, Sendable
from bot.operations.messages.doubt import Notices, tell_blocked
from bot.runtime.clock import elapsed
from storage import deliveries, redaction
from storage.database import Connection
from storage.store import Store

# In seconds after a message was sent: when it is looked for duplicates.
SWEEPS = (60.0, 600.0, 3600.0)
_SWEEP_TAKES = 60.0


def _real_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class RealTime:
    """What waits and leases are measured by, whatever recbot's clock shows. `settle` multiplies the waits."""

    now: Callable[[], datetime] = _real_now
    monotonic: Callable[[], float] = elapsed
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


def claim(store: Store, seen: Delivery, owner: str, instant: datetime, real: RealTime) -> Claimed | None:
    """Takes a delivery that was rendered before; None when another replica was quicker."""
    with store.begin() as connection:
        return claim_in(connection, seen, owner, instant, real)


def claim_in(
    connection: Connection, seen: Delivery, owner: str, instant: datetime, real: RealTime
) -> Claimed | None:
    began = real.monotonic()
    claimed = deliveries.claim(connection, seen, owner, instant, real.now())
    return None if claimed is None else Claimed(claimed, began)


def settle(
    store: Store, seen: Delivery, outcome: Outcome, instant: datetime, real: RealTime, notices: Notices
) -> bool:
    """Writes how a sending ended; False when the row had moved on meanwhile. Safe to repeat.

    Coordinators are told of a digest that is blocked."""
    with store.begin() as connection:
        if outcome.state is DeliveryState.SENT and outcome.ts is not None:
            sweep_at = real.now() + timedelta(seconds=SWEEPS[0] * real.settle)
            is_new = deliveries.sent(connection, seen.key, outcome.ts, instant, sweep_at, outcome.error)
            # Words may have been erased while Slack was given them.
            redaction.mark_unedited(connection, seen.key)
            return is_new
        if not deliveries.settle(connection, seen, outcome, _not_before(seen, outcome, real), instant):
            return False
        if outcome.state is DeliveryState.BLOCKED:
            tell_blocked(connection, store, replace(seen, error=outcome.error), instant, notices)
        return True


def move(store: Store, unsent: Delivery, channel: str, instant: datetime) -> bool:
    """Sends a digest that waits to another channel, with its parts; False when the row had moved on."""
    if unsent.state not in WAITING:
        return False
    with store.begin() as connection:
        return deliveries.move(connection, unsent, channel, instant)


def next_sweep(store: Store) -> Sendable | None:
    """The sent message that is to be looked for duplicates first."""
    with store.reading() as connection:
        delivery = deliveries.next_sweep(connection)
        if delivery is None:
            return None
        head = deliveries.get(connection, delivery.follows) if delivery.follows else None
        return Sendable(delivery, head.ts if head else None)


def take_sweep(store: Store, seen: Delivery, real: RealTime) -> bool:
    """Keeps others from the same sweep for a while; False when another was quicker."""
    until = real.now() + timedelta(seconds=_SWEEP_TAKES * real.settle)
    with store.begin() as connection:
        return deliveries.take_sweep(connection, seen, until)


def swept(store: Store, seen: Delivery, removed: int, real: RealTime) -> bool:
    """Notes a sweep, and how many duplicates it removed; False when another noted it before."""
    done, *to_come = SWEEPS[seen.sweeps :]
    next_at = real.now() + timedelta(seconds=(to_come[0] - done) * real.settle) if to_come else None
    with store.begin() as connection:
        return deliveries.swept(connection, seen, removed, next_at)


def give_up(store: Store, over: Delivery, instant: datetime) -> bool:
    """Passes over a delivery that has waited until its grace was over; why it waited stays with it."""
    outcome = Outcome(DeliveryState.SKIPPED, error=over.error or MISSED)
    with store.begin() as connection:
        return deliveries.settle(connection, over, outcome, None, instant)


def _not_before(seen: Delivery, outcome: Outcome, real: RealTime) -> datetime | None:
    pause = outcome.pause(seen.attempts)
    if pause is None:
        return None
    # What Slack asks for is not shortened by a test's setting.
    seconds = pause * real.settle if outcome.wait is None else outcome.wait
    return real.now() + timedelta(seconds=seconds)
