"""The register that handlers meet: the stalking case with its cast."""

from collections.abc import Iterator

import pytest

from tests.cast import Register, stalking_case


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()
