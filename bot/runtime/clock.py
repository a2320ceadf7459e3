"""What time it is: now, or for the demo and the tests an instant that somebody chose.

A Clock gives both times. Rules of dates ask for recbot's time: `now` and `today`. Leases and waits go by real
time, which nobody can set: `real_now` for what other processes read, `monotonic` for what this process waits.
Signatures and time-outs use real time too, and `elapsed` for how long something took.
"""

import os
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from bot.domain.calendar import london_date

# A file system's clock ticks in steps of some milliseconds: within one step, a second writing
# looks like the first, so a file this fresh (in seconds) is read again each time.
_FRESH = 0.1

# Linux's CLOCK_MONOTONIC stands still while the machine sleeps: by it, a process that slept for an hour after
# its claim would still be punctual.
_WHILE_ASLEEP_TOO: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def elapsed() -> float:
    """Return the seconds since some moment before this process began, with those for which the machine slept.
    They never go back, whatever the machine's clock is set to."""
    return time.monotonic() if _WHILE_ASLEEP_TOO is None else time.clock_gettime(_WHILE_ASLEEP_TOO)


class ClockError(ValueError):
    """The setting, or the file it names, holds no instant with an offset."""


class Clock(ABC):
    """Gives recbot's time, which the demo and the tests may set, and real time beside it."""

    # Whether recbot's time may be moved from outside, so that nobody should sleep long by it.
    can_jump = False
    # What `scaled` multiplies waits by: the setting RECBOT_SETTLE, below 1 where a test cannot wait so long.
    wait_factor: float = 1.0

    @abstractmethod
    def now(self) -> datetime:
        """Return recbot's present instant, aware, in UTC."""

    def today(self) -> date:
        """Return recbot's present date in London."""
        return london_date(self.now())

    def real_now(self) -> datetime:
        """Return the present instant of real time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return the seconds of real time since some moment: see `elapsed`."""
        return elapsed()

    def sleep(self, seconds: float) -> None:
        """Wait so many seconds of real time, which are not scaled."""
        time.sleep(seconds)

    def scaled(self, seconds: float) -> float:
        """Return how many seconds a wait of ours really takes: what Slack asks for is never scaled."""
        return seconds * self.wait_factor

    def real_after(self, seconds: float) -> datetime:
        """Return the instant of real time that ends a wait of ours that begins now."""
        return self.real_now() + timedelta(seconds=self.scaled(seconds))


@dataclass(frozen=True)
class SystemClock(Clock):
    """Real time."""

    wait_factor: float = 1.0

    def now(self) -> datetime:
        return datetime.now(UTC)


class StartingClock(Clock):
    """A clock that showed `start` when it was made, and has run on since."""

    def __init__(self, start: datetime, wait_factor: float = 1.0) -> None:
        self.wait_factor = wait_factor
        self._start = start.astimezone(UTC)
        self._made = elapsed()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=elapsed() - self._made)


class FileClock(Clock):
    """A clock that showed the instant in a file when the file was written, and has run on since.

    All processes that read one file share its time, and writing it anew moves them all. While the
    file is missing or half written, the clock runs on from what it last read.
    Raises ClockError if there is nothing to read at the start.
    """

    can_jump = True

    def __init__(self, path: Path, wait_factor: float = 1.0) -> None:
        self.wait_factor = wait_factor
        self._path = path
        self._reading = _read(path)

    def now(self) -> datetime:
        reading = self._reading
        if self._may_have_changed(reading):
            try:
                reading = self._reading = _read(self._path)
            except ClockError:
                pass
        return reading.instant + timedelta(seconds=time.time() - reading.written)

    def _may_have_changed(self, reading: "_Reading") -> bool:
        if time.time() - reading.written < _FRESH:
            return True
        try:
            return _version(os.stat(self._path)) != reading.version
        except OSError:
            return False


class _Reading(Struct, frozen=True):
    instant: datetime
    written: float
    version: tuple[int, ...]


def _read(path: Path) -> _Reading:
    try:
        with path.open(encoding="utf-8") as file:
            status = os.fstat(file.fileno())
            instant = parse_instant(file.read(100))
    except (OSError, UnicodeDecodeError) as error:
        raise ClockError("the clock's file cannot be read") from error
    return _Reading(instant, status.st_mtime, _version(status))


def _version(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_mtime_ns, status.st_size, status.st_ino)


def clock_from(setting: str, wait_factor: float = 1.0) -> Clock:
    """Return the clock that RECBOT_CLOCK asks for: nothing, an ISO 8601 instant with offset, or `@FILE` with
    one; `wait_factor` is RECBOT_SETTLE.

    Raises ClockError.
    """
    if not setting:
        return SystemClock(wait_factor)
    if setting.startswith("@"):
        return FileClock(Path(setting[1:]), wait_factor)
    return StartingClock(parse_instant(setting), wait_factor)


def parse_instant(text: str) -> datetime:
    """Read an ISO 8601 instant, and return it in UTC. Raises ClockError, also if the offset is missing."""
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ClockError("not an ISO 8601 instant") from error
    if instant.tzinfo is None:
        raise ClockError("the instant has no offset")
    return instant.astimezone(UTC)
