"""Journeys: recbot as a process, in a stand-in Slack, used as people use it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.office import Office, office


@pytest.fixture
def empty_office(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    """Nothing is loaded and nothing runs yet."""
    with office(tmp_path, sqlite_url) as opened:
        yield opened


@pytest.fixture
def an_office(empty_office: Office) -> Office:
    """The example is loaded, and recbot serves."""
    empty_office.load_example()
    empty_office.start()
    return empty_office
