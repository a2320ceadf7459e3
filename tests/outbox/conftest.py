"""The rig of the outbox's tests: the stalking case, whose schedule has run for the first time on a Sunday."""

from collections.abc import Iterator

import pytest

from tests.outbox.rig import Rig, on_sunday


@pytest.fixture
def rig(sqlite_url: str) -> Iterator[Rig]:
    with on_sunday(sqlite_url) as made:
        yield made


@pytest.fixture
def rig_on_either(database_url: str) -> Iterator[Rig]:
    with on_sunday(database_url) as made:
        yield made
