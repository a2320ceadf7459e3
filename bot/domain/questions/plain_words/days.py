"""Days and spans of days in plain words, by the London calendar: "next month", "since Easter", "mid May".

A day may be left without its year ("22 November"), and then lies on the side that is asked for: a deadline ahead,
a change behind."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from bot.domain.questions.plain_words.number_words import TO_NINETEEN
from bot.domain.questions.plain_words.tokens import Token, TokenKind
from bot.domain.questions.written_dates import MONTHS, NEAR_DAYS, WEEKDAYS

_ONE_DAY = timedelta(days=1)
_SHORT = 3
_MONTHS = {
    name: number for number, (month, _) in enumerate(MONTHS, start=1) for name in (month, month[:_SHORT])
} | {"sept": 9}
_WEEKDAYS = {
    name: number for number, weekday in enumerate(WEEKDAYS) for name in (weekday, weekday[:_SHORT])
} | {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_NEAR_DAYS = NEAR_DAYS | {"tonight": 0, "tmrw": 1, "tomoz": 1}
# "Fifteen" and what is above it is a recommendation's number.
_MOST_IN_WORDS = 14
_NUMBERS = {word: number for word, number in TO_NINETEEN.items() if number <= _MOST_IN_WORDS} | {
    "a": 1,
    "an": 1,
    "another": 1,
    "couple": 2,
    "few": 3,
}
_UNITS = {
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
_DAY_OF_MONTH = re.compile(r"([0-9]{1,2})(st|nd|rd|th)?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_FIGURES = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})")
_SHORT_FIGURES = re.compile(r"([0-9]{1,2})/([0-9]{1,2})")
_COUNTED = re.compile(r"([0-9]{1,3})(d|w|m|days?|weeks?|months?)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_QUARTER = re.compile(r"q([1-4])")
_ORDINALS = {
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


@dataclass(frozen=True, slots=True)
class Span:
    """London dates, both included; a single day where they are the same."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, as in "two extra weeks", added to a day."""

    delta: relativedelta


@dataclass(frozen=True, slots=True)
class DayWords:
    """Words for a day, a span or a length. `ahead` and `behind` say what they mean looking that way; `length` where
    it is a length of time only."""

    taken: int
    ahead: Span | None = None
    behind: Span | None = None
    length: Length | None = None


def day_words(tokens: Sequence[Token], today: date) -> DayWords | None:
    """Read the days that the first of these tokens name; None where they name none."""
    words = [token.key if token.kind is TokenKind.WORD else "" for token in tokens[:8]]
    for reader in _READERS:
        if words and (day := reader(words, today)):
            return day
    return None


def _exact(words: Sequence[str], today: date) -> DayWords | None:
    """Read a date: 2025-03-27, 27/03/2025, 27 March 2025, 27th of March, March 27, Monday 3 March, the
    27th."""
    skipped = 0
    if words[0] in _WEEKDAYS and len(words) > 1:
        inner = _exact(words[1:], today) if words[1] not in _WEEKDAYS else None
        return _shifted(inner, 1)
    if words[0] == "the" and len(words) > 1:
        inner = _exact(words[1:], today)
        return _shifted(inner, 1)
    for pattern in (_ISO, _FIGURES, _SHORT_FIGURES):
        if match := pattern.fullmatch(words[0]):
            return _figures(pattern, match, today)
    day = _DAY_OF_MONTH.fullmatch(words[0])
    if day:
        rest = words[1:]
        if rest and rest[0] == "of":
            rest, skipped = rest[1:], 1
        if rest and rest[0] in _MONTHS:
            year, with_year = _year(rest[1:])
            return _dated(int(day[1]), _MONTHS[rest[0]], year, today, 2 + skipped + with_year)
        counts = rest[:1] and rest[0] in _COUNTED_BY_PLACE
        return _of_a_near_month(int(day[1]), today) if day[2] and not skipped and not counts else None
    if words[0] in _MONTHS and len(words) > 1:
        day = _DAY_OF_MONTH.fullmatch(words[1])
        if day and not (len(words) > 2 and words[2] in _MONTHS):
            year, with_year = _year(words[2:])
            return _dated(int(day[1]), _MONTHS[words[0]], year, today, 2 + with_year)
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
    days = [near for month in months if (near := _date(month.year, month.month, day))]
    ahead = next((near for near in days if near >= today), None)
    behind = next((near for near in reversed(days) if near <= today), None)
    return DayWords(1, _one_day(ahead), _one_day(behind)) if ahead and behind else None


def _shifted(day: DayWords | None, by: int) -> DayWords | None:
    return None if day is None else DayWords(day.taken + by, day.ahead, day.behind, day.length)


