"""The registers that the bench asks: on either database, of any size, with somebody who may look and somebody
who may record."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from sqlalchemy import make_url, text

from bot.domain.register.people import Membership, Person, PersonKey, Role
from bot.operations.imports.example import load_example
from bot.operations.request import actors
from storage import people, schema
from storage.database import Database, Timeouts
from storage.store import Store
from tests.bench.filling import fill

HOME = "T0HOME"
# A Monday after the deadline of 27 March 2025: all of the example is accepted, and all of it is late.
NOW = datetime(2025, 4, 7, 9, tzinfo=UTC)
VIEWER = PersonKey(HOME, "U0VIC")
WRITER = PersonKey(HOME, "U0CORA")

SMALL, MIDDLE, LARGE = 4, 300, 10_000
# Filling the large one takes minutes.
FOR_FILLING = Timeouts(lock=30, statement=3_600, pool=30, connect=30, connections=2)


@contextmanager
def sqlite(recommendations: int = SMALL) -> Iterator[str]:
    """The SQLAlchemy URL of a register in a file; it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="recbot-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'recbot.db'}"
        _make(url, recommendations)
        yield url


@contextmanager
def on_postgresql(server: str, recommendations: int = SMALL) -> Iterator[str]:
    """The same in a database of a server's, by the server's URL."""
    name = f"bench_{recommendations}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            url = make_url(server).set(database=name).render_as_string(hide_password=False)
            _make(url, recommendations)
            yield url
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _make(url: str, recommendations: int) -> None:
    with closing(Database(url, FOR_FILLING)) as database:
        schema.upgrade(database)
        store = Store(database, HOME)
        load_example(store, NOW)
        with store.begin() as connection:
            if database.is_sqlite:
                # What is lost in a power cut is built anew.
                connection.execute(text("PRAGMA cache_size = -500000"))
            fill(connection, recommendations, NOW.date())
        for who, name in ((VIEWER, "Vic Park"), (WRITER, "Cora Lane")):
            actors.remember(store, Person(who, name, Membership.MEMBER, NOW))
        with store.begin() as connection:
            people.grant(connection, WRITER, Role.COORDINATOR, "", NOW)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
