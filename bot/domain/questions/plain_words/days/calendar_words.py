"""The words of the calendar: months, days of the week, years, ordinals, units of time."""

import re
from collections.abc import Sequence

from bot.domain.questions.written_dates import MONTHS, NEAR_DAYS, WEEKDAYS

_SHORT = 3
MONTH_NUMBERS = {
    name: number for number, (month, _) in enumerate(MONTHS, start=1) for name in (month, month[:_SHORT])
} | {"sept": 9}
WEEKDAY_NUMBERS = {
    name: number for number, weekday in enumerate(WEEKDAYS) for name in (weekday, weekday[:_SHORT])
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
DAYS_FROM_TODAY = NEAR_DAYS | {"tonight": 0, "tmrw": 1, "tomoz": 1}
UNITS = {
    unit: name
    for name, units in {
        "days": ("day", "days", "d"),
        "weeks": ("week", "weeks", "wk", "wks", "w"),
        "fortnights": ("fortnight", "fortnights"),
        "months": ("month", "months", "mth", "mths", "m"),
        "years": ("year", "years", "yr", "yrs", "y"),
    }.items()
    for unit in units
}
DAY_OF_MONTH = re.compile(r"([0-9]{1,2})(st|nd|rd|th)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "last": 4,
}


def year_beginning(words: Sequence[str]) -> tuple[int | None, int]:
    return (int(words[0]), 1) if words and _YEAR.fullmatch(words[0]) else (None, 0)


STEPS = {"this": 0, "coming": 1, "next": 1, "last": -1, "previous": -1, "past": -1}
