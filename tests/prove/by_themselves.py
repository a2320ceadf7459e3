"""What recbot sends by itself, for the proofs that look at every screen."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import create_engine, text

from bot.operations.messages import digest as digests
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.messages import digest_message
from storage.store import Store
from tests.cast import CORA, occasion


def digest(store: Store) -> Iterator[dict[str, Any]]:
    """Yield each message of the digest that would be posted now."""
    contents = digests.preview(store, occasion(CORA), NO_DIGEST)
    for message in digest_message.messages(contents, "digest:T0HOME:2025-03-10T09:00"):
        yield dict(message)


def take_deliveries(url: str) -> Iterator[tuple[str, Any]]:
    """Take what waits to be sent to somebody, by its key; it waits no longer afterwards."""
    engine = create_engine(url)
    with engine.begin() as connection:
        rows = connection.execute(
            text("SELECT key, payload_json FROM deliveries WHERE payload_json IS NOT NULL")
        )
        for key, written in rows:
            yield key, json.loads(written)
        connection.execute(text("DELETE FROM deliveries"))
    engine.dispose()
