"""A register in which something has happened, and an empty one."""

from collections.abc import Iterator

import pytest

from storage import people
from tests.accounts import lively
from tests.cast import CORA, Register, migrated, person, stalking_case


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = lively(stalking_case(sqlite_url))
    yield made
    made.store.database.close()


@pytest.fixture
def empty(sqlite_url: str) -> Iterator[Register]:
    made = Register(migrated(sqlite_url))
    with made.store.begin() as connection:
        people.remember(connection, person(CORA))
    yield made
    made.store.database.close()
