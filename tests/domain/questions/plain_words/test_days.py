"""Words of days: whatever stands beside each other, they name days or none."""

from datetime import date
from random import Random

import pytest

from bot.domain.questions.plain_words.days.reading import day_words
from bot.domain.questions.plain_words.tokens import tokens_of

WORDS = """
0 1 28 29 30 31 32 99 1st 31st jan january february april december 1900 2024 2025 2099 last next this week
month quarter q1 q4 year end of start beginning before after since until to and ago day days weeks fortnight
monday friday easter christmas half second yesterday today tomorrow the a in on by between
""".split()  # noqa: SIM905 - words are easier to read so


@pytest.mark.parametrize("text", ["0 to 1 January", "0 and 1 Jan 2025", "31 to 30 April"])
def test_days_that_no_month_has_are_no_days(text: str) -> None:
    assert day_words(tokens_of(text), date(2025, 3, 10)) is None


@pytest.mark.parametrize("today", [date(2025, 3, 10), date(2024, 2, 29), date(2025, 12, 31)], ids=str)
def test_words_in_any_order_name_days_or_none(today: date) -> None:
    dice = Random(5)
    for _ in range(3_000):
        tokens = tokens_of(" ".join(dice.choice(WORDS) for _ in range(dice.randint(1, 7))))
        day = day_words(tokens, today)
        assert day is None or 0 < day.taken <= len(tokens)
