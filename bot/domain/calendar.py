"""Civil dates in London, and the working days of England and Wales."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

_WORKING_WEEK = 5
_ONE_DAY = timedelta(days=1)


def london_date(instant: datetime) -> date:
    """Return the civil date in London at an aware instant.

    Raises ValueError for an instant without an offset, which could mean any place's time."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return instant.astimezone(LONDON).date()


@lru_cache(maxsize=1_000)
def beginning_of(day: date) -> datetime:
    """Return the UTC instant at which a civil date begins in London."""
    return datetime.combine(day, time.min, tzinfo=LONDON).astimezone(UTC)


def is_working_day(day: date) -> bool:
    """Whether a day is neither at a weekend nor a bank holiday of England and Wales."""
    return day.isoweekday() <= _WORKING_WEEK and day not in _bank_holidays(day.year)


def working_days_between(after: date, until: date) -> int:
    """Return how many working days come after `after`, up to and including `until`; 0 if `until` is not
    later."""
    if until <= after:
        return 0
    bank_holidays = sum(
        after < holiday <= until and holiday.isoweekday() <= _WORKING_WEEK
        for year in range(after.year, until.year + 1)
        for holiday in _bank_holidays(year)
    )
    return _weekdays_up_to(until) - _weekdays_up_to(after) - bank_holidays


def next_working_day(day: date) -> date:
    """Return the day itself if it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def previous_working_day(day: date) -> date:
    """Return the day itself if it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= _ONE_DAY
    return day


def _weekdays_up_to(day: date) -> int:
    # 1 January of the year 1, the day with ordinal 1, was a Monday.
    weeks, days = divmod(day.toordinal(), 7)
    return weeks * _WORKING_WEEK + min(days, _WORKING_WEEK)


@lru_cache(maxsize=256)
def _bank_holidays(year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - it takes long, and few answers count working days

    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))
