"""Lengths of time: "30d", "3 days ago", "the next two weeks", "a fortnight"."""

import re
from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from bot.domain.questions.plain_words.days.calendar_words import UNITS
from bot.domain.questions.plain_words.days.spans import DayWords, Length, Span, one_day
from bot.domain.questions.plain_words.number_words import TO_NINETEEN

# "Fifteen" and what is above it is a recommendation's number.
_MOST_IN_WORDS = 14
NUMBERS_OF_UNITS = {word: number for word, number in TO_NINETEEN.items() if number <= _MOST_IN_WORDS} | {
    "a": 1,
    "an": 1,
    "another": 1,
    "couple": 2,
    "few": 3,
}
_COUNTED = re.compile(r"([0-9]{1,3})(d|w|m|days?|weeks?|months?)")


def counted_days(words: Sequence[str], today: date) -> DayWords | None:
    """Read a length of time: 30d, 3 days ago, the last fortnight, the next two weeks, in 10 days, a
    fortnight."""
    place, way = 0, ""
    if words[place] in ("the", "within", "in") and len(words) > place + 1:
        place += 1
        if words[place] == "the" and len(words) > place + 1:
            place += 1
    if words[place] in ("last", "past", "previous", "next", "coming", "following") and len(words) > place + 1:
        way = "behind" if words[place] in ("last", "past", "previous") else "ahead"
        place += 1
    elif place and words[place - 1] == "the":
        return None
    number, unit, taken = _amount(words[place:])
    if number is None and way and place >= 2 and words[place] in UNITS and len(words[place]) > 1:
        # "The last month" reaches back from today; "last month" is the month before this one.
        number, unit, taken = 1, UNITS[words[place]], 1
    if unit is None or number is None:
        return None
    place += taken
    if not way and words[place : place + 1] == ["ago"]:
        day = one_day(today - _delta(number, unit))
        return DayWords(place + 1, day, day)
    if not way and words[place : place + 2] == ["from", "now"]:
        day = one_day(today + _delta(number, unit))
        return DayWords(place + 2, day, day)
    delta = _delta(number, unit)
    behind, ahead = Span(today - delta, today), Span(today, today + delta)
    if way == "behind":
        return DayWords(place, behind, behind)
    if way == "ahead":
        return DayWords(place, ahead, ahead)
    return DayWords(place, ahead, behind, Length(delta))


def _amount(words: Sequence[str]) -> tuple[int | None, str | None, int]:
    if not words:
        return None, None, 0
    if list(words[:2]) == ["a", "couple"]:
        number, unit, taken = _amount(words[1:])
        return number, unit, taken + 1
    if match := _COUNTED.fullmatch(words[0]):
        return int(match[1]), UNITS[match[2]], 1
    if words[0] == "fortnight":
        return 1, "fortnights", 1
    number = int(words[0]) if words[0].isdecimal() and len(words[0]) <= 3 else NUMBERS_OF_UNITS.get(words[0])
    if number is None:
        return None, None, 0
    taken = 1
    while words[taken : taken + 1] and words[taken] in (
        "of",
        "more",
        "extra",
        "further",
        "working",
        "additional",
    ):
        taken += 1
    unit = UNITS.get(words[taken]) if taken < len(words) else None
    if unit is None or len(words[taken]) == 1:
        return None, None, 0
    return number, unit, taken + 1


def _delta(number: int, unit: str) -> relativedelta:
    if unit == "fortnights":
        return relativedelta(weeks=2 * number)
    return relativedelta(**{unit: number})  # type: ignore[arg-type]
