"""Digests that were sent, for what counts from the last one."""

from datetime import datetime

from sqlalchemy import insert

from storage.store import Store
from storage.tables.deliveries import deliveries


def a_digest_was_sent(store: Store, *, through_seq: int, instant: datetime) -> None:
    """It told all updates up to `through_seq`, at a UTC instant."""
    with store.begin() as connection:
        connection.execute(
            insert(deliveries),
            {
                "key": f"digest:T0HOME:{instant:%Y-%m-%dT%H:%M}",
                "kind": "digest",
                "slot_local": f"{instant:%Y-%m-%dT%H:%M}",
                "channel": "C0COORD",
                "through_seq": through_seq,
                "payload_sha": "",
                "state": "sent",
                "fence": 1,
                "owner": "",
                "attempts": 1,
                "first_send_at": instant,
                "error": "",
                "created_at": instant,
                "updated_at": instant,
            },
        )
