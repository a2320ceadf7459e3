"""What is done once for each request, however often Slack delivers it."""

import hashlib

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.register.people import Request
from storage import deliveries
from storage.store import Store


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
