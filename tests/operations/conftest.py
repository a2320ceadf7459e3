"""The register that operations meet, on both kinds of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Register, stalking_case

_HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`make test` tries operations on SQLite, `make prove` on PostgreSQL by the same tests: what PostgreSQL
    does differently is tried in tests/storage and tests/outbox by both."""
    for item in items:
        # The name ends in the parameters: test_it[postgresql-before the deadline].
        parameters = item.name.partition("[")[2].rstrip("]").split("-")
        if "postgresql" in parameters and item.path.is_relative_to(_HERE):
            item.add_marker("prove")


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    yield made
    made.store.database.close()
