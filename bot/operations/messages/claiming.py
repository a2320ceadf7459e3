"""Claiming a delivery for sending: committed before anything goes over the network."""

from dataclasses import dataclass

from bot.domain.messages.delivery import Delivery
from bot.runtime.clock import Clock
from storage import deliveries
from storage.database import Connection
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this process is to send."""

    delivery: Delivery
    began: float  # the reading of the monotonic clock when the claim began, in seconds


def claim(store: Store, seen: Delivery, owner: str, clock: Clock) -> Claimed | None:
    """Take a delivery that was rendered before; None when another process was quicker. Raises Busy."""
    with store.begin() as connection:
        return claim_in(connection, seen, owner, clock)


def claim_in(connection: Connection, seen: Delivery, owner: str, clock: Clock) -> Claimed | None:
    """Do the same in a transaction that also renders it. `owner` tells which process it was."""
    began = clock.monotonic()
    claimed = deliveries.claim(connection, seen, owner, clock.now(), clock.real_now())
    return None if claimed is None else Claimed(claimed, began)
