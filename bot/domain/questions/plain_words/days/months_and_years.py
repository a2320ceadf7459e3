"""Months, quarters, seasons, financial years, and parts of them: "mid May", "Q2", "the end of last year"."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.questions.plain_words.days.calendar_words import (
    MONTH_NUMBERS,
    ORDINALS,
    STEPS,
    year_beginning,
)
from bot.domain.questions.plain_words.days.near_days import near_span
from bot.domain.questions.plain_words.days.spans import ONE_DAY, DayWords, Span, one_day, whole_month

_QUARTER = re.compile(r"q([1-4])")
PARTS_OF_A_TIME = frozenset(
    (
        *("mid", "middle", "early", "late", "end", "close", "beginning", "start", "turn", "rest"),
        "remainder",
    )
)


def part_of_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read a part of a month, week or year: mid May, early April, end of March, the end of last year, the
    beginning of next week."""
    place = 1 if words[0] == "the" else 0
    if len(words) <= place + 1:
        return None
    part, rest = words[place], list(words[place + 1 :])
    taken = place + 1
    if part not in PARTS_OF_A_TIME:
        return None
    while rest and rest[0] in ("of", "the", "this"):
        rest, taken = rest[1:], taken + 1
    if not rest:
        return None
    if rest[0] in MONTH_NUMBERS:
        year, with_year = year_beginning(rest[1:])
        ahead, behind = month_ahead_and_behind(MONTH_NUMBERS[rest[0]], year, today)
        taken += 1 + with_year
    elif rest[0] in STEPS and len(rest) > 1 and (span := near_span(rest[0], rest[1], today)):
        ahead = behind = span
        taken += 2
    elif rest[0] in ("month", "year", "week", "quarter") and (span := near_span("this", rest[0], today)):
        ahead = behind = span
        taken += 1
    else:
        return None
    if part in ("rest", "remainder"):
        return DayWords(taken, Span(today, ahead.last)) if ahead.first <= today <= ahead.last else None
    return DayWords(taken, _part_of(part, ahead), _part_of(part, behind))


def half_or_week_of_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read the first half of April, the second week in March 2025, the last fortnight of May. A half begins
    or ends on the 15th; a week is of seven days from the first of the month, or the last seven."""
    place = 1 if words[0] in ("in", "during", "over") and len(words) > 1 else 0
    place += words[place] == "the"
    if (
        len(words) <= place + 3
        or words[place + 2] not in ("of", "in")
        or words[place + 3] not in MONTH_NUMBERS
    ):
        return None
    number, unit = ORDINALS.get(words[place], 2 if words[place] == "latter" else 0), words[place + 1]
    is_last = words[place] == "last" or (unit == "half" and number == 2)
    if not number or unit not in ("half", *_DAYS_OF) or (unit == "half" and number > 2 and not is_last):
        return None
    year, with_year = year_beginning(words[place + 4 :])

    def part_of(month: Span) -> Span:
        if unit == "half":
            middle = month.first.replace(day=15)
            return Span(middle + ONE_DAY, month.last) if is_last else Span(month.first, middle)
        days = _DAYS_OF[unit]
        if is_last:
            return Span(month.last - timedelta(days=days - 1), month.last)
        first = month.first + timedelta(days=days * (number - 1))
        return Span(first, min(first + timedelta(days=days - 1), month.last))

    coming, past = map(part_of, month_ahead_and_behind(MONTH_NUMBERS[words[place + 3]], year, today))
    if year is None and coming.last < today:
        coming = part_of(whole_month(coming.first + relativedelta(years=1)))
    if year is None and past.first > today:
        past = part_of(whole_month(past.first - relativedelta(years=1)))
    return DayWords(place + 4 + with_year, coming, past)


_DAYS_OF = {"week": 7, "fortnight": 14}


def _part_of(part: str, month: Span) -> Span:
    if part in ("mid", "middle"):
        middle = month.first + timedelta(days=14)
        return Span(middle, middle)
    if part in ("early", "beginning", "start", "turn"):
        return Span(month.first, month.first)
    return Span(month.last, month.last)


def month_ahead_and_behind(month: int, year: int | None, today: date) -> tuple[Span, Span]:
    """Return the month ahead and the month behind; this month counts as either."""
    if year is not None:
        span = whole_month(date(year, month, 1))
        return span, span
    ahead = today.year if month >= today.month else today.year + 1
    behind = today.year if month <= today.month else today.year - 1
    return whole_month(date(ahead, month, 1)), whole_month(date(behind, month, 1))


def named_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read a month: March, March 2025. "may" and "march" alone can be other words: the caller looks at what
    is before them."""
    place = 1 if words[0] in ("this", "last", "next") and len(words) > 1 else 0
    if words[place] not in MONTH_NUMBERS:
        return None
    year, with_year = year_beginning(words[place + 1 :])
    ahead, behind = month_ahead_and_behind(MONTH_NUMBERS[words[place]], year, today)
    return DayWords(place + 1 + with_year, ahead, behind)


