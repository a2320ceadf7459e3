"""How long a request waits for the database, and what it may believe afterwards."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.domain.values import replace
from storage.appending import Chain
from storage.database import FOR_REQUESTS, Busy, ConnectionLost, Database
from storage.store import Store
from storage.time_left import waiting_until
from tests.cast import NOW
from tests.storage import register
from tests.storage.audit import unbroken
from tests.storage.test_chain import DRAFT, GaveUp

HASTY = replace(FOR_REQUESTS, lock=0.2, statement=0.3, pool=0.2)
PATIENT = replace(FOR_REQUESTS, lock=40, statement=40)
SLACK_WAITS = 3.0  # seconds
LONG = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}
SHORT = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000)"
    " SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(0.02)",
}

# A row that names one that is not there lets the commit fail, and nothing before.
SELF_REFERENCE = (
    "CREATE TABLE links (id INTEGER PRIMARY KEY,"
    " other INTEGER REFERENCES links (id) DEFERRABLE INITIALLY DEFERRED)"
)


def test_a_request_gives_up_before_slack_does() -> None:
    timeouts = FOR_REQUESTS
    assert max(timeouts.lock, timeouts.statement, timeouts.pool, timeouts.connect) < SLACK_WAITS


def test_a_request_gives_up_while_a_lock_is_still_held(database_url: str) -> None:
    with register.loaded(database_url), register.empty(database_url, FOR_REQUESTS) as store:
        with register.held_by_another(store), pytest.raises(Busy), store.begin() as connection:
            Chain(connection).append(DRAFT, NOW)
        before = len(unbroken(database_url))
        with store.begin() as connection:
            assert Chain(connection).append(DRAFT, NOW).seq == before + 1


@pytest.mark.parametrize("is_short", [True, False])
def test_who_has_little_time_left_waits_no_longer_than_that_and_the_next_one_as_long_as_usual(
    database_url: str, is_short: bool
) -> None:
    with register.loaded(database_url), register.empty(database_url, PATIENT) as store:
        begin = store.begin_short if is_short else store.begin
        with register.held_by_another(store), hurried(), begin() as connection:
            Chain(connection).append(DRAFT, NOW)
        with begin() as connection:
            assert Chain(connection).append(DRAFT, NOW).seq == len(unbroken(database_url)) + 1
            assert lock_timeout(connection) == PATIENT.lock


@pytest.mark.parametrize("in_one_statement", [True, False])
def test_a_reader_who_has_little_time_left_is_ended_then_and_the_next_one_as_usual(
    database_url: str, in_one_statement: bool
) -> None:
    with register.empty(database_url, PATIENT) as store:
        read = store.autocommit_read if in_one_statement else store.reading
        with hurried(), read() as connection:
            run_long(connection)
        with read() as connection:
            assert lock_timeout(connection) == PATIENT.lock


@contextmanager
def hurried() -> Iterator[None]:
    """Expect that whoever has half a second left is told in time that the database is busy."""
    began = time.monotonic()
    with waiting_until(began + 0.5), pytest.raises(Busy):
        yield
    assert time.monotonic() - began < PATIENT.lock / 2


def lock_timeout(connection: Connection) -> float:
    if connection.dialect.name == "sqlite":
        return float(connection.execute(text("PRAGMA busy_timeout")).scalar_one()) / 1000
    return float(connection.execute(text("SHOW lock_timeout")).scalar_one().removesuffix("s"))


@pytest.mark.parametrize("reads", [True, False])
def test_a_statement_that_takes_too_long_is_ended_and_nothing_is_saved(
    database_url: str, reads: bool
) -> None:
    with register.empty(database_url, HASTY) as store:
        with pytest.raises(Busy):
            (read_long if reads else write_long)(store)
        assert unbroken(database_url) == []
        with store.begin() as connection:
            Chain(connection).append(DRAFT, NOW)
        assert len(unbroken(database_url)) == 1


def test_who_reads_a_whole_register_goes_on_while_each_statement_ends_in_time(database_url: str) -> None:
    with (
        register.empty(database_url, replace(HASTY, reads_at_length=True)) as store,
        store.reading() as connection,
    ):
        ends = time.monotonic() + 2 * HASTY.statement
        while time.monotonic() < ends:
            run_short(connection)
        with pytest.raises(DBAPIError):
            run_long(connection)


def test_who_writes_a_whole_register_keeps_others_waiting_no_longer_than_the_limit(sqlite_url: str) -> None:
    with register.empty(sqlite_url, replace(HASTY, reads_at_length=True)) as store:
        with pytest.raises(Busy):
            write_many(store, seconds=20)
        assert unbroken(sqlite_url) == []


def test_on_postgresql_as_long_may_pass_between_two_statements_of_who_reads_a_whole_register(
    postgresql_url: str,
) -> None:
    timeouts = replace(FOR_REQUESTS, statement=1_800, reads_at_length=True)
    with register.empty(postgresql_url, timeouts) as store:
        for begin, limit in ((store.reading, "30min"), (store.begin, "30s")):
            with begin() as connection:
                shown = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar_one()
                assert shown == limit


def write_many(store: Store, seconds: float) -> None:
    with store.begin() as connection:
        Chain(connection).append(DRAFT, NOW)
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            run_short(connection)


def run_short(connection: Connection) -> None:
    connection.execute(text(SHORT[connection.dialect.name]))


def read_long(store: Store) -> None:
    with store.reading() as connection:
        run_long(connection)


def write_long(store: Store) -> None:
    with store.begin() as connection:
        Chain(connection).append(DRAFT, NOW)
        run_long(connection)


def run_long(connection: Connection) -> None:
    connection.execute(text(LONG[connection.dialect.name]))


def test_after_a_commit_that_failed_nothing_is_saved_and_the_next_one_writes(database_url: str) -> None:
    with register.empty(database_url, replace(HASTY, connections=1)) as store:
        with store.begin() as connection:
            connection.execute(text(SELF_REFERENCE))
        with pytest.raises(Busy):
            link_nowhere(store)
        assert unbroken(database_url) == []
        with store.begin() as connection:
            Chain(connection).append(DRAFT, NOW)
        assert len(unbroken(database_url)) == 1


def link_nowhere(store: Store) -> None:
    with store.begin() as connection:
        Chain(connection).append(DRAFT, NOW)
        connection.execute(text("INSERT INTO links (id, other) VALUES (1, 99)"))


def test_no_place_in_the_pool_is_busy_too(database_url: str) -> None:
    only_one = replace(HASTY, connections=1)
    with (
        register.empty(database_url, only_one) as store,
        store.reading(),
        pytest.raises(Busy),
        store.reading(),
    ):
        pass


def test_a_reader_does_not_wait_for_a_writer(database_url: str) -> None:
    with (
        register.loaded(database_url, HASTY) as store,
        register.held_by_another(store),
        store.reading() as connection,
    ):
        assert connection.execute(text("SELECT count(*) FROM updates")).scalar_one() > 0


def test_a_reader_sees_one_moment_only(database_url: str) -> None:
    with register.empty(database_url) as store, store.reading() as connection:
        count = text("SELECT count(*) FROM updates")
        before = connection.execute(count).scalar_one()
        with store.begin() as writing:
            Chain(writing).append(DRAFT, NOW)
        assert connection.execute(count).scalar_one() == before


def test_a_reader_cannot_write_on_postgresql(postgresql_url: str) -> None:
    with (
        register.loaded(postgresql_url) as store,
        store.reading() as connection,
        pytest.raises(DBAPIError, match="read-only transaction"),
    ):
        connection.execute(text("UPDATE chain_head SET seq = 0"))


def test_an_exception_takes_everything_back(database_url: str) -> None:
    with register.empty(database_url) as store:
        with suppress(GaveUp), store.begin() as connection:
            Chain(connection).append(DRAFT, NOW)
            raise GaveUp
        assert unbroken(database_url) == []


def test_a_connection_that_the_server_ends_is_busy_and_the_next_one_works(postgresql_url: str) -> None:
    with register.empty(postgresql_url, HASTY) as store:
        with pytest.raises(Busy):
            write_while_the_server_goes(store)
        assert unbroken(postgresql_url) == []
        with store.reading():
            pass
        end_connections(store.database)
        with store.begin() as connection:
            Chain(connection).append(DRAFT, NOW)


@pytest.mark.parametrize("rest", [0, 60])
def test_a_reader_is_given_another_connection_for_one_that_has_gone_unless_it_was_just_used(
    postgresql_url: str, rest: float
) -> None:
    with register.empty(postgresql_url, replace(HASTY, rest=rest)) as store:
        with store.reading():
            pass
        end_connections(store.database)
        with pytest.raises(ConnectionLost) if rest else nullcontext(), store.reading() as connection:
            connection.execute(text("SELECT 1"))
        with store.reading() as connection:
            assert connection.execute(text("SELECT 1")).scalar_one() == 1


def write_while_the_server_goes(store: Store) -> None:
    with store.begin() as connection:
        Chain(connection).append(DRAFT, NOW)
        end_connections(store.database)
        connection.execute(text("SELECT 1"))


def end_connections(database: Database) -> None:
    others = text(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    other = Database(database.url.render_as_string(hide_password=False), FOR_REQUESTS)
    with other.begin() as connection:
        connection.execute(others)
    other.close()


def test_writers_wait_for_one_another_instead_of_failing(database_url: str) -> None:
    with register.empty(database_url) as store:

        def write() -> None:
            for _ in range(10):
                with store.begin() as connection:
                    Chain(connection).append(DRAFT, NOW)

        threads = [threading.Thread(target=write) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with store.reading() as connection:
            assert connection.execute(text("SELECT seq FROM chain_head")).scalar_one() == 40


def test_sqlite_is_set_up_so_that_nothing_acknowledged_is_lost(sqlite_url: str) -> None:
    expected = {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1,
        "secure_delete": 1, "trusted_schema": 0, "busy_timeout": 1500,
    }  # fmt: skip
    with register.empty(sqlite_url, FOR_REQUESTS) as store, store.reading() as connection:
        pragmas = {name: connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in expected}
        assert pragmas == expected
        # Else the driver would begin transactions of its own.
        driver: Any = connection.connection.dbapi_connection
        assert driver.isolation_level is None
