"""Claiming a delivery for sending: committed before anything goes over the network."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.messages.delivery import Delivery, Outcome, Payload
from bot.domain.messages.delivery_state import WAITING, DeliveryState
from bot.domain.values import replace
from bot.runtime.clock import Clock
from storage import deliveries
from storage.database import Connection
from storage.store import Store

# Words a delivery on a London date; None where there is nothing to say any more.
Word = Callable[[Connection, Delivery, date], Payload | None]


class Claimed(Struct, frozen=True):
    """A delivery that this process is to send."""

    delivery: Delivery
    began: float  # the reading of the monotonic clock when the claim began, in seconds


def claim(store: Store, seen: Delivery, owner: str, clock: Clock) -> Claimed | None:
    """Take a delivery that was rendered before; None when another process was quicker. Raises Busy."""
    with store.begin() as connection:
        return claim_in(connection, seen, owner, clock)


def claim_worded(
    store: Store, seen: Delivery, word: Word, needless: str, owner: str, clock: Clock
) -> Claimed | None:
    """Take a delivery for sending, worded in the commit of the claim; where nothing is left to say it is
    passed over as `needless`. None then, and when another process was quicker. Raises Busy."""
    instant = clock.now()
    with store.begin() as connection:
        due = deliveries.get(connection, seen.key, for_update=True)
        if due is None or due.state not in WAITING:
            return None
        payload = word(connection, due, london_date(instant))
        if payload is None:
            passed_over = Outcome(DeliveryState.SKIPPED, error=needless)
            deliveries.record_outcome(connection, due, passed_over, None, instant)
            return None
        worded = replace(due, payload=payload, conversation=seen.conversation)
        return claim_in(connection, worded, owner, clock)


def claim_in(connection: Connection, seen: Delivery, owner: str, clock: Clock) -> Claimed | None:
    """Take a delivery for sending, in a transaction that also renders it. `owner` tells which process it was.
    None when another process was quicker."""
    started_at = clock.monotonic()
    claimed = deliveries.claim(connection, seen, owner, clock.now(), clock.real_now())
    return None if claimed is None else Claimed(claimed, started_at)
