"""Where and when the digest is posted, and when reminders come, as the settings say."""

from collections.abc import Callable

from msgspec import Struct

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.reminders import RULE


def _nobody_to_wake() -> None:
    return None


class SchedulePlan(Struct, frozen=True):
    """Where and when the digest is posted, and when reminders come."""

    channel: str | None  # a channel's id; None where there is no digest
    rule: str  # RFC 5545, on London's wall clock
    names_bodies: bool = True  # whether bodies are named in it
    reminder_rule: str = RULE  # RFC 5545, likewise: when the weekly reminders come
    wake: Callable[[], None] = _nobody_to_wake  # has the schedule look again at once

    def channel_now(self, delivery: Delivery) -> str:
        """Return the channel in which a delivery belongs by the present settings: a digest may have been made
        for another one. The parts of its thread follow it."""
        if delivery.kind is not DeliveryKind.DIGEST or self.channel is None:
            return delivery.channel
        return self.channel


NO_DIGEST = SchedulePlan(channel=None, rule="")