def _figures(pattern: re.Pattern[str], match: re.Match[str], today: date) -> DayWords | None:
    if pattern is _ISO:
        return _dated(int(match[3]), int(match[2]), int(match[1]), today, 1)
    if pattern is _FIGURES:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _dated(int(match[1]), int(match[2]), year, today, 1)
    return _dated(int(match[1]), int(match[2]), None, today, 1)


def _year(words: Sequence[str]) -> tuple[int | None, int]:
    return (int(words[0]), 1) if words and _YEAR.fullmatch(words[0]) else (None, 0)


def _dated(day: int, month: int, year: int | None, today: date, taken: int) -> DayWords | None:
    if year is not None:
        exact = _date(year, month, day)
        return DayWords(taken, _one_day(exact), _one_day(exact)) if exact else None
    ahead = next((d for n in range(9) if (d := _date(today.year + n, month, day)) and d >= today), None)
    behind = next((d for n in range(9) if (d := _date(today.year - n, month, day)) and d <= today), None)
    return DayWords(taken, _one_day(ahead), _one_day(behind)) if ahead and behind else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one_day(day: date | None) -> Span | None:
    return None if day is None else Span(day, day)


def _part_of_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read a part of a month, week or year: mid May, early April, end of March, the end of last year, the
    beginning of next week."""
    place = 1 if words[0] == "the" else 0
    if len(words) <= place + 1:
        return None
    part, rest = words[place], list(words[place + 1 :])
    taken = place + 1
    if part not in (
        "mid",
        "middle",
        "early",
        "late",
        "end",
        "close",
        "beginning",
        "start",
        "turn",
        "rest",
        "remainder",
    ):
        return None
    while rest and rest[0] in ("of", "the", "this"):
        rest, taken = rest[1:], taken + 1
    if not rest:
        return None
    if rest[0] in _MONTHS:
        year, with_year = _year(rest[1:])
        ahead, behind = _month(_MONTHS[rest[0]], year, today)
        taken += 1 + with_year
    elif rest[0] in _WHICH and len(rest) > 1 and (span := _which(rest[0], rest[1], today)):
        ahead = behind = span
        taken += 2
    elif rest[0] in ("month", "year", "week", "quarter") and (span := _which("this", rest[0], today)):
        ahead = behind = span
        taken += 1
    else:
        return None
    if part in ("rest", "remainder"):
        return DayWords(taken, Span(today, ahead.last)) if ahead.first <= today <= ahead.last else None
    return DayWords(taken, _part(part, ahead), _part(part, behind))


def _half_or_week_of_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read the first half of April, the second week in March 2025, the last fortnight of May. A half begins
    or ends on the 15th; a week is of seven days from the first of the month, or the last seven."""
    place = 1 if words[0] in ("in", "during", "over") and len(words) > 1 else 0
    place += words[place] == "the"
    if len(words) <= place + 3 or words[place + 2] not in ("of", "in") or words[place + 3] not in _MONTHS:
        return None
    number, unit = _ORDINALS.get(words[place], 2 if words[place] == "latter" else 0), words[place + 1]
    is_last = words[place] == "last" or (unit == "half" and number == 2)
    if not number or unit not in ("half", *_DAYS_OF) or (unit == "half" and number > 2 and not is_last):
        return None
    year, with_year = _year(words[place + 4 :])

    def part_of(month: Span) -> Span:
        if unit == "half":
            middle = month.first.replace(day=15)
            return Span(middle + _ONE_DAY, month.last) if is_last else Span(month.first, middle)
        days = _DAYS_OF[unit]
        if is_last:
            return Span(month.last - timedelta(days=days - 1), month.last)
        first = month.first + timedelta(days=days * (number - 1))
        return Span(first, min(first + timedelta(days=days - 1), month.last))

    coming, past = map(part_of, _month(_MONTHS[words[place + 3]], year, today))
    if year is None and coming.last < today:
        coming = part_of(_whole_month(coming.first + relativedelta(years=1)))
    if year is None and past.first > today:
        past = part_of(_whole_month(past.first - relativedelta(years=1)))
    return DayWords(place + 4 + with_year, coming, past)


_DAYS_OF = {"week": 7, "fortnight": 14}


def _part(part: str, month: Span) -> Span:
    if part in ("mid", "middle"):
        middle = month.first + timedelta(days=14)
        return Span(middle, middle)
    if part in ("early", "beginning", "start", "turn"):
        return Span(month.first, month.first)
    return Span(month.last, month.last)


def _whole_month(day: date) -> Span:
    first = day.replace(day=1)
    return Span(first, first + relativedelta(months=1) - _ONE_DAY)


