"""Days told from today: "yesterday", "last week", "Wednesday last week", "the week before last"."""

from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from bot.domain.questions.plain_words.days.calendar_words import (
    DAYS_FROM_TODAY,
    STEPS,
    UNITS,
    WEEKDAY_NUMBERS,
)
from bot.domain.questions.plain_words.days.dates import exact_date
from bot.domain.questions.plain_words.days.spans import ONE_DAY, DayWords, Span, one_day, week, whole_month


def near_day(words: Sequence[str], today: date) -> DayWords | None:
    """Read today, yesterday, this week, next month, last year, the weekend, week commencing 24 March."""
    if part_of_a_day := _PARTS_OF_DAYS.get(" ".join(words[:2])):
        span = one_day(today - timedelta(days=part_of_a_day - 1))
        return DayWords(2, span, span)
    if words[0] in DAYS_FROM_TODAY:
        span = one_day(today + timedelta(days=DAYS_FROM_TODAY[words[0]]))
        return DayWords(1, span, span)
    place = 1 if words[0] in ("the", "over", "during") and len(words) > 1 else 0
    if words[place] == "the" and place + 1 < len(words):
        place += 1
    leading = _words_before_the_day_of_a_week(words[place:])
    if leading and len(words) > place + leading:
        inner = exact_date(words[place + leading :], today)
        if inner and inner.ahead and inner.behind:
            taken = inner.taken + place + leading
            return DayWords(taken, week(inner.ahead.first), week(inner.behind.first))
    if words[:2] == ["this", "time"] and len(words) > 3 and words[2] == "last":
        unit = UNITS.get(words[3], "")
        ago = {
            "weeks": relativedelta(weeks=1),
            "months": relativedelta(months=1),
            "years": relativedelta(years=1),
        }
        span = one_day(today - ago[unit]) if unit in ago else None
        return DayWords(4, span, span) if span else None
    if words[place] == "weekend":
        saturday = (
            week(today).first - timedelta(days=2) if today.weekday() < 5 else week(today).first + timedelta(5)
        )
        coming = week(today).first + timedelta(days=5)
        return DayWords(place + 1, Span(coming, coming + ONE_DAY), Span(saturday, saturday + ONE_DAY))
    if len(words) > place + 1 and words[place] in STEPS:
        direction, unit = words[place], words[place + 1]
        span = near_span(direction, unit, today)
        if span:
            return DayWords(place + 2, span, span)
        if unit in WEEKDAY_NUMBERS:
            return DayWords(place + 2, *weekday_ahead_and_behind(direction, WEEKDAY_NUMBERS[unit], today))
    if words[place] in WEEKDAY_NUMBERS and place == 0:
        return DayWords(1, *weekday_ahead_and_behind("", WEEKDAY_NUMBERS[words[0]], today))
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


def near_span(direction: str, unit: str, today: date) -> Span | None:
    step = STEPS[direction]
    if unit == "week":
        return week(today + timedelta(weeks=step))
    if unit == "month":
        return whole_month(today + relativedelta(months=step))
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


def weekday_ahead_and_behind(direction: str, weekday: int, today: date) -> tuple[Span | None, Span | None]:
    """Return a weekday ahead and behind. A bare one is never today; "next" and "last" look one way only."""
    ahead = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    behind = today - timedelta(days=(today.weekday() - weekday) % 7 or 7)
    if direction in ("next", "coming"):
        return one_day(ahead), one_day(ahead)
    if direction in ("last", "past", "previous"):
        return one_day(behind), one_day(behind)
    return one_day(ahead), one_day(behind)


def _quarter_of(day: date) -> Span:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Span(first, first + relativedelta(months=3) - ONE_DAY)


def weekday_of_a_week(words: Sequence[str], today: date) -> DayWords | None:
    """Read Wednesday last week, Friday of next week, Thursday week, a week on Monday, Monday to Wednesday
    last week."""
    if words[0] in WEEKDAY_NUMBERS and words[1:2] == ["week"]:
        ahead, _ = weekday_ahead_and_behind("", WEEKDAY_NUMBERS[words[0]], today)
        day = one_day(ahead.first + timedelta(weeks=1)) if ahead else None
        return DayWords(2, day, day)
    if words[0] == "a" and list(words[1:3]) in (["week", "on"], ["week", "last"], ["week", "ago"]):
        steps = 3 if len(words) > 3 and words[3] in WEEKDAY_NUMBERS else 0
        if steps:
            ahead, behind = weekday_ahead_and_behind("", WEEKDAY_NUMBERS[words[3]], today)
            is_ahead = words[2] == "on"
            near = ahead if is_ahead else behind
            day = one_day(near.first + timedelta(weeks=1 if is_ahead else -1)) if near else None
            return DayWords(4, day, day)
    last, taken = words[0], 1
    if len(words) > 2 and words[1] in ("to", "until", "") and words[2] in WEEKDAY_NUMBERS:
        last, taken = words[2], 3
    if words[0] not in WEEKDAY_NUMBERS:
        return None
    rest = list(words[taken:])
    if rest[:1] == ["of"]:
        rest, taken = rest[1:], taken + 1
    if len(rest) < 2 or rest[0] not in ("this", "last", "next") or rest[1] != "week":
        return None
    week = near_span(rest[0], "week", today)
    if week is None or WEEKDAY_NUMBERS[last] < WEEKDAY_NUMBERS[words[0]]:
        return None
    span = Span(
        week.first + timedelta(days=WEEKDAY_NUMBERS[words[0]]),
        week.first + timedelta(days=WEEKDAY_NUMBERS[last]),
    )
    return DayWords(taken + 2, span, span)


def before_last(words: Sequence[str], today: date) -> DayWords | None:
    """Read the week before last, the month before last, the day before yesterday, the day after tomorrow."""
    place = 1 if words[0] == "the" else 0
    rest = list(words[place : place + 3])
    if rest in (["day", "before", "yesterday"], ["day", "after", "tomorrow"]):
        day = one_day(today + timedelta(days=-2 if rest[1] == "before" else 2))
        return DayWords(place + 3, day, day)
    if rest == ["week", "before", "last"]:
        span = week(today - timedelta(weeks=2))
    elif rest == ["month", "before", "last"]:
        span = whole_month(today - relativedelta(months=2))
    elif rest == ["week", "after", "next"]:
        span = week(today + timedelta(weeks=2))
    elif rest == ["month", "after", "next"]:
        span = whole_month(today + relativedelta(months=2))
    else:
        return None
    return DayWords(place + 3, span, span)
