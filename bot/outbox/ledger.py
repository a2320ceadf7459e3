"""What the sender, the reconciler and the sweeper need of the stored deliveries."""

from typing import Protocol

from bot.domain.messages.delivery import Delivery, Outbox, Outcome, Sendable


class DeliveryLedger(Protocol):
    """Moves deliveries on, each step one commit, and only if the delivery is still as it was seen: each
    method that writes returns whether it was. All raise Busy, and those that write OutcomeUnknown."""

    def outbox(self) -> Outbox:
        """Return the deliveries whose state is not final."""

    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        """Write how a sending ended. Sent is taken from any state, since it is the truth; safe to repeat."""

    def move(self, unsent: Delivery, channel: str) -> bool:
        """Send a digest that waits, with its parts, to another channel."""

    def pass_over(self, too_late: Delivery) -> bool:
        """Give up a delivery that has waited until it was too late for it."""

    def ask_coordinators(self, seen: Delivery, reason: str) -> bool:
        """Have a person say whether the message appeared; `reason` is why recbot cannot look."""

    def record_leaver(self, unsent: Delivery) -> None:
        """Note that the reader of a message is deactivated in Slack, and give the message up."""

    def next_sweep(self) -> Sendable | None:
        """Return the sent message that is to be swept for duplicates first, due or not."""

    def take_sweep(self, seen: Delivery) -> bool:
        """Keep others from this sweep for a while."""

    def record_sweep(self, seen: Delivery, removed: int) -> bool:
        """Note that a message was swept, and how many duplicates were removed."""
