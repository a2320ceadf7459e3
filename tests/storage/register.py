"""A register to test on: the shipped example in a fresh database, and people who may do something in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import psycopg
from sqlalchemy import make_url

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body
from bot.domain.register.people import Membership, Person, PersonKey, Role
from bot.operations.imports.example import load_example
from storage import bodies, people, schema
from storage.database import FOR_WORK, Database, Timeouts
from storage.store import Store
from tests import templates
from tests.cast import ALICE, BOB, CORA, HOME, NOW, VIC

R15, R16, R25 = (Ref(None, number) for number in ("15", "16", "25"))


@contextmanager
def empty(url: str, timeouts: Timeouts = FOR_WORK) -> Iterator[Store]:
    """Return a store with the schema and nothing in it, where the settings name Cora."""
    templates.fill(url, "migrated", _migrate)
    with _store(url, timeouts) as store:
        yield store


@contextmanager
def loaded(url: str, timeouts: Timeouts = FOR_WORK) -> Iterator[Store]:
    """Return the example, with Cora Lane who coordinates, and Vic Park who only looks."""
    templates.fill(url, "example with Cora and Vic", _load)
    with _store(url, timeouts) as store:
        yield store


@contextmanager
def _store(url: str, timeouts: Timeouts) -> Iterator[Store]:
    database = Database(url, timeouts)
    try:
        yield Store(database, HOME, frozenset({CORA.user_id}))
    finally:
        database.close()


def _migrate(url: str) -> None:
    with _store(url, FOR_WORK) as store:
        schema.upgrade(store.database)


def _load(url: str) -> None:
    _migrate(url)
    with _store(url, FOR_WORK) as store:
        load_example(store, NOW - timedelta(days=1))
        enter(store, CORA, "Cora Lane")
        enter(store, VIC, "Vic Park")


@contextmanager
def with_contacts(url: str, timeouts: Timeouts = FOR_WORK) -> Iterator[Store]:
    """Return the same with Alice, who speaks for Kent, and Bob, who speaks for Surrey."""
    templates.fill(url, "example with Cora, Vic, Alice and Bob", _load_with_contacts)
    with _store(url, timeouts) as store:
        yield store


def _load_with_contacts(url: str) -> None:
    _load(url)
    with _store(url, FOR_WORK) as store:
        enter(store, ALICE, "Alice Ash", "kent")
        enter(store, BOB, "Bob Birch", "surrey")


def enter(
    store: Store,
    who: PersonKey,
    name: str,
    *slugs: str,
    membership: Membership = Membership.MEMBER,
    refreshed_at: datetime = NOW,
) -> None:
    """Make a person known, as a contact of these bodies."""
    with store.begin() as connection:
        people.remember(connection, Person(who, name, membership, refreshed_at))
    for slug in slugs:
        give(store, who, Role.CONTACT, body(store, slug).code)


def give(store: Store, who: PersonKey, role: Role, body_code: str = "") -> None:
    with store.begin() as connection:
        people.grant(connection, who, role, body_code, NOW)


def take(store: Store, who: PersonKey, role: Role, body_code: str = "") -> None:
    with store.begin() as connection:
        people.revoke(connection, who, role, body_code)


def body(store: Store, slug: str) -> Body:
    with store.reading() as connection:
        policing_body = next(
            policing_body for policing_body in bodies.everyone(connection) if policing_body.slug == slug
        )
    return Body(policing_body.code, policing_body.slug, policing_body.short_name)


@contextmanager
def held_by_another(store: Store) -> Iterator[None]:
    """Hold the database by a transaction of somebody else's that has begun to write, and does not end."""
    url = store.database.url
    if store.database.is_sqlite:
        other = sqlite3.connect(str(url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            yield
        finally:
            other.close()
        return
    with psycopg.connect(_plain(store)) as held:
        held.execute("SELECT * FROM chain_head FOR UPDATE")
        yield


def _plain(store: Store) -> str:
    return make_url(store.database.url).set(drivername="postgresql").render_as_string(hide_password=False)
