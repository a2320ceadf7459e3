"""Reading by one statement, without the cost of a transaction."""

import pytest

from bot.domain.values import replace
from storage import chain
from storage.appending import Chain
from storage.database import FOR_REQUESTS, Busy
from tests.cast import NOW
from tests.storage import register
from tests.storage.test_chain import DRAFT
from tests.storage.test_database import run_long


def test_a_glance_sees_what_was_saved_last(database_url: str) -> None:
    with register.empty(database_url) as store:
        for seq in (1, 2):
            with store.begin() as connection:
                Chain(connection).append(replace(DRAFT, request=None), NOW)
            with store.autocommit_read() as connection:
                assert chain.head(connection)[0] == seq


def test_a_glance_does_not_wait_for_a_writer(database_url: str) -> None:
    with (
        register.loaded(database_url, FOR_REQUESTS) as store,
        register.held_by_another(store),
        store.autocommit_read() as connection,
    ):
        assert chain.head(connection)[0] > 0


def test_a_glance_that_takes_too_long_is_ended(database_url: str) -> None:
    with register.empty(database_url, replace(FOR_REQUESTS, statement=0.3)) as store:
        with pytest.raises(Busy), store.autocommit_read() as connection:
            run_long(connection)
        with store.begin() as connection:
            assert Chain(connection).append(DRAFT, NOW).seq == 1