def quarter(words: Sequence[str], today: date) -> DayWords | None:
    """Read Q2, Q1 2025, the second quarter of the year, the first half of 2025."""
    skipped = 1 if words[0] == "the" and len(words) > 1 else 0
    match = _QUARTER.fullmatch(words[skipped])
    unit = words[skipped + 1] if len(words) > skipped + 1 else ""
    number = int(match[1]) if match else ORDINALS.get(words[skipped], 0)
    if not match and (unit not in _MONTHS_OF or words[skipped] == "last" or not number):
        return None
    taken = skipped + (1 if match else 2)
    rest = list(words[taken:])
    while rest and rest[0] in ("of", "the", "this", "year"):
        rest, taken = rest[1:], taken + 1
    year, with_year = year_beginning(rest)
    months = _MONTHS_OF.get("quarter" if match else unit, 0)
    if number * months > 12:
        return None

    def part_of(year: int) -> Span:
        first = date(year, months * (number - 1) + 1, 1)
        return Span(first, first + relativedelta(months=months) - ONE_DAY)

    if year is not None:
        return DayWords(taken + with_year, part_of(year), part_of(year))
    this_year = part_of(today.year)
    ahead = this_year if this_year.last >= today else part_of(today.year + 1)
    behind = this_year if this_year.first <= today else part_of(today.year - 1)
    return DayWords(taken, ahead, behind)


_MONTHS_OF = {"quarter": 3, "half": 6}


def financial_year(words: Sequence[str], today: date) -> DayWords | None:
    """Read this financial year, the last one, or the end of one: from April to March."""
    place = 0
    is_end = False
    while place < len(words) and words[place] in ("the", "end", "of", "this", "last", "next"):
        is_end = is_end or words[place] == "end"
        place += 1
    if list(words[place : place + 2]) not in (["financial", "year"], ["fiscal", "year"]) or not place:
        return None
    step = -1 if "last" in words[:place] else 1 if "next" in words[:place] else 0
    first = date(today.year - (today.month < 4) + step, 4, 1)
    span = Span(first, first + relativedelta(years=1) - ONE_DAY)
    taken = place + 2
    if list(words[taken : taken + 1]) == ["end"]:
        is_end, taken = True, taken + 1
    return DayWords(taken, *((one_day(span.last),) * 2 if is_end else (span, span)))


SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def season(words: Sequence[str], today: date) -> DayWords | None:
    """Read the summer, this spring, last autumn, the end of the winter: three whole months each."""
    place, is_end, step_word = 0, False, ""
    while place < len(words) - 1 and words[place] in ("the", "end", "of", "this", "last", "next"):
        is_end = is_end or words[place] == "end"
        step_word = words[place] if words[place] in ("this", "last", "next") else step_word
        place += 1
    if words[place] not in SEASONS:
        return None
    spans = [_season_of(year, SEASONS[words[place]]) for year in range(today.year - 2, today.year + 3)]
    ahead = next(span for span in spans if span.last >= today)
    behind = next(span for span in reversed(spans) if span.first <= today)
    if step_word == "last":
        behind = ahead = next(span for span in reversed(spans) if span.last < today)
    if is_end:
        ahead, behind = Span(ahead.last, ahead.last), Span(behind.last, behind.last)
    return DayWords(place + 1, ahead, behind)


def _season_of(year: int, month: int) -> Span:
    first = date(year, month, 1)
    return Span(first, first + relativedelta(months=3) - ONE_DAY)
