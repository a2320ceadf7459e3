"""Exact dates and feasts: "27/03/2025", "the 27th", "1 to 15 January", "Easter Monday"."""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from bot.domain.questions.plain_words.days.calendar_words import (
    DAY_OF_MONTH,
    MONTH_NUMBERS,
    WEEKDAY_NUMBERS,
    year_beginning,
)
from bot.domain.questions.plain_words.days.spans import DayWords, Span, one_day, with_more_taken

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_SHORT_FIGURES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")


def exact_date(words: Sequence[str], today: date) -> DayWords | None:
    """Read a date: 2025-03-27, 27/03/2025, 27 March 2025, 27th of March, March 27, Monday 3 March, the
    27th."""
    skipped = 0
    if words[0] in WEEKDAY_NUMBERS and len(words) > 1:
        inner = exact_date(words[1:], today) if words[1] not in WEEKDAY_NUMBERS else None
        return with_more_taken(inner, 1)
    if words[0] == "the" and len(words) > 1:
        inner = exact_date(words[1:], today)
        return with_more_taken(inner, 1)
    for pattern in (_ISO, _FIGURES, _SHORT_FIGURES):
        if match := pattern.fullmatch(words[0]):
            return _figures(pattern, match, today)
    day = DAY_OF_MONTH.fullmatch(words[0])
    if day:
        rest = words[1:]
        if rest and rest[0] == "of":
            rest, skipped = rest[1:], 1
        if rest and rest[0] in MONTH_NUMBERS:
            year, with_year = year_beginning(rest[1:])
            return _dated(int(day[1]), MONTH_NUMBERS[rest[0]], year, today, 2 + skipped + with_year)
        counts = rest[:1] and rest[0] in _COUNTED_BY_PLACE
        return _of_a_near_month(int(day[1]), today) if day[2] and not skipped and not counts else None
    if words[0] in MONTH_NUMBERS and len(words) > 1:
        day = DAY_OF_MONTH.fullmatch(words[1])
        if day and not (len(words) > 2 and words[2] in MONTH_NUMBERS):
            year, with_year = year_beginning(words[2:])
            return _dated(int(day[1]), MONTH_NUMBERS[words[0]], year, today, 2 + with_year)
    return None


# "The second one" and "the 16th rec" are no days.
_COUNTED_BY_PLACE = frozenset(
    (
        "one",
        "rec",
        "recs",
        "recommendation",
        "recommendations",
        "report",
        "body",
        "part",
        "time",
        "place",
        "to",
    )
)


def _of_a_near_month(day: int, today: date) -> DayWords | None:
    """Return the nearest days with this number, "the 27th", today among them: the one ahead and the one
    behind."""
    months = [today.replace(day=1) + relativedelta(months=step) for step in range(-2, 3)]
    days = [near for month in months if (near := _date_or_none(month.year, month.month, day))]
    ahead = next((near for near in days if near >= today), None)
    behind = next((near for near in reversed(days) if near <= today), None)
    return DayWords(1, one_day(ahead), one_day(behind)) if ahead and behind else None


def _figures(pattern: re.Pattern[str], match: re.Match[str], today: date) -> DayWords | None:
    if pattern is _ISO:
        return _dated(int(match[3]), int(match[2]), int(match[1]), today, 1)
    if pattern is _FIGURES:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _dated(int(match[1]), int(match[2]), year, today, 1)
    return _dated(int(match[1]), int(match[2]), None, today, 1)


def _dated(day: int, month: int, year: int | None, today: date, taken: int) -> DayWords | None:
    if year is not None:
        exact = _date_or_none(year, month, day)
        return DayWords(taken, one_day(exact), one_day(exact)) if exact else None
    ahead = next(
        (d for n in range(9) if (d := _date_or_none(today.year + n, month, day)) and d >= today), None
    )
    behind = next(
        (d for n in range(9) if (d := _date_or_none(today.year - n, month, day)) and d <= today), None
    )
    return DayWords(taken, one_day(ahead), one_day(behind)) if ahead and behind else None


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Days that have a name, as month and day.
_NAMED_DAYS = {
    "burns night": (1, 25),
    "valentine day": (2, 14),
    "valentines day": (2, 14),
    "valentines": (2, 14),
    "st david day": (3, 1),
    "st davids day": (3, 1),
    "st patrick day": (3, 17),
    "st patricks day": (3, 17),
    "april fools day": (4, 1),
    "april fools": (4, 1),
    "st george day": (4, 23),
    "st georges day": (4, 23),
    "halloween": (10, 31),
    "bonfire night": (11, 5),
    "guy fawkes night": (11, 5),
    "remembrance day": (11, 11),
    "armistice day": (11, 11),
    "st andrews day": (11, 30),
    "st andrew day": (11, 30),
    "twelfth night": (1, 5),
}
# Days told from Easter Sunday, in days after it.
_AROUND_EASTER = {
    "easter monday": 1,
    "shrove tuesday": -47,
    "pancake day": -47,
    "ash wednesday": -46,
    "mothering sunday": -21,
    "mothers day": -21,
    "mother day": -21,
    "palm sunday": -7,
    "maundy thursday": -3,
    "whit monday": 50,
}


