"""The connection to the store is lost while somebody is served: nothing is written twice or told untruly."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
import pytest
from sqlalchemy import make_url

from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.rendering.screen import Screen
from handlers.errors import run
from handlers.recs import ask
from storage import updates
from storage.database import Busy, Connection, ConnectionLost, OutcomeUnknown
from storage.store import Store
from tests.cast import ALICE, Register, occasion, stalking_case
from tests.storage.audit import audit

TYPED = "note 15: two ISACs start in April"


@pytest.fixture
def register(postgresql_url: str) -> Iterator[Register]:
    made = stalking_case(postgresql_url)
    yield made
    made.store.database.close()


class Cut(Store, frozen=True, kw_only=True):
    """A store whose connections are cut as often as is said: at work, before the commit arrives, after it."""

    cuts: list[str]

    def begin(self) -> AbstractContextManager[Connection]:
        return self._cut(super().begin())

    def begin_short(self) -> AbstractContextManager[Connection]:
        return self._cut(super().begin_short())

    @contextmanager
    def _cut(self, transaction: AbstractContextManager[Connection]) -> Iterator[Connection]:
        how = self.cuts.pop(0) if self.cuts else ""
        if how == "away":
            raise Busy
        with transaction as connection:
            if how == "at work":
                terminate_others(self)
            yield connection
            if how == "committing":
                terminate_others(self)
        if how == "after":
            raise OutcomeUnknown


def cut(register: Register, *how: str) -> Cut:
    store = register.store
    return Cut(store.database, store.home_team, store.always_coordinators, cuts=list(how))


def terminate_others(store: Store) -> None:
    """As when the server restarts, or a firewall forgets a connection."""
    url = make_url(store.database.url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def types(register: Register, store: Store, key: str = "one request") -> str:
    services = replace(register.services(), store=store)
    operation: Callable[[Request], Screen | None] = lambda again: ask(services, again, TYPED)  # noqa: E731
    shown = run(services, occasion(ALICE, key=key), operation, TYPED)
    assert shown is not None
    return shown.text


def notes(register: Register) -> list[str]:
    url = register.store.database.url.render_as_string(hide_password=False)
    return [row["text"] for row in audit(url) if row["kind"] == "note"]


@pytest.mark.thorough
def test_connections_that_died_unused_are_not_noticed(register: Register) -> None:
    terminate_others(register.store)
    assert types(register, register.store).startswith("Recorded for Kent")
    assert notes(register) == ["two ISACs start in April"]


@pytest.mark.parametrize("when", ["at work", "committing"])
def test_cut_before_it_was_saved_it_is_done_again(register: Register, when: str) -> None:
    assert types(register, cut(register, when)).startswith("Recorded for Kent")
    assert notes(register) == ["two ISACs start in April"]


def test_cut_while_it_was_saved_it_is_told_that_it_was(register: Register) -> None:
    assert types(register, cut(register, "after")).startswith("Recorded for Kent")
    assert notes(register) == ["two ISACs start in April"]


def test_cut_twice_before_it_was_saved_it_is_told_that_nothing_was(register: Register) -> None:
    assert types(register, cut(register, "at work", "at work")).startswith("Busy: nothing was saved")
    assert notes(register) == []


@pytest.mark.parametrize("then", ["after", "away"])
def test_what_cannot_be_known_is_not_told_as_if_it_were(register: Register, then: str) -> None:
    assert "cannot tell whether it was saved" in types(register, cut(register, "after", then))
    assert len(notes(register)) == 1


def test_a_connection_that_is_cut_at_work_is_told_from_a_busy_store(register: Register) -> None:
    with pytest.raises(ConnectionLost), cut(register, "at work").begin() as connection:
        updates.get(connection, 1)
