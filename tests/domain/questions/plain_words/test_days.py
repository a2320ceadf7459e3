"""Words of days: whatever stands beside each other, they name days or none."""

from datetime import date
from random import Random

import pytest
from dateutil.relativedelta import relativedelta

from bot.domain.questions.plain_words.days.reading import READERS, day_words, readers_of
from bot.domain.questions.plain_words.days.spans import Span
from bot.domain.questions.plain_words.tokens import tokens_of

WORDS = """
0 1 28 29 30 31 32 99 1st 31st jan january february april december 1900 2024 2025 2099 last next this week
month quarter q1 q4 year end of start beginning before after since until to and ago day days weeks fortnight
monday friday easter christmas half second yesterday today tomorrow the a in on by between
""".split()  # noqa: SIM905 - words are easier to read so


TODAY = date(2025, 3, 10)  # a Monday

# What stands for which day or days, as they are read by whoever looks ahead | by whoever looks back.
DAYS = """
2025-03-27 = 2025-03-27
27/03/2025 = 2025-03-27
27.03.25 = 2025-03-27
27/3 = 2025-03-27 | 2024-03-27
27 March 2025 = 2025-03-27
27 March = 2025-03-27 | 2024-03-27
27th of March = 2025-03-27 | 2024-03-27
March 27 = 2025-03-27 | 2024-03-27
March 27 2025 = 2025-03-27
Monday 3 March = 2026-03-03 | 2025-03-03
Tuesday the 4th = 2025-04-04 | 2025-03-04
the 27th = 2025-03-27 | 2025-02-27
the 5th = 2025-04-05 | 2025-03-05
the 10th = 2025-03-10
1 to 15 January = 2026-01-01 to 2026-01-15 | 2025-01-01 to 2025-01-15
1 and 15 January 2024 = 2024-01-01 to 2024-01-15
Burns night = 2026-01-25 | 2025-01-25
Valentine's Day = 2026-02-14 | 2025-02-14
valentines = 2026-02-14 | 2025-02-14
St David's Day = 2026-03-01 | 2025-03-01
St Patrick's Day = 2025-03-17 | 2024-03-17
April Fools' Day = 2025-04-01 | 2024-04-01
St George's Day = 2025-04-23 | 2024-04-23
halloween = 2025-10-31 | 2024-10-31
bonfire night = 2025-11-05 | 2024-11-05
Guy Fawkes night = 2025-11-05 | 2024-11-05
Remembrance Day = 2025-11-11 | 2024-11-11
Armistice Day = 2025-11-11 | 2024-11-11
St Andrew's Day = 2025-11-30 | 2024-11-30
twelfth night = 2026-01-05 | 2025-01-05
Easter = 2025-04-20 | 2024-03-31
Easter Sunday = 2025-04-20 | 2024-03-31
Easter Monday = 2025-04-21 | 2024-04-01
Shrove Tuesday = 2026-02-17 | 2025-03-04
pancake day = 2026-02-17 | 2025-03-04
Ash Wednesday = 2026-02-18 | 2025-03-05
Mothering Sunday = 2025-03-30 | 2024-03-10
Mother's Day = 2025-03-30 | 2024-03-10
Palm Sunday = 2025-04-13 | 2024-03-24
Maundy Thursday = 2025-04-17 | 2024-03-28
Whit Monday = 2025-06-09 | 2024-05-20
Good Friday = 2025-04-18 | 2024-03-29
Christmas = 2025-12-25 | 2024-12-25
Christmas Day = 2025-12-25 | 2024-12-25
Christmas Eve = 2025-12-24 | 2024-12-24
xmas = 2025-12-25 | 2024-12-25
Boxing Day = 2025-12-26 | 2024-12-26
New Year = 2026-01-01 | 2025-01-01
New Year's Day = 2026-01-01 | 2025-01-01
New Year's Eve = 2025-12-31 | 2024-12-31
mid May = 2025-05-15 | 2024-05-15
early April = 2025-04-01 | 2024-04-01
late April = 2025-04-30 | 2024-04-30
middle of May = 2025-05-15 | 2024-05-15
end of March = 2025-03-31
the end of last year = 2024-12-31
the beginning of next week = 2025-03-17
the start of next month = 2025-04-01
close of the month = 2025-03-31
turn of the year = 2025-01-01
the rest of the year = 2025-03-10 to 2025-12-31 | none
the remainder of this week = 2025-03-10 to 2025-03-16 | none
end of March 2024 = 2024-03-31
first half of April = 2025-04-01 to 2025-04-15 | 2024-04-01 to 2024-04-15
the second half of March 2025 = 2025-03-16 to 2025-03-31
the latter half of May = 2025-05-16 to 2025-05-31 | 2024-05-16 to 2024-05-31
the second week in March 2025 = 2025-03-08 to 2025-03-14
the last week of February = 2026-02-22 to 2026-02-28 | 2025-02-22 to 2025-02-28
the last fortnight of May = 2025-05-18 to 2025-05-31 | 2024-05-18 to 2024-05-31
the first fortnight in June = 2025-06-01 to 2025-06-14 | 2024-06-01 to 2024-06-14
the fourth week of February = 2026-02-22 to 2026-02-28 | 2025-02-22 to 2025-02-28
March = 2025-03-01 to 2025-03-31
March 2024 = 2024-03-01 to 2024-03-31
next May = 2025-05-01 to 2025-05-31 | 2024-05-01 to 2024-05-31
Q2 = 2025-04-01 to 2025-06-30 | 2024-04-01 to 2024-06-30
Q1 2025 = 2025-01-01 to 2025-03-31
Q3 = 2025-07-01 to 2025-09-30 | 2024-07-01 to 2024-09-30
the second quarter of the year = 2025-04-01 to 2025-06-30 | 2024-04-01 to 2024-06-30
the first half of 2024 = 2024-01-01 to 2024-06-30
the second half of the year = 2025-07-01 to 2025-12-31 | 2024-07-01 to 2024-12-31
this financial year = 2024-04-01 to 2025-03-31
the last financial year = 2023-04-01 to 2024-03-31
the end of the financial year = 2025-03-31
next fiscal year = 2025-04-01 to 2026-03-31
the summer = 2025-06-01 to 2025-08-31 | 2024-06-01 to 2024-08-31
this spring = 2025-03-01 to 2025-05-31
last autumn = 2024-09-01 to 2024-11-30
last winter = 2024-12-01 to 2025-02-28
the end of the winter = 2026-02-28 | 2025-02-28
today = 2025-03-10
tonight = 2025-03-10
yesterday = 2025-03-09
tomorrow = 2025-03-11
tomoz = 2025-03-11
this morning = 2025-03-10
last night = 2025-03-09
last evening = 2025-03-09
this evening = 2025-03-10
this afternoon = 2025-03-10
this lunchtime = 2025-03-10
yesterday morning = 2025-03-09
new years day = 2026-01-01 | 2025-01-01
new years eve = 2025-12-31 | 2024-12-31
yesterday afternoon = 2025-03-09
earlier today = 2025-03-10
this week = 2025-03-10 to 2025-03-16
last week = 2025-03-03 to 2025-03-09
next week = 2025-03-17 to 2025-03-23
this month = 2025-03-01 to 2025-03-31
last month = 2025-02-01 to 2025-02-28
next year = 2026-01-01 to 2026-12-31
last quarter = 2024-10-01 to 2024-12-31
next fortnight = 2025-03-10 to 2025-03-24
last fortnight = 2025-02-24 to 2025-03-10
the weekend = 2025-03-15 to 2025-03-16 | 2025-03-08 to 2025-03-09
over the weekend = 2025-03-15 to 2025-03-16 | 2025-03-08 to 2025-03-09
week commencing 24 March = 2025-03-24 to 2025-03-30 | 2024-03-18 to 2024-03-24
wc 3 March = 2026-03-02 to 2026-03-08 | 2025-03-03 to 2025-03-09
week of 3 March = 2026-03-02 to 2026-03-08 | 2025-03-03 to 2025-03-09
week beginning the 17th = 2025-03-17 to 2025-03-23 | 2025-02-17 to 2025-02-23
this time last week = 2025-03-03
this time last year = 2024-03-10
next Friday = 2025-03-14
last Friday = 2025-03-07
this Friday = 2025-03-14 | 2025-03-07
coming Monday = 2025-03-17
Monday = 2025-03-17 | 2025-03-03
Friday = 2025-03-14 | 2025-03-07
Friday week = 2025-03-21
a week on Monday = 2025-03-24
a week last Thursday = 2025-02-27
a week ago Tuesday = 2025-02-25
Wednesday last week = 2025-03-05
Friday of next week = 2025-03-21
Monday to Wednesday last week = 2025-03-03 to 2025-03-05
the week before last = 2025-02-24 to 2025-03-02
the month before last = 2025-01-01 to 2025-01-31
the day before yesterday = 2025-03-08
the day after tomorrow = 2025-03-12
the week after next = 2025-03-24 to 2025-03-30
the month after next = 2025-05-01 to 2025-05-31
30d = 2025-03-10 to 2025-04-09 | 2025-02-08 to 2025-03-10
3 days ago = 2025-03-07
two weeks ago = 2025-02-24
a fortnight ago = 2025-02-24
the last fortnight = 2025-02-24 to 2025-03-10
the next two weeks = 2025-03-10 to 2025-03-24
in 10 days = 2025-03-10 to 2025-03-20 | 2025-02-28 to 2025-03-10
a fortnight = 2025-03-10 to 2025-03-24 | 2025-02-24 to 2025-03-10
within the next month = 2025-03-10 to 2025-04-10
the last month = 2025-02-10 to 2025-03-10
three months from now = 2025-06-10
2 more weeks = 2025-03-10 to 2025-03-24 | 2025-02-24 to 2025-03-10
10 working days = 2025-03-10 to 2025-03-20 | 2025-02-28 to 2025-03-10
a couple of weeks = 2025-03-10 to 2025-03-24 | 2025-02-24 to 2025-03-10
fourteen days = 2025-03-10 to 2025-03-24 | 2025-02-24 to 2025-03-10
"""


