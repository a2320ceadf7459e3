"""The register that the bench asks: the shipped example in a SQLite file of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.people import Membership, Person, PersonKey
from bot.operations import speakers
from bot.operations.example import load_example
from storage import schema
from storage.database import FOR_WORK, Database
from storage.store import Store

HOME = "T0HOME"
# A Monday before the deadline of 27 March 2025: nothing is late, everything is accepted and open.
NOW = datetime(2025, 3, 10, 9, tzinfo=UTC)
VIEWER = PersonKey(HOME, "U0VIC")


@contextmanager
def register() -> Iterator[str]:
    """The SQLAlchemy URL of a register that knows the viewer; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="recbot-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'recbot.db'}"
        with closing(Database(url, FOR_WORK)) as database:
            schema.upgrade(database)
            store = Store(database, HOME)
            load_example(store, NOW)
            speakers.remember(store, Person(VIEWER, "Vic Park", Membership.MEMBER, NOW))
        yield url
