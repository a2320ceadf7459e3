"""Days and spans of days in plain words, by the London calendar: "next month", "since Easter", "mid May".

A day may be left without its year ("22 November"), and then lies on the side that is asked for: a deadline ahead,
a change behind."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.questions.plain_words.days.calendar_words import (
    DAYS_FROM_TODAY,
    MONTH_NUMBERS,
    ORDINALS,
    STEPS,
    WEEKDAY_NUMBERS,
)
from bot.domain.questions.plain_words.days.dates import BEGIN_FEASTS, days_of_one_month, exact_date, feast
from bot.domain.questions.plain_words.days.lengths import NUMBERS_OF_UNITS, counted_days
from bot.domain.questions.plain_words.days.months_and_years import (
    PARTS_OF_A_TIME,
    SEASONS,
    financial_year,
    half_or_week_of_month,
    named_month,
    part_of_month,
    quarter,
    season,
)
from bot.domain.questions.plain_words.days.near_days import before_last, near_day, weekday_of_a_week
from bot.domain.questions.plain_words.days.spans import DayWords
from bot.domain.questions.plain_words.tokens import Token, TokenKind

Reader = Callable[[Sequence[str], date], DayWords | None]


def day_words(tokens: Sequence[Token], today: date) -> DayWords | None:
    """Read the days that the first of these tokens name; None where they name none."""
    readers = readers_of(tokens[0].key) if tokens and tokens[0].kind is TokenKind.WORD else ()
    if not readers:
        return None
    words = [token.key if token.kind is TokenKind.WORD else "" for token in tokens[:8]]
    for reader in readers:
        if day := reader(words, today):
            return day
    return None


_STEPS = ("this", "last", "next")
# In this order, each with the words that may begin what it reads; whatever begins with a figure is tried with all.
READERS: tuple[tuple[Reader, tuple[str, ...]], ...] = (
    (half_or_week_of_month, ("in", "during", "over", "the", "latter", *ORDINALS)),
    (days_of_one_month, ()),
    (weekday_of_a_week, ("a", *WEEKDAY_NUMBERS)),
    (before_last, ("the", "day", "week", "month")),
    (financial_year, ("the", "end", "of", *_STEPS)),
    (quarter, ("the", "q1", "q2", "q3", "q4", *ORDINALS)),
    (exact_date, ("the", *WEEKDAY_NUMBERS, *MONTH_NUMBERS)),
    (feast, tuple(BEGIN_FEASTS)),
    (season, ("the", "end", "of", *_STEPS, *SEASONS)),
    (part_of_month, ("the", *PARTS_OF_A_TIME)),
    (counted_days, ("the", "within", "in", "following", "fortnight", *STEPS, *NUMBERS_OF_UNITS)),
    (
        near_day,
        (
            "the",
            "over",
            "during",
            "earlier",
            "weekend",
            "week",
            "w/c",
            "wc",
            *STEPS,
            *DAYS_FROM_TODAY,
            *WEEKDAY_NUMBERS,
        ),
    ),
    (named_month, (*_STEPS, *MONTH_NUMBERS)),
)
_BY_FIRST_WORD = {
    word: tuple(reader for reader, beginnings in READERS if word in beginnings)
    for word in {word for _, beginnings in READERS for word in beginnings}
}
_ALL = tuple(reader for reader, _ in READERS)


def readers_of(word: str) -> tuple[Reader, ...]:
    """Return what may read days that begin with a word."""
    return _ALL if word[:1].isdigit() else _BY_FIRST_WORD.get(word, ())
