"""Sharing an answer with a channel, once for each button."""

import hashlib

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.register.people import Request
from bot.operations.request import actors
from storage import deliveries
from storage.store import Store


def sharer_of(store: Store, request: Request) -> str:
    """The display name of whoever shares. Raises CannotSee, NotIntroduced."""
    with store.reading() as connection:
        return actors.load(connection, store, request).person.display_name


def is_first_press(store: Store, request: Request, channel: str) -> bool:
    """Whether the button that `request` is about has not shared anything yet: whoever is first posts, and a
    second click or the same one delivered again does not."""
    # What was searched for may stand in the request's own key, and this one is never erased.
    key = f"share:{hashlib.sha256(request.key.encode()).hexdigest()}"
    instant = request.at
    shared = Delivery(
        key, DeliveryKind.SHARED, Slot.at(instant), channel, instant, instant, state=DeliveryState.SENT
    )
    with store.begin() as connection:
        return deliveries.add(connection, shared)
