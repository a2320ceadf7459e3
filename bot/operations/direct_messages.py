"""Direct messages: written in the transaction that gives the reason for them, sent by the schedule."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.domain.delivery import Delivery, DeliveryKind
from bot.domain.people import PersonKey
from bot.domain.slots import Slot
from storage import deliveries
from storage.database import Connection


def enqueue(
    connection: Connection, *, key: str, who: PersonKey, payload: Mapping[str, Any], at: datetime
) -> bool:
    """Makes the delivery of one message, unless there is one with its key already; whether it did."""
    return deliveries.add(
        connection,
        Delivery(
            key=key,
            kind=DeliveryKind.DIRECT_MESSAGE,
            slot=Slot.at(at),
            channel=who.user_id,
            created_at=at,
            updated_at=at,
            payload=payload,
        ),
    )
