"""Row 58: the tour is stopped at its first line, by either signal, in a terminal or in the background: it
says so, and leaves nothing behind."""

import signal
from pathlib import Path

import pytest

from tests.standin.test_tour import IN_THE_BACKGROUND, must_stop_cleanly

pytestmark = pytest.mark.prove


@pytest.mark.parametrize("started", [[], IN_THE_BACKGROUND])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_tour_is_clean(tmp_path: Path, number: signal.Signals, started: list[str]) -> None:
    must_stop_cleanly(tmp_path, number, started)