def _month(month: int, year: int | None, today: date) -> tuple[Span, Span]:
    """Return the month ahead and the month behind; this month counts as either."""
    if year is not None:
        span = _whole_month(date(year, month, 1))
        return span, span
    ahead = today.year if month >= today.month else today.year + 1
    behind = today.year if month <= today.month else today.year - 1
    return _whole_month(date(ahead, month, 1)), _whole_month(date(behind, month, 1))


def _named_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read a month: March, March 2025. "may" and "march" alone can be other words: the caller looks at what
    is before them."""
    place = 1 if words[0] in ("this", "last", "next") and len(words) > 1 else 0
    if words[place] not in _MONTHS:
        return None
    year, with_year = _year(words[place + 1 :])
    ahead, behind = _month(_MONTHS[words[place]], year, today)
    return DayWords(place + 1 + with_year, ahead, behind)


def _week(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def _relative(words: Sequence[str], today: date) -> DayWords | None:
    """Read today, yesterday, this week, next month, last year, the weekend, week commencing 24 March."""
    if part_of_a_day := _PARTS_OF_DAYS.get(" ".join(words[:2])):
        span = _one_day(today - timedelta(days=part_of_a_day - 1))
        return DayWords(2, span, span)
    if words[0] in _NEAR_DAYS:
        span = _one_day(today + timedelta(days=_NEAR_DAYS[words[0]]))
        return DayWords(1, span, span)
    place = 1 if words[0] in ("the", "over", "during") and len(words) > 1 else 0
    if words[place] == "the" and place + 1 < len(words):
        place += 1
    leading = _words_before_the_day_of_a_week(words[place:])
    if leading and len(words) > place + leading:
        inner = _exact(words[place + leading :], today)
        if inner and inner.ahead and inner.behind:
            taken = inner.taken + place + leading
            return DayWords(taken, _week(inner.ahead.first), _week(inner.behind.first))
    if words[:2] == ["this", "time"] and len(words) > 3 and words[2] == "last":
        unit = _UNITS.get(words[3], "")
        ago = {
            "weeks": relativedelta(weeks=1),
            "months": relativedelta(months=1),
            "years": relativedelta(years=1),
        }
        span = _one_day(today - ago[unit]) if unit in ago else None
        return DayWords(4, span, span) if span else None
    if words[place] == "weekend":
        saturday = (
            _week(today).first - timedelta(days=2)
            if today.weekday() < 5
            else _week(today).first + timedelta(5)
        )
        coming = _week(today).first + timedelta(days=5)
        return DayWords(place + 1, Span(coming, coming + _ONE_DAY), Span(saturday, saturday + _ONE_DAY))
    if len(words) > place + 1 and words[place] in _WHICH:
        direction, unit = words[place], words[place + 1]
        span = _which(direction, unit, today)
        if span:
            return DayWords(place + 2, span, span)
        if unit in _WEEKDAYS:
            return DayWords(place + 2, *_weekday(direction, _WEEKDAYS[unit], today))
    if words[place] in _WEEKDAYS and place == 0:
        return DayWords(1, *_weekday("", _WEEKDAYS[words[0]], today))
    return None


# Of today, but for those of the day before; the value is how many days back, and one more.
_PARTS_OF_DAYS = {
    **dict.fromkeys(("this morning", "this afternoon", "this evening", "this lunchtime", "earlier today"), 1),
    **dict.fromkeys(("last night", "last evening", "yesterday morning", "yesterday afternoon"), 2),
}


def _words_before_the_day_of_a_week(words: Sequence[str]) -> int:
    """Return how many words say that a day's week is meant: "week commencing 24 March"; 0 for none."""
    if words[0] == "week" and words[1:2] and words[1] in ("commencing", "beginning", "of", "starting"):
        return 2
    return 1 if words[0] in ("w/c", "wc") else 0


_WHICH = {"this": 0, "coming": 1, "next": 1, "last": -1, "previous": -1, "past": -1}


def _which(direction: str, unit: str, today: date) -> Span | None:
    step = _WHICH[direction]
    if unit == "week":
        return _week(today + timedelta(weeks=step))
    if unit == "month":
        return _whole_month(today + relativedelta(months=step))
    if unit == "year":
        year = today.year + step
        return Span(date(year, 1, 1), date(year, 12, 31))
    if unit == "quarter":
        return _quarter_of(today + relativedelta(months=3 * step))
    if unit == "fortnight":
        return (
            Span(today - timedelta(days=14), today) if step < 0 else Span(today, today + timedelta(days=14))
        )
    return None