# The words that the name of a feast may begin with.
BEGIN_FEASTS = frozenset(
    (
        *(name.split()[0] for name in (*_NAMED_DAYS, *_AROUND_EASTER)),
        *("easter", "christmas", "xmas", "good", "boxing", "new"),
    )
)


def _named_day(words: Sequence[str], today: date) -> DayWords | None:
    for taken in (3, 2, 1):
        name = " ".join(words[:taken]) if len(words) >= taken else ""
        if name in _NAMED_DAYS:
            month, day = _NAMED_DAYS[name]
            return _feast_of(lambda year: date(year, month, day), today, taken)  # noqa: B023
        if name in _AROUND_EASTER:
            shift = timedelta(days=_AROUND_EASTER[name])
            return _feast_of(lambda year: easter(year) + shift, today, taken)  # noqa: B023
    return None


def feast(words: Sequence[str], today: date) -> DayWords | None:
    """Read Easter (its Sunday), Christmas, New Year, and days such as St Valentine's."""
    if (named := _named_day(words, today)) is not None:
        return named
    two = words[:2]
    if words[0] == "easter":
        taken = 2 if two[1:] and two[1] in ("sunday", "day") else 1
        shift = 1 if two[1:] == ["monday"] else 0
        return _feast_of(lambda year: easter(year) + timedelta(days=shift), today, taken + shift)
    if words[0] in ("christmas", "xmas"):
        taken = 2 if two[1:] and two[1] in ("day", "eve") else 1
        if two[1:] == ["eve"]:
            return _feast_of(lambda year: date(year, 12, 24), today, taken)
        return _feast_of(lambda year: date(year, 12, 25), today, taken)
    if two == ["good", "friday"]:
        return _feast_of(lambda year: easter(year) - timedelta(days=2), today, 2)
    if two == ["boxing", "day"]:
        return _feast_of(lambda year: date(year, 12, 26), today, 2)
    if words[:3] in (["new", "year", "eve"], ["new", "years", "eve"]):
        return _feast_of(lambda year: date(year, 12, 31), today, 3)
    if two in (["new", "year"], ["new", "years"]):
        with_day = 1 if len(words) > 2 and words[2] == "day" else 0
        return _feast_of(lambda year: date(year, 1, 1), today, 2 + with_day)
    return None


def _feast_of(day: Callable[[int], date], today: date, taken: int) -> DayWords:
    days = [day(year) for year in range(today.year - 1, today.year + 2)]
    ahead = next(d for d in days if d >= today)
    behind = next(d for d in reversed(days) if d <= today)
    return DayWords(taken, one_day(ahead), one_day(behind))


def days_of_one_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read days of one month: 1 to 15 January, 1 and 15 January, 1-15 January 2025."""
    if len(words) < 4 or words[1] not in ("to", "and", "until", ""):
        return None
    first, last = DAY_OF_MONTH.fullmatch(words[0]), DAY_OF_MONTH.fullmatch(words[2])
    if first is None or last is None or words[3] not in MONTH_NUMBERS:
        return None
    year, with_year = year_beginning(words[4:])
    end = _dated(int(last[1]), MONTH_NUMBERS[words[3]], year, today, 4 + with_year)
    if end is None or end.ahead is None or end.behind is None or not 1 <= int(first[1]) <= int(last[1]):
        return None
    day = int(first[1])
    return DayWords(
        end.taken,
        Span(end.ahead.first.replace(day=day), end.ahead.last),
        Span(end.behind.first.replace(day=day), end.behind.last),
    )
