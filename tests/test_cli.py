"""The command as a shell runs it."""

import os
import subprocess
import sys


def test_a_reader_who_has_had_enough_ends_it_quietly() -> None:
    """As in `recbot manifest | head`: the other end of the pipe is closed."""
    reading, writing = os.pipe()
    os.close(reading)
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "manifest"], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (1, b"")
