"""The demo's clock: a file that the bot reads too, so that moving it moves everybody's time."""

import os
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LATER = re.compile(r"\+\s*(\d{1,4})\s*([mhdw])")
_NEXT = re.compile(rf"next ({'|'.join(_WEEKDAYS)})(?: (\d{{1,2}}):(\d{{2}}))?")


class MovedClock:
    """It shows the instant it was last moved to, and time has run on since."""

    def __init__(self, path: Path, instant: datetime) -> None:
        self.path = path
        self.move_to(instant)

    def now(self) -> datetime:
        """Return the aware UTC instant."""
        instant, written = self._moved
        return instant + timedelta(seconds=time.time() - written)

    def move_to(self, instant: datetime) -> None:
        # Put in its place whole: the bot may be reading at this moment.
        new = self.path.with_suffix(".new")
        new.write_text(instant.astimezone(UTC).isoformat(), encoding="utf-8")
        self._moved = (instant.astimezone(UTC), new.stat().st_mtime)
        os.replace(new, self.path)


def moment(text: str, now: datetime) -> datetime:
    """Return what `+1d`, `next monday 09:00` or an ISO instant means at `now`; London time unless it has an
    offset.

    Days and weeks keep the time of day across a change of clocks. Raises ValueError."""
    text = text.strip().lower()
    local = now.astimezone(LONDON)
    if later := _LATER.fullmatch(text):
        return _later(local, int(later[1]), later[2])
    if coming := _NEXT.fullmatch(text):
        days = (_WEEKDAYS.index(coming[1]) - local.weekday() - 1) % 7 + 1
        hour, minute = int(coming[2] or 9), int(coming[3] or 0)
        day = local + timedelta(days=days)
        return day.replace(hour=hour, minute=minute, second=0, microsecond=0).astimezone(UTC)
    instant = datetime.fromisoformat(text.upper())
    return (instant if instant.tzinfo else instant.replace(tzinfo=LONDON)).astimezone(UTC)


def _later(local: datetime, count: int, unit: str) -> datetime:
    if unit in "dw":
        return (local + timedelta(days=count * (7 if unit == "w" else 1))).astimezone(UTC)
    return local.astimezone(UTC) + timedelta(minutes=count * (60 if unit == "h" else 1))