def _weekday(direction: str, weekday: int, today: date) -> tuple[Span | None, Span | None]:
    """Return a weekday ahead and behind. A bare one is never today; "next" and "last" look one way only."""
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    behind = today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    if direction in ("next", "coming"):
        return _one_day(ahead), _one_day(ahead)
    if direction in ("last", "past", "previous"):
        return _one_day(behind), _one_day(behind)
    return _one_day(ahead), _one_day(behind)


def _quarter_of(day: date) -> Span:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Span(first, first + relativedelta(months=3) - _ONE_DAY)


def _quarter(words: Sequence[str], today: date) -> DayWords | None:
    """Read Q2, Q1 2025, the second quarter of the year, the first half of 2025."""
    skipped = 1 if words[0] == "the" and len(words) > 1 else 0
    match = _QUARTER.fullmatch(words[skipped])
    unit = words[skipped + 1] if len(words) > skipped + 1 else ""
    number = int(match[1]) if match else _ORDINALS.get(words[skipped], 0)
    if not match and (unit not in _MONTHS_OF or words[skipped] == "last" or not number):
        return None
    taken = skipped + (1 if match else 2)
    rest = list(words[taken:])
    while rest and rest[0] in ("of", "the", "this", "year"):
        rest, taken = rest[1:], taken + 1
    year, with_year = _year(rest)
    months = _MONTHS_OF.get("quarter" if match else unit, 0)
    if number * months > 12:
        return None

    def part_of(year: int) -> Span:
        first = date(year, months * (number - 1) + 1, 1)
        return Span(first, first + relativedelta(months=months) - _ONE_DAY)

    if year is not None:
        return DayWords(taken + with_year, part_of(year), part_of(year))
    this = part_of(today.year)
    ahead = this if this.last >= today else part_of(today.year + 1)
    behind = this if this.first <= today else part_of(today.year - 1)
    return DayWords(taken, ahead, behind)


_MONTHS_OF = {"quarter": 3, "half": 6}


def _weekday_of_a_week(words: Sequence[str], today: date) -> DayWords | None:
    """Read Wednesday last week, Friday of next week, Thursday week, a week on Monday, Monday to Wednesday
    last week."""
    if words[0] in _WEEKDAYS and words[1:2] == ["week"]:
        ahead, _ = _weekday("", _WEEKDAYS[words[0]], today)
        day = _one_day(ahead.first + timedelta(weeks=1)) if ahead else None
        return DayWords(2, day, day)
    if words[0] == "a" and list(words[1:3]) in (["week", "on"], ["week", "last"], ["week", "ago"]):
        steps = 3 if len(words) > 3 and words[3] in _WEEKDAYS else 0
        if steps:
            ahead, behind = _weekday("", _WEEKDAYS[words[3]], today)
            is_ahead = words[2] == "on"
            near = ahead if is_ahead else behind
            day = _one_day(near.first + timedelta(weeks=1 if is_ahead else -1)) if near else None
            return DayWords(4, day, day)
    last, taken = words[0], 1
    if len(words) > 2 and words[1] in ("to", "until", "") and words[2] in _WEEKDAYS:
        last, taken = words[2], 3
    if words[0] not in _WEEKDAYS:
        return None
    rest = list(words[taken:])
    if rest[:1] == ["of"]:
        rest, taken = rest[1:], taken + 1
    if len(rest) < 2 or rest[0] not in ("this", "last", "next") or rest[1] != "week":
        return None
    week = _which(rest[0], "week", today)
    if week is None or _WEEKDAYS[last] < _WEEKDAYS[words[0]]:
        return None
    span = Span(
        week.first + timedelta(days=_WEEKDAYS[words[0]]), week.first + timedelta(days=_WEEKDAYS[last])
    )
    return DayWords(taken + 2, span, span)


def _before_last(words: Sequence[str], today: date) -> DayWords | None:
    """Read the week before last, the month before last, the day before yesterday, the day after tomorrow."""
    place = 1 if words[0] == "the" else 0
    rest = list(words[place : place + 3])
    if rest in (["day", "before", "yesterday"], ["day", "after", "tomorrow"]):
        day = _one_day(today + timedelta(days=-2 if rest[1] == "before" else 2))
        return DayWords(place + 3, day, day)
    if rest == ["week", "before", "last"]:
        span = _week(today - timedelta(weeks=2))
    elif rest == ["month", "before", "last"]:
        span = _whole_month(today - relativedelta(months=2))
    elif rest == ["week", "after", "next"]:
        span = _week(today + timedelta(weeks=2))
    elif rest == ["month", "after", "next"]:
        span = _whole_month(today + relativedelta(months=2))
    else:
        return None
    return DayWords(place + 3, span, span)


