"""Every London week from 2000 to 2040 has exactly one digest slot, at its minute: at every hour, on every day
of the week, over all changes of clocks and bank holidays. The reckoning here shares nothing with the
product's: its bank holidays come from tests/bank_holidays.py, not from a library."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.messages.slots import next_slot, slots
from tests.bank_holidays import bank_holidays
from tests.prove.size import size

pytestmark = pytest.mark.prove

LONDON = ZoneInfo("Europe/London")
# A Monday before and a Sunday after: the weeks between are whole.
FIRST, LAST = date(2000, 1, 3), date(2040, 12, 30)
WEEKS = (LAST - FIRST).days // 7 + 1
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOLIDAYS = {day for year in range(2000, 2042) for day in bank_holidays(year)}
MINUTES = size(short=1, full=6)
TRIED_MINUTES = (0, 30, 1, 29, 59, 15)[:MINUTES]


def is_free(day: date) -> bool:
    return day.weekday() > 4 or day in HOLIDAYS


def expected(weekday: int, hour: int, minute: int) -> list[datetime]:
    """Return the UTC instants, one a week."""
    instants = []
    for week in range(WEEKS):
        day = FIRST + timedelta(weeks=week, days=weekday)
        if weekday <= 4:
            while is_free(day):
                day += timedelta(days=1)
        instants.append(first_instant(day, hour, minute))
    return instants


def first_instant(day: date, hour: int, minute: int) -> datetime:
    """Return when London's clocks first show that time on that day, or, where they leave it out, the first
    minute after it."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
    wanted = (day, hour, minute)
    for offset in (hour * 60 + minute - 60, hour * 60 + minute, hour * 60 + minute + 60):
        instant = midnight + timedelta(minutes=offset)
        shown = instant.astimezone(LONDON)
        if (shown.date(), shown.hour, shown.minute) == wanted:
            return instant
    return midnight + timedelta(hours=hour)


@pytest.mark.parametrize("weekday", range(7))
def test_every_week_has_one_slot_at_the_right_minute(weekday: int) -> None:
    counted = 0
    for hour in range(24):
        for minute in TRIED_MINUTES:
            weekly = f"FREQ=WEEKLY;BYDAY={DAYS[weekday]};BYHOUR={hour};BYMINUTE={minute}"
            rule = f"DTSTART:20000103T000000\nRRULE:{weekly}"
            before = datetime(2000, 1, 1, tzinfo=UTC)
            # Christmas may move the last one by some days.
            until = datetime(2041, 1, 1, 12, tzinfo=UTC)
            wanted = [instant for instant in expected(weekday, hour, minute) if instant <= until]
            instants = [slot.instant for slot in slots(rule, before, until)]
            assert instants[: len(wanted)] == wanted
            assert len(instants) - len(wanted) <= 1
            for instant in wanted[::97]:
                coming = next_slot(rule, instant - timedelta(microseconds=1))
                assert coming is not None
                assert coming.instant == instant
            counted += len(wanted)
    print(f"{DAYS[weekday]}: {counted:,} weeks, each with one slot at its minute")


def test_the_digest_of_the_settings_comes_once_in_each_week_from_2024_on() -> None:
    rule = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
    start = datetime(2023, 12, 31, tzinfo=UTC)
    all_slots = slots(rule, start, datetime(2040, 12, 30, tzinfo=UTC))
    weeks = [slot.local.isocalendar()[:2] for slot in all_slots]
    assert len(weeks) == len(set(weeks)) == (date(2040, 12, 24) - date(2024, 1, 1)).days // 7 + 1
    assert all((slot.local.hour, slot.local.minute) == (9, 0) for slot in all_slots)
