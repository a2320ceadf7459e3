"""Days and spans of time as people say them: "30 Apr 2025", "last Monday", "30d".

Days are London dates; what is today is for the caller to say."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from bot.domain.refusals import Refusal

_LONGEST = 40
_YEARS = range(1990, 2101)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
# Leap days can be eight years apart (1896 to 1904, 2096 to 2104).
_YEARS_TO_TRY = 9

_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})(?:[/.-]([0-9]{4}|[0-9]{2}))?")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? ([a-z]{3,9})\.?(?: ([0-9]{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?(?: ([0-9]{4}))?")
_WEEKDAY = re.compile(r"(?:(last|next|this) )?([a-z]{3,9})")
_SPAN = re.compile(r"([0-9]{1,4}|an?) ?(d|days?|w|weeks?|m|months?|y|years?)")
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


@dataclass
class NotADate(Refusal):
    """`text` says no day, or one that the calendar does not have."""

    text: str


def day(text: str, today: date, prefer: Literal["past", "future"] = "past") -> date:
    """The day that is meant; figures are day first, as in the United Kingdom.

    Where the year is left out, or only a weekday is named, it is the nearest such day on the preferred
    side of today; a bare weekday is never today itself. Raises NotADate."""
    said = " ".join(text.casefold().replace(",", " ").split()).removeprefix("on ")
    if len(said) > _LONGEST:
        raise NotADate(text[:_LONGEST])
    if said in _NEAR_DAYS:
        return today + timedelta(days=_NEAR_DAYS[said])
    found = _calendar_day(said, today, prefer) or _weekday(said, today, prefer)
    if found is None:
        raise NotADate(text)
    return found


def span(text: str, today: date) -> int:
    """How many days from today `30d`, `2 weeks` or `3 months` reach. Raises NotADate."""
    found = _SPAN.fullmatch(" ".join(text[: _LONGEST + 1].casefold().split()))
    if found is None:
        raise NotADate(text[:_LONGEST])
    count = 1 if found[1].startswith("a") else int(found[1])
    try:
        until = today + relativedelta(**{_UNITS[found[2][0]]: count})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise NotADate(text) from None
    return (until - today).days


def _calendar_day(said: str, today: date, prefer: str) -> date | None:
    if found := _ISO.fullmatch(said):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _FIGURES.fullmatch(said):
        return _with_year(int(found[1]), int(found[2]), found[3], today, prefer)
    if found := _DAY_MONTH.fullmatch(said):
        return _with_year(int(found[1]), _month(found[2]), found[3], today, prefer)
    if found := _MONTH_DAY.fullmatch(said):
        return _with_year(int(found[2]), _month(found[1]), found[3], today, prefer)
    return None


def _weekday(said: str, today: date, prefer: str) -> date | None:
    found = _WEEKDAY.fullmatch(said)
    if found is None:
        return None
    weekdays = [n for n, name in enumerate(_WEEKDAYS) if name.startswith(found[2])]
    if not weekdays:
        return None
    backwards = found[1] == "last" or (found[1] != "next" and prefer == "past")
    days = (today.weekday() - weekdays[0]) % 7 if backwards else (weekdays[0] - today.weekday()) % 7
    return today + timedelta(days=-(days or 7) if backwards else (days or 7))


def _with_year(day_of_month: int, month: int, year: str | None, today: date, prefer: str) -> date | None:
    if year is not None:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day_of_month)
    step = -1 if prefer == "past" else 1
    for years in range(_YEARS_TO_TRY):
        found = _date(today.year + step * years, month, day_of_month)
        if found is not None and (found <= today if prefer == "past" else found >= today):
            return found
    return None


def _month(said: str) -> int:
    """1 to 12 for "apr", "april" or "sept"; 0 for what is no month."""
    month = next((n for n, short in enumerate(_MONTHS, start=1) if said.startswith(short)), 0)
    return month if month and date(2000, month, 1).strftime("%B").casefold().startswith(said) else 0


def _date(year: int, month: int, day_of_month: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
