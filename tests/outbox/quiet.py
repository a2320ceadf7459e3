"""Rigs with contacts in which no digest comes."""

from collections.abc import Iterator

import pytest

from bot.operations.request.schedule_plan import NO_DIGEST
from tests.outbox.rig import Rig, on_sunday


@pytest.fixture
def rig(sqlite_url: str) -> Iterator[Rig]:
    with on_sunday(sqlite_url, with_contacts=True) as made:
        made.plan = NO_DIGEST
        yield made


@pytest.fixture
def rig_on_either(database_url: str) -> Iterator[Rig]:
    with on_sunday(database_url, with_contacts=True) as made:
        made.plan = NO_DIGEST
        yield made
