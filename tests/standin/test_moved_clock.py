from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.runtime.clock import clock_from
from bot.standin.moved_clock import MovedClock, moment

NINE = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)


def test_the_bot_reads_the_same_time_from_the_file_before_and_after_a_move(tmp_path: Path) -> None:
    clock = MovedClock(tmp_path / "clock", NINE)
    bots = clock_from(f"@{clock.path}")
    assert abs(bots.now() - clock.now()) < timedelta(seconds=1)
    clock.move_to(NINE + timedelta(days=7))
    assert abs(bots.now() - clock.now()) < timedelta(seconds=1)
    assert clock.now() >= NINE + timedelta(days=7)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("+30m", "2025-03-10T09:30+00:00"),
        ("+2h", "2025-03-10T11:00+00:00"),
        ("+1d", "2025-03-11T09:00+00:00"),
        # Over the change to summer time, nine stays nine.
        ("+3w", "2025-03-31T09:00+01:00"),
        ("next Monday 09:00", "2025-03-17T09:00+00:00"),
        ("next friday", "2025-03-14T09:00+00:00"),
        ("2025-04-21T09:00", "2025-04-21T09:00+01:00"),
        ("2025-04-21T09:00:00+00:00", "2025-04-21T10:00+01:00"),
        ("2025-03-28", "2025-03-28T00:00+00:00"),
    ],
)
def test_moments_as_people_say_them(words: str, expected: str) -> None:
    assert moment(words, NINE) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("words", ["", "soon", "+1", "-1d", "next week", "next monday 25:00"])
def test_what_is_no_moment_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        moment(words, NINE)
