"""One cell: days that can mean one day only, words as Slack understands them, and what is no value."""

from datetime import date, datetime

import pytest

from bot.domain.register.addressee import Answer, Stage
from bot.importing.cells import READERS, Unreadable, day, from_spreadsheet, text


@pytest.mark.parametrize(
    "written",
    [
        "2025-02-01",
        "01-Feb-25",
        "2025-02-01 00:00:00",
        "2025-02-01T00:00:00Z",
        "2025/02/01",
        "20250201",
        "1.2.2025",
        "01/02/25",
        "1 Feb '25",
        "Feb 1st, 2025",
        "1 Chwefror 2025",
        "Saturday 1 February 2025",
        "Sat, 01/02/2025",
        "1 February 2025 (Saturday)",
        "1–2–2025",
        datetime(2025, 2, 1),
        date(2025, 2, 1),
    ],
)
def test_what_can_mean_one_day_only_is_read(written: object) -> None:
    assert day(written) == date(2025, 2, 1)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("22/11", "The year is missing"),
        ("22 Nov", "The year is missing"),
        ("Nov-22", "The year is missing"),
        ("1/2/99", "The year is missing, or in two figures"),
        ("31/04/2025", "There is no 31 April 2025."),
        ("29 Feb 2025", "There is no 29 February 2025."),
        ("04/30/2025", "There is no month 30: the day comes first"),
        ("Monday 30 September 2025", "30 September 2025 is a Tuesday, not a Monday."),
        ("2025-02-01 09:30", "A time of day stands here."),
        (datetime(2025, 2, 1, 9, 30), "A time of day stands here."),
        ("last Monday", "Write a day with its year"),
        ("45000", "Write a day with its year"),
    ],
)
def test_any_other_day_is_refused_for_what_is_wrong_with_it(written: object, why: str) -> None:
    with pytest.raises(ValueError, match="^" + why.replace("(", r"\(")):
        day(written)


@pytest.mark.parametrize(
    "shown",
    [
        "#N/A",
        "#REF!",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#BEZUG!",
        "#¡VALOR!",
        "Err:502",
        "#####",
        " #N/A ",
    ],
)
def test_what_a_spreadsheet_shows_in_place_of_a_value_is_refused(shown: str) -> None:
    cell = from_spreadsheet(shown)
    assert isinstance(cell, Unreadable)
    with pytest.raises(ValueError, match="Write the value itself"):
        text(cell)


@pytest.mark.parametrize(
    ("held", "meant"),
    [
        ("one_x000D_\ntwo", "one\ntwo"),
        ("a_x0009_b", "a b"),
        ("_x005F_x000D_", "_x000D_"),
        ("caf_x00e9_", "café"),
        ("_xD83D__xDE00_", "😀"),
        ("#1 of 2", "#1 of 2"),
        ("a_x_b", "a_x_b"),
    ],
)
def test_numbers_of_characters_are_the_characters(held: str, meant: str) -> None:
    assert text(from_spreadsheet(held)) == meant


@pytest.mark.parametrize(
    ("written", "stage"),
    [
        ("Completed", Stage.COMPLETE),
        ("done", Stage.COMPLETE),
        ("In-progress", Stage.IN_PROGRESS),
        ("under  way", Stage.IN_PROGRESS),
        ("Checked by the association", Stage.CHECKED),
    ],
)
def test_progress_is_said_in_the_words_of_slack(written: str, stage: Stage) -> None:
    assert READERS[Stage | None](written) is stage


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("Agreed", Answer.ACCEPTED),
        ("partially accepted", Answer.ACCEPTED_IN_PART),
        ("Rejected", Answer.NOT_ACCEPTED),
        ("no response", Answer.AWAITING),
    ],
)
def test_answers_are_said_in_the_words_of_slack(written: str, answer: Answer) -> None:
    assert READERS[Answer | None](written) is answer
