"""Row 58: the tour is stopped at its first line, by either signal, in a terminal or in the background: it
says so, and leaves nothing behind."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.standin.test_tour import PATIENCE, ROOT, TOUR, hostile

pytestmark = pytest.mark.prove
# As a shell starts what is followed by "&": whatever it starts inherits that Ctrl-C is ignored.
IN_THE_BACKGROUND = ["sh", "-c", 'trap "" INT; exec "$@"', "sh"]


@pytest.mark.parametrize("started", [[], IN_THE_BACKGROUND])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_the_tour_is_clean(tmp_path: Path, number: signal.Signals, started: list[str]) -> None:
    must_stop_cleanly(tmp_path, number, started)


def must_stop_cleanly(tmp_path: Path, number: signal.Signals, started: list[str]) -> None:
    """Start the tour, send it this signal at its first line, and look at what it says and leaves behind."""
    with subprocess.Popen(
        [*started, *TOUR],
        cwd=ROOT,
        env=hostile(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as tour:
        assert tour.stdout
        tour.stdout.readline()
        tour.send_signal(number)
        text, problems = tour.communicate(timeout=PATIENCE)
    assert tour.returncode == 1
    assert text.endswith("Stopped; nothing is left behind.\n")
    assert problems == ""
    assert list((tmp_path / "tmp").iterdir()) == []
