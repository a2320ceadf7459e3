import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.runtime.clock import ClockError, FileClock, StartingClock, SystemClock, clock_from

MONDAY = datetime(2025, 3, 10, 8, 59, 30, tzinfo=UTC)


def written(path: Path, text: str, ago: float = 0.0) -> Path:
    """A clock's file, last written `ago` seconds ago."""
    path.write_text(text)
    modified = time.time() - ago
    os.utime(path, (modified, modified))
    return path


def near(shown: datetime, expected: datetime) -> bool:
    """Within a minute: a slow machine is no fault of the clock's."""
    return timedelta() <= shown - expected < timedelta(minutes=1)


def test_without_a_setting_it_is_now() -> None:
    before = datetime.now(UTC)
    clock = clock_from("")
    assert isinstance(clock, SystemClock)
    assert before <= clock.now() <= datetime.now(UTC)
    assert not clock.can_jump


def test_an_instant_is_where_the_clock_starts_and_it_runs_on() -> None:
    clock = clock_from("2025-03-10T08:59:30+00:00")
    first, second = clock.now(), clock.now()
    assert isinstance(clock, StartingClock)
    assert near(first, MONDAY)
    assert second > first
    assert not clock.can_jump


def test_a_clock_that_was_set_leaves_real_time_alone_and_its_factor_shortens_our_waits() -> None:
    clock = clock_from("2025-03-10T08:59:30+00:00", wait_factor=0.5)
    before = datetime.now(UTC)
    assert before <= clock.real_now() <= datetime.now(UTC)
    assert clock.scaled(60) == 30
    assert near(clock.real_after(60), before + timedelta(seconds=30))
    assert clock_from("").scaled(60) == 60


def test_now_is_utc_whatever_the_offset() -> None:
    shown = clock_from("2025-07-10T00:30:00+01:00").now()
    assert shown.tzinfo is UTC
    assert near(shown, datetime(2025, 7, 9, 23, 30, tzinfo=UTC))


def test_today_is_the_date_in_london() -> None:
    assert clock_from("2025-07-09T23:30:00Z").today() == date(2025, 7, 10)
    assert clock_from("2025-01-09T23:30:00Z").today() == date(2025, 1, 9)


def test_a_file_holds_what_it_was_when_the_file_was_written(tmp_path: Path) -> None:
    path = written(tmp_path / "clock", "2025-03-10T08:59:30+00:00\n", ago=3600)
    clock = clock_from(f"@{path}")
    assert isinstance(clock, FileClock)
    assert near(clock.now(), MONDAY + timedelta(hours=1))
    assert clock.today() == date(2025, 3, 10)
    assert clock.can_jump


def test_all_who_read_one_file_share_its_time(tmp_path: Path) -> None:
    path = written(tmp_path / "clock", "2025-03-10T08:59:30+00:00", ago=50)
    file_clock, other = FileClock(path), FileClock(path)
    first, second, third = file_clock.now(), other.now(), file_clock.now()
    assert first <= second <= third


@pytest.mark.parametrize("ago", [0.0, 500.0])
def test_writing_the_file_anew_moves_the_clock(tmp_path: Path, ago: float) -> None:
    path = written(tmp_path / "clock", "2025-03-10T08:59:30+00:00", ago=ago)
    clock = FileClock(path)
    clock.now()
    written(path, "2026-03-10T08:59:30+00:00")
    assert near(clock.now(), MONDAY.replace(year=2026))
    written(path, "2024-03-10T08:59:30+00:00")
    assert near(clock.now(), MONDAY.replace(year=2024))


@pytest.mark.parametrize("text", ["", "2025-", "2025-03-10"])
def test_a_file_half_written_leaves_the_clock_running(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "clock", "2025-03-10T08:59:30+00:00")
    clock = FileClock(path)
    written(path, text)
    assert near(clock.now(), MONDAY)
    written(path, "2026-03-10T08:59:30+00:00")
    assert near(clock.now(), MONDAY.replace(year=2026))


def test_a_file_taken_away_leaves_the_clock_running(tmp_path: Path) -> None:
    path = written(tmp_path / "clock", "2025-03-10T08:59:30+00:00", ago=5)
    clock = FileClock(path)
    path.unlink()
    assert near(clock.now(), MONDAY + timedelta(seconds=5))


@pytest.mark.parametrize("setting", ["soon", "2025-03-10", "2025-03-10T08:59:30", "@", "@/does/not/exist"])
def test_what_is_no_instant_with_an_offset_is_refused(setting: str) -> None:
    with pytest.raises(ClockError):
        clock_from(setting)


def test_a_file_without_an_instant_is_refused_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "clock").write_bytes(b"\xff\xfe")
    with pytest.raises(ClockError):
        FileClock(tmp_path / "clock")


ASLEEP = 86_400.0  # seconds
# A namespace of time in which the machine has slept for a day.
HAVING_SLEPT = ["unshare", "--time", "--boottime", f"{ASLEEP:.0f}", "--fork", sys.executable, "-c"]


def can_have_slept() -> bool:
    try:
        return subprocess.run([*HAVING_SLEPT, ""], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def test_deadlines_are_measured_by_a_clock_that_runs_on_while_the_machine_sleeps() -> None:
    if not can_have_slept():
        pytest.skip("only Linux has such a clock, and only an administrator may set it")
    program = (
        "import time; from bot.runtime.clock import SystemClock;"
        "print(SystemClock().monotonic() - time.monotonic())"
    )
    done = subprocess.run([*HAVING_SLEPT, program], capture_output=True, text=True, check=True)
    assert float(done.stdout) >= ASLEEP - 1
