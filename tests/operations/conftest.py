"""The register that operations meet, on both kinds of database."""

from collections.abc import Iterator

import pytest

from tests.cast import Register, stalking_case


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = stalking_case(database_url)
    yield made
    made.store.database.close()