def _financial_year(words: Sequence[str], today: date) -> DayWords | None:
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
    span = Span(first, first + relativedelta(years=1) - _ONE_DAY)
    taken = place + 2
    if list(words[taken : taken + 1]) == ["end"]:
        is_end, taken = True, taken + 1
    return DayWords(taken, *((_one_day(span.last),) * 2 if is_end else (span, span)))


def _feast(words: Sequence[str], today: date) -> DayWords | None:
    """Read Easter (its Sunday), Christmas, New Year."""
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


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _season(words: Sequence[str], today: date) -> DayWords | None:
    """Read the summer, this spring, last autumn, the end of the winter: three whole months each."""
    place, is_end, step_word = 0, False, ""
    while place < len(words) - 1 and words[place] in ("the", "end", "of", "this", "last", "next"):
        is_end = is_end or words[place] == "end"
        step_word = words[place] if words[place] in ("this", "last", "next") else step_word
        place += 1
    if words[place] not in _SEASONS:
        return None
    spans = [_season_of(year, _SEASONS[words[place]]) for year in range(today.year - 2, today.year + 3)]
    ahead = next(span for span in spans if span.last >= today)
    behind = next(span for span in reversed(spans) if span.first <= today)
    if step_word == "last":
        behind = ahead = next(span for span in reversed(spans) if span.last < today)
    if is_end:
        ahead, behind = Span(ahead.last, ahead.last), Span(behind.last, behind.last)
    return DayWords(place + 1, ahead, behind)


def _season_of(year: int, month: int) -> Span:
    first = date(year, month, 1)
    return Span(first, first + relativedelta(months=3) - _ONE_DAY)


def _feast_of(day: Callable[[int], date], today: date, taken: int) -> DayWords:
    days = [day(year) for year in range(today.year - 1, today.year + 2)]
    ahead = next(d for d in days if d >= today)
    behind = next(d for d in reversed(days) if d <= today)
    return DayWords(taken, _one_day(ahead), _one_day(behind))


def _counted(words: Sequence[str], today: date) -> DayWords | None:
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
    if number is None and way and place >= 2 and words[place] in _UNITS and len(words[place]) > 1:
        # "The last month" reaches back from today; "last month" is the month before this one.
        number, unit, taken = 1, _UNITS[words[place]], 1
    if unit is None or number is None:
        return None
    place += taken
    if not way and words[place : place + 1] == ["ago"]:
        day = _one_day(today - _delta(number, unit))
        return DayWords(place + 1, day, day)
    if not way and words[place : place + 2] == ["from", "now"]:
        day = _one_day(today + _delta(number, unit))
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
    if match := _COUNTED.fullmatch(words[0]):
        return int(match[1]), _UNITS[match[2]], 1
    if words[0] == "fortnight":
        return 1, "fortnights", 1
    number = int(words[0]) if words[0].isdecimal() and len(words[0]) <= 3 else _NUMBERS.get(words[0])
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
    unit = _UNITS.get(words[taken]) if taken < len(words) else None
    if unit is None or len(words[taken]) == 1:
        return None, None, 0
    return number, unit, taken + 1


def _delta(number: int, unit: str) -> relativedelta:
    if unit == "fortnights":
        return relativedelta(weeks=2 * number)
    return relativedelta(**{unit: number})  # type: ignore[arg-type]


def _days_of_one_month(words: Sequence[str], today: date) -> DayWords | None:
    """Read days of one month: 1 to 15 January, 1 and 15 January, 1-15 January 2025."""
    if len(words) < 4 or words[1] not in ("to", "and", "until", ""):
        return None
    first, last = _DAY_OF_MONTH.fullmatch(words[0]), _DAY_OF_MONTH.fullmatch(words[2])
    if first is None or last is None or words[3] not in _MONTHS:
        return None
    year, with_year = _year(words[4:])
    end = _dated(int(last[1]), _MONTHS[words[3]], year, today, 4 + with_year)
    if end is None or end.ahead is None or end.behind is None or not 1 <= int(first[1]) <= int(last[1]):
        return None
    day = int(first[1])
    return DayWords(
        end.taken,
        Span(end.ahead.first.replace(day=day), end.ahead.last),
        Span(end.behind.first.replace(day=day), end.behind.last),
    )


_READERS: tuple[Callable[[Sequence[str], date], DayWords | None], ...] = (
    _half_or_week_of_month,
    _days_of_one_month,
    _weekday_of_a_week,
    _before_last,
    _financial_year,
    _quarter,
    _exact,
    _feast,
    _season,
    _part_of_month,
    _counted,
    _relative,
    _named_month,
)
