"""What is done once, however often Slack delivers a request or the calendar asks."""

import hashlib
from collections.abc import Iterable

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.register.people import Request
from storage import deliveries
from storage.store import Store


def make_each_once(store: Store, due: Iterable[Delivery]) -> None:
    """Make those deliveries that are not there yet, by their keys. Raises Busy."""
    by_key = {delivery.key: delivery for delivery in due}
    with store.reading() as connection:
        existing = deliveries.existing(connection, list(by_key))
    new = [delivery for key, delivery in by_key.items() if key not in existing]
    if new:
        with store.begin() as connection:
            for delivery in new:
                deliveries.add(connection, delivery)


def is_first(store: Store, request: Request, channel: str) -> bool:
    """Tell whether the request's key has not been seen yet; from then on it has. Raises Busy."""
    # What was searched for may stand in the request's own key, and this one is never erased.
    key = f"share:{hashlib.sha256(request.key.encode()).hexdigest()}"
    instant = request.instant
    answered = Delivery(
        key, DeliveryKind.SHARED, Slot.at(instant), channel, instant, instant, state=DeliveryState.SENT
    )
    with store.begin() as connection:
        return deliveries.add(connection, answered)
