"""Direct messages: written in the transaction that gives the reason for them, sent by the schedule."""

from datetime import datetime

from bot.domain.messages.delivery import Delivery, DeliveryKind, Payload
from bot.domain.messages.slots import Slot
from bot.domain.register.people import PersonKey, Request
from storage import deliveries
from storage.database import Connection
from storage.store import Store


def tell(store: Store, request: Request, key: str, payload: Payload) -> None:
    """Send a direct message to whoever asked, once for each key. Raises Busy."""
    with store.begin() as connection:
        enqueue(connection, key=key, person=request.who, payload=payload, instant=request.instant)


def enqueue_by_kind(
    connection: Connection, key: str, kind: DeliveryKind, person: PersonKey, instant: datetime
) -> bool:
    """Make the delivery of a message that is worded when it is sent, unless there is one with its key;
    return whether it did."""
    return deliveries.add(
        connection,
        Delivery(
            key=key,
            kind=kind,
            slot=Slot.at(instant),
            channel=person.user_id,
            created_at=instant,
            updated_at=instant,
        ),
    )


def enqueue(
    connection: Connection,
    *,
    key: str,
    person: PersonKey,
    payload: Payload,
    instant: datetime,
    not_before: datetime | None = None,
) -> bool:
    """Make the delivery of one message, unless there is one with its key already; return whether it did.

    `instant` is UTC and of recbot's clock, `not_before` one of real time."""
    return deliveries.add(
        connection,
        Delivery(
            key=key,
            kind=DeliveryKind.DIRECT_MESSAGE,
            slot=Slot.at(instant),
            channel=person.user_id,
            created_at=instant,
            updated_at=instant,
            payload=payload,
            not_before=not_before,
        ),
    )
