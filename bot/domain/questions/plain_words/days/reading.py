"""Days and spans of days in plain words, by the London calendar: "next month", "since Easter", "mid May".

A day may be left without its year ("22 November"), and then lies on the side that is asked for: a deadline ahead,
a change behind."""

from collections.abc import Callable, Sequence
from datetime import date

from bot.domain.questions.plain_words.days.dates import days_of_one_month, exact_date, feast
from bot.domain.questions.plain_words.days.lengths import counted_days
from bot.domain.questions.plain_words.days.months_and_years import (
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


def day_words(tokens: Sequence[Token], today: date) -> DayWords | None:
    """Read the days that the first of these tokens name; None where they name none."""
    words = [token.key if token.kind is TokenKind.WORD else "" for token in tokens[:8]]
    for reader in _READERS:
        if words and (day := reader(words, today)):
            return day
    return None


_READERS: tuple[Callable[[Sequence[str], date], DayWords | None], ...] = (
    half_or_week_of_month,
    days_of_one_month,
    weekday_of_a_week,
    before_last,
    financial_year,
    quarter,
    exact_date,
    feast,
    season,
    part_of_month,
    counted_days,
    near_day,
    named_month,
)