def shown(span: Span | None) -> str:
    if span is None:
        return "none"
    return f"{span.first}" if span.first == span.last else f"{span.first} to {span.last}"


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_words_name_the_days_that_people_mean(line: str) -> None:
    words, _, days = line.partition(" = ")
    ahead, _, behind = days.partition(" | ")
    tokens = tokens_of(words)
    read = day_words(tokens, TODAY)
    assert read is not None
    assert (shown(read.ahead), shown(read.behind)) == (ahead, behind or ahead)
    assert read.taken == len(tokens)


@pytest.mark.parametrize("line", DAYS.strip().splitlines())
def test_what_follows_them_makes_no_other_days_of_them(line: str) -> None:
    words, _, _ = line.partition(" = ")
    tokens = tokens_of(words)
    assert day_words(tokens_of(f"{words} please kent"), TODAY) == day_words(tokens, TODAY)


@pytest.mark.parametrize(
    "text", ["the second one", "the 16th rec", "31 April", "20 to 15 January", "the rest of April", "wk 3"]
)
def test_what_counts_something_else_or_cannot_be_names_no_day(text: str) -> None:
    assert day_words(tokens_of(text), TODAY) is None


@pytest.mark.parametrize(
    ("words", "today", "ahead", "behind"),
    [
        # On a day itself it is ahead and behind, and a weekday by its name is never today.
        ("17 March", date(2025, 3, 17), "2025-03-17", "2025-03-17"),
        ("St Patrick's Day", date(2025, 3, 17), "2025-03-17", "2025-03-17"),
        ("the 31st", date(2025, 4, 10), "2025-05-31", "2025-03-31"),
        ("29 February", date(2025, 3, 10), "2028-02-29", "2024-02-29"),
        ("the weekend", date(2025, 3, 15), "2025-03-15 to 2025-03-16", "2025-03-15 to 2025-03-16"),
        ("the weekend", date(2025, 3, 16), "2025-03-15 to 2025-03-16", "2025-03-15 to 2025-03-16"),
        ("Q1", date(2025, 4, 1), "2026-01-01 to 2026-03-31", "2025-01-01 to 2025-03-31"),
        ("Q1", date(2025, 3, 31), "2025-01-01 to 2025-03-31", "2025-01-01 to 2025-03-31"),
        ("this financial year", date(2025, 4, 1), "2025-04-01 to 2026-03-31", "2025-04-01 to 2026-03-31"),
        (
            "the second half of March",
            date(2025, 3, 10),
            "2025-03-16 to 2025-03-31",
            "2024-03-16 to 2024-03-31",
        ),
        (
            "the first week of March",
            date(2025, 3, 10),
            "2026-03-01 to 2026-03-07",
            "2025-03-01 to 2025-03-07",
        ),
        ("the summer", date(2025, 6, 1), "2025-06-01 to 2025-08-31", "2025-06-01 to 2025-08-31"),
        ("the winter", date(2025, 2, 28), "2024-12-01 to 2025-02-28", "2024-12-01 to 2025-02-28"),
        ("last summer", date(2025, 8, 31), "2024-06-01 to 2024-08-31", "2024-06-01 to 2024-08-31"),
        ("last quarter", date(2025, 1, 31), "2024-10-01 to 2024-12-31", "2024-10-01 to 2024-12-31"),
    ],
)
def test_it_depends_on_the_day_on_which_they_are_said(
    words: str, today: date, ahead: str, behind: str
) -> None:
    read = day_words(tokens_of(words), today)
    assert read is not None
    assert (shown(read.ahead), shown(read.behind)) == (ahead, behind)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("30d", relativedelta(days=30)),
        ("in 10 days", relativedelta(days=10)),
        ("a fortnight", relativedelta(weeks=2)),
        ("a couple of weeks", relativedelta(weeks=2)),
        ("2 more weeks", relativedelta(weeks=2)),
        ("another month", relativedelta(months=1)),
        ("fourteen days", relativedelta(days=14)),
        ("2 yrs", relativedelta(years=2)),
    ],
)
def test_a_length_of_time_is_told_as_one(words: str, length: relativedelta) -> None:
    read = day_words(tokens_of(words), TODAY)
    assert read is not None
    assert read.length is not None
    assert read.length.delta == length


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


def test_no_reader_is_passed_over_that_reads_what_a_word_begins() -> None:
    phrases = [line.split(" = ")[0].casefold().split() for line in DAYS.strip().splitlines()]
    rests = {tuple(phrase[start:]) for phrase in phrases for start in range(len(phrase))} | {()}
    begins = {word for _, beginnings in READERS for word in beginnings}
    for first in sorted({*WORDS, *begins, *(word for phrase in phrases for word in phrase)}):
        for rest in rests:
            readers = {reader for reader, _ in READERS if reader([first, *rest], TODAY)}
            assert readers <= set(readers_of(first)), (first, *rest)
