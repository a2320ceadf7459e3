"""Counts of the deliveries, for whoever watches over recbot."""

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, func, select

from bot.domain.messages.delivery import DeliveryKind
from bot.domain.messages.delivery_state import WAITING, DeliveryState
from storage.tables.deliveries import deliveries

_BY_STATE = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
_OLDEST_DUE = select(func.min(deliveries.c.created_at)).where(
    deliveries.c.state.in_([state.value for state in WAITING])
)
_LAST_DIGEST = select(func.max(deliveries.c.first_send_at)).where(
    deliveries.c.kind == DeliveryKind.DIGEST.value, deliveries.c.state == DeliveryState.SENT.value
)


_REMOVED = select(func.coalesce(func.sum(deliveries.c.duplicates), 0))


class DeliveryCounts(Struct, frozen=True):
    """How the deliveries stand in all. Instants are UTC, of recbot's clock."""

    by_state: Mapping[DeliveryState, int]
    duplicates_removed: int  # messages that stood in Slack twice
    oldest_due: datetime | None  # since when the oldest waits to be sent
    last_digest: datetime | None  # when the last digest went out


def read(connection: Connection) -> DeliveryCounts:
    """Count the deliveries."""
    count_by_state = {row[0]: row[1] for row in connection.execute(_BY_STATE).all()}
    return DeliveryCounts(
        by_state={state: count_by_state.get(state.value, 0) for state in DeliveryState},
        duplicates_removed=connection.execute(_REMOVED).scalar_one(),
        oldest_due=connection.execute(_OLDEST_DUE).scalar(),
        last_digest=connection.execute(_LAST_DIGEST).scalar(),
    )
