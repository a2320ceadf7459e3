"""Days and spans of time as people say them: "30 Apr 2025", "last Monday", "30d".

Days are London dates; what is today is for the caller to say."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta
from msgspec import Struct

from bot.domain.refusals.refusal import Refusal
from bot.domain.values import replace

_LONGEST = 60
_YEARS = range(1990, 2101)
# Two figures are a year of this century, near enough to ours that no other century can be meant.
_SHORT_YEARS = range(10, 70)
# In English and in Welsh.
MONTHS = (
    ("january", "ionawr"),
    ("february", "chwefror"),
    ("march", "mawrth"),
    ("april", "ebrill"),
    ("may", "mai"),
    ("june", "mehefin"),
    ("july", "gorffennaf"),
    ("august", "awst"),
    ("september", "medi"),
    ("october", "hydref"),
    ("november", "tachwedd"),
    ("december", "rhagfyr"),
)
_SHORT_MONTH = 3
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}
# Leap days can be eight years apart (1896 to 1904, 2096 to 2104).
_YEARS_TO_TRY = 9

_NAME = r"([a-z]{3,10})\.?"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_GAP = r"[ ./-]*"
_SHORT_OR_LONG_YEAR = r"'?([0-9]{4}|[0-9]{2})"
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_FIGURES = re.compile(rf"([0-9]{{1,2}})[/.-]([0-9]{{1,2}})(?:[/.-]{_SHORT_OR_LONG_YEAR})?")
_SPACED_FIGURES = re.compile(r"([0-9]{1,2}) ([0-9]{1,2}) ([0-9]{4})")
_DAY_MONTH = re.compile(rf"{_DAY}(?: of)?{_GAP}{_NAME}(?:{_GAP}{_SHORT_OR_LONG_YEAR})?")
_MONTH_DAY = re.compile(rf"{_NAME}{_GAP}{_DAY}(?:[ ./-]+{_SHORT_OR_LONG_YEAR})?")
_YEAR_MONTH_DAY = re.compile(rf"([0-9]{{4}}){_GAP}{_NAME}{_GAP}{_DAY}")
_WEEKDAY = re.compile(r"(?:(last|next|this) )?([a-z]{3,9})")
_WEEKDAY_BEFORE = re.compile(r"([a-z]{3,9})\.? (?=.*[0-9])(.+)")
_WEEKDAY_AFTER = re.compile(r"(.*[0-9].*?) \(?([a-z]{3,9})\)?")
_MIDNIGHT = re.compile(
    r"(.+?)(?: |(?<=[0-9])t)(?:00:00(?::00(?:\.0+)?)?|12:00(?::00)? ?am)(?: ?(?:z|utc|gmt|\+00:?00))?"
)
_TIME = re.compile(r"(?:\b|(?<=t))[0-9]{1,2}:[0-9]{2}|\b[0-9]{1,2} ?[ap]m\b")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"’": "'", ",": " "})
_SPAN = re.compile(r"([0-9]{1,4}|an?) ?(d|days?|w|weeks?|m|months?|y|years?)")
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}


@dataclass
class NotADate(Refusal):
    """`text` says no day, or one that the calendar does not have."""

    text: str


@dataclass
class NoSuchDay(NotADate):
    """The calendar does not have it. `month` may be no month at all (30, in 04/30/2025)."""

    day_of_month: int
    month: int
    year: int


@dataclass
class OtherWeekday(NotADate):
    """`day`, a London date, falls on another weekday than the one that was written beside it: "Monday"."""

    day: date
    written_weekday: str


class NoYear(NotADate):
    """The day is plain, and its year is not: left out, or in two figures that can be two centuries."""


class NotADay(NotADate):
    """A time of day stands there too."""


class _Written(Struct, frozen=True):
    """A day in its parts, which may be none that exists; a `weekday` of 0 is Monday."""

    day_of_month: int
    month: int
    year: int | None = None
    weekday: int | None = None
    in_two_figures: bool = False


def day(text: str, today: date, prefer: Literal["past", "future"] = "past") -> date:
    """Return the day that is meant; figures are day first, as in the United Kingdom.

    Where the year is left out, or only a weekday is named, it is the nearest such day on the preferred side
    of today; a bare weekday is never today itself. Raises NotADate."""
    plain = _plain(text)
    if plain in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[plain])
    written = _written(plain)
    if written is None:
        bare = _bare_weekday(plain, today, prefer)
        if bare is None:
            raise NotADate(text)
        return bare
    return _checked(written, _in_year(written, text, today, prefer), text)


def dated(text: str) -> date:
    """Return the day that is written with its year, so that it can be no other; figures are day first.

    Raises NotADate: NoYear, NoSuchDay, OtherWeekday or NotADay where that is what is wrong."""
    plain = _plain(text)
    written = _written(plain)
    if written is None:
        raise (NotADay if _TIME.search(plain) else NotADate)(text)
    if written.year is None or (written.in_two_figures and written.year - 2000 not in _SHORT_YEARS):
        raise NoYear(text)
    return _checked(written, _date(written, written.year, text), text)


def span(text: str, today: date) -> int:
    """Return how many days from today `30d`, `2 weeks` or `3 months` reach. Raises NotADate."""
    match = _SPAN.fullmatch(" ".join(text[: _LONGEST + 1].casefold().split()))
    if match is None:
        raise NotADate(text[:_LONGEST])
    count = 1 if match[1].startswith("a") else int(match[1])
    try:
        until = today + relativedelta(**{_UNITS[match[2][0]]: count})  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        raise NotADate(text) from None
    return (until - today).days


def _plain(text: str) -> str:
    """Write a date in small letters, with plain dashes and single spaces. Raises NotADate for what is too
    long."""
    plain = " ".join(text[: 4 * _LONGEST].translate(_DASHES).casefold().split()).removeprefix("on ")
    if len(plain) > _LONGEST or len(text) > 4 * _LONGEST:
        raise NotADate(text[:_LONGEST])
    if midnight := _MIDNIGHT.fullmatch(plain):
        plain = midnight[1]
    return re.sub(r" ?([/.-]) ?", r"\1", plain)


def _written(plain: str) -> _Written | None:
    """Read a date without the weekday that may stand before or after it, or with it."""
    if written := _day_in_parts(plain):
        return written
    for form, of_weekday, of_day in ((_WEEKDAY_BEFORE, 1, 2), (_WEEKDAY_AFTER, 2, 1)):
        match = form.fullmatch(plain)
        weekday = _weekday(match[of_weekday]) if match else None
        if match and weekday is not None and (written := _day_in_parts(match[of_day])):
            return replace(written, weekday=weekday)
    return None


def _day_in_parts(plain: str) -> _Written | None:
    if match := _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain):
        return _Written(int(match[3]), int(match[2]), int(match[1]))
    if match := _FIGURES.fullmatch(plain) or _SPACED_FIGURES.fullmatch(plain):
        return _with_year(int(match[1]), int(match[2]), match[3])
    if (match := _DAY_MONTH.fullmatch(plain)) and (number := month_named(match[2])):
        return _with_year(int(match[1]), number, match[3])
    if (match := _MONTH_DAY.fullmatch(plain)) and (number := month_named(match[1])):
        return _with_year(int(match[2]), number, match[3])
    if (match := _YEAR_MONTH_DAY.fullmatch(plain)) and (number := month_named(match[2])):
        return _Written(int(match[3]), number, int(match[1]))
    return None


def _checked(written: _Written, result: date, text: str) -> date:
    """Return the date, if the weekday that was written is its own. Raises OtherWeekday."""
    if written.weekday is not None and result.weekday() != written.weekday:
        raise OtherWeekday(text, result, WEEKDAYS[written.weekday].capitalize())
    return result


def _bare_weekday(plain: str, today: date, prefer: str) -> date | None:
    match = _WEEKDAY.fullmatch(plain)
    weekday = _weekday(match[2]) if match else None
    if match is None or weekday is None:
        return None
    backwards = match[1] == "last" or (match[1] != "next" and prefer == "past")
    days = (today.weekday() - weekday) % 7 if backwards else (weekday - today.weekday()) % 7
    return today + timedelta(days=-(days or 7) if backwards else (days or 7))


def _weekday(name: str) -> int | None:
    """Return 0 for "mon" or "monday", 2 for "weds"; None for what is no weekday."""
    short = "wed" if name == "weds" else name
    return next((n for n, weekday in enumerate(WEEKDAYS) if weekday.startswith(short)), None)


def _in_year(written: _Written, text: str, today: date, prefer: str) -> date:
    if written.year is not None:
        return _date(written, written.year, text)
    step = -1 if prefer == "past" else 1
    for years in range(_YEARS_TO_TRY):
        try:
            result = _date(written, today.year + step * years, text)
        except NotADate:
            continue
        if result <= today if prefer == "past" else result >= today:
            return result
    raise NotADate(text)


def _with_year(day_of_month: int, month: int, figures: str | None) -> _Written:
    if figures is None:
        return _Written(day_of_month, month)
    in_two_figures = len(figures) == 2
    year = int(figures) + (2000 if in_two_figures else 0)
    return _Written(day_of_month, month, year, in_two_figures=in_two_figures)


def month_named(name: str) -> int:
    """Return 1 to 12 for "apr", "april", "sept" or "ebrill"; 0 for what is no month."""
    for number, (english, welsh) in enumerate(MONTHS, start=1):
        if name == welsh or (len(name) >= _SHORT_MONTH and english.startswith(name)):
            return number
    return 0


def _date(written: _Written, year: int, text: str) -> date:
    """Return the day and month that were written in a year. Raises NotADate, NoSuchDay."""
    if year not in _YEARS:
        raise NotADate(text)
    try:
        return date(year, written.month, written.day_of_month)
    except ValueError:
        raise NoSuchDay(text, written.day_of_month, written.month, year) from None
