"""The deliveries as one process of the schedule sees them and moves them on, each step one commit."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from bot.domain.messages.delivery import Delivery, Outbox, Outcome, Sendable
from bot.operations.messages import deliveries, doubt
from bot.operations.messages.deliveries import RealTime
from bot.operations.messages.doubt import Notices
from bot.operations.messages.reminders import has_left
from storage.store import Store


class Ledger(Protocol):
    """Each step is taken only if the delivery is still as it was seen, and tells whether it was. All may
    raise Busy, and those that write OutcomeUnknown."""

    def outbox(self) -> Outbox:
        """What is not settled."""

    def settle(self, seen: Delivery, outcome: Outcome) -> bool:
        """Writes how a sending ended. That it was sent is taken from whatever state; safe to repeat."""

    def move(self, unsent: Delivery, channel: str) -> bool:
        """Sends a digest that waits, with its parts, to another channel."""

    def give_up(self, over: Delivery) -> bool:
        """Passes over what has waited until it was too late."""

    def ask(self, seen: Delivery, reason: str) -> bool:
        """Hands it to the coordinators."""

    def has_left(self, unsent: Delivery) -> None:
        """Its reader has left Slack."""

    def next_sweep(self) -> Sendable | None:
        """What is to be looked for duplicates first."""

    def take_sweep(self, seen: Delivery) -> bool:
        """Keeps others from it for a while."""

    def swept(self, seen: Delivery, removed: int) -> bool:
        """Notes that it was looked for duplicates, and how many were removed."""


class StoredLedger:
    """In the database. `now` is the instant of recbot's clock."""

    def __init__(self, store: Store, now: Callable[[], datetime], real: RealTime, notices: Notices) -> None:
        self._store = store
        self._now = now
        self._real = real
        self._notices = notices

    def outbox(self) -> Outbox:
        return deliveries.outbox(self._store)

    def settle(self, seen: Delivery, outcome: Outcome) -> bool:
        return deliveries.settle(self._store, seen, outcome, self._now(), self._real, self._notices)

    def move(self, unsent: Delivery, channel: str) -> bool:
        return deliveries.move(self._store, unsent, channel, self._now())

    def give_up(self, over: Delivery) -> bool:
        return deliveries.give_up(self._store, over, self._now())

    def ask(self, seen: Delivery, reason: str) -> bool:
        return doubt.ask(self._store, seen, reason, self._now(), self._notices)

    def has_left(self, unsent: Delivery) -> None:
        has_left(self._store, unsent, self._now())

    def next_sweep(self) -> Sendable | None:
        return deliveries.next_sweep(self._store)

    def take_sweep(self, seen: Delivery) -> bool:
        return deliveries.take_sweep(self._store, seen, self._real)

    def swept(self, seen: Delivery, removed: int) -> bool:
        return deliveries.swept(self._store, seen, removed, self._real)
