"""The register that operations meet, on both kinds of database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import Register, stalking_case

# `make test` tries what is recorded and asked on SQLite, `make prove` on PostgreSQL by the same tests: they
# took half of the time of all.
_POSTGRESQL_IN_PROVE = tuple(Path(__file__).parent / folder for folder in ("recording", "questions"))


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        # The name ends in the parameters: test_it[postgresql-before the deadline].
        parameters = item.name.partition("[")[2].rstrip("]").split("-")
        if "postgresql" in parameters and any(map(item.path.is_relative_to, _POSTGRESQL_IN_PROVE)):
            item.add_marker("prove")


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    yield made
    made.store.database.close()
