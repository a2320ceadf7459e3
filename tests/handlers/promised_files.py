"""What a handler that promises a file meets: work that is put off, and a Slack for files."""

from collections.abc import Callable

import pytest

from bot.domain.values import replace
from bot.operations.request.context import Services
from tests.cast import Register
from tests.handlers.recording_slack import RecordingSlack


@pytest.fixture
def later() -> list[Callable[[], None]]:
    """The work that was put off."""
    return []


@pytest.fixture
def sent() -> RecordingSlack:
    return RecordingSlack()


@pytest.fixture
def services(register: Register, later: list[Callable[[], None]], sent: RecordingSlack) -> Services:
    return replace(register.services(), slowly=lambda work, _who: later.append(work), files=sent)
