"""What is said of what falls due."""

from datetime import date, timedelta

import pytest

from bot.domain.questions.answers import (
    Deadline,
    DeadlineList,
    OverdueSummary,
)
from bot.domain.register.addressee import Duty
from bot.rendering.blocks.questions import deadlines
from tests.cast import TODAY, a_recommendation
from tests.rendering.cases import DEADLINE, NEAREST, NOTHING_LATE, TO_THE_DEADLINE
from tests.rendering.screens import assert_valid, read


def due(number: str, on: date = DEADLINE, duty: Duty = Duty.ACTION, owed: int = 43) -> Deadline:
    return Deadline(a_recommendation(number), duty, on, 43, owed)


def test_deadlines_say_the_next_one_first_and_all_by_date() -> None:
    rows = (due("15", owed=28), due("16"), due("25", date(2025, 4, 30), Duty.RESPONSE, owed=1))
    late = OverdueSummary(2, date(2024, 11, 22))
    shown = deadlines.deadlines(DeadlineList(rows, 3, late, rows[:2], TODAY, date(2025, 6, 8), "deadlines"))
    assert_valid(shown)
    assert shown.text == f"Next due: stalking 15 and 16 on {TO_THE_DEADLINE}."
    assert read(shown) == [
        "27 Mar 2025, 17 days left, 13 working days",
        "  Stalking 15: 28 of 43 not complete",
        "  Stalking 16: 43 of 43 not complete",
        "30 Apr 2025, 51 days left, 35 working days",
        "  Answers on stalking 25: 1 of 43 awaiting",
        "2 recommendations are overdue, the oldest since 22 November 2024. `/recs overdue` says with whom.",
    ]


@pytest.mark.parametrize(
    ("nearest", "until", "says"),
    [
        (
            NEAREST,
            date(2025, 3, 15),
            "Nothing falls due by 15 March 2025."
            " The next deadline is stalking 15 on 27 March 2025, in 17 days.",
        ),
        (
            (due("15", TODAY + timedelta(days=1), Duty.RESPONSE), due("16", TODAY + timedelta(days=1))),
            TODAY,
            "Nothing falls due by 10 March 2025. The next deadline is the response to stalking 15"
            " and stalking 16 on 11 March 2025, tomorrow.",
        ),
        ((), None, "Nothing falls due. There is no deadline ahead for anything still owed."),
    ],
)
def test_where_nothing_falls_due_the_next_deadline_is_said(
    nearest: tuple[Deadline, ...], until: date | None, says: str
) -> None:
    deadline_list = DeadlineList((), 0, NOTHING_LATE, nearest, TODAY, until, "deadlines")
    assert deadlines.deadlines(deadline_list).text == says
