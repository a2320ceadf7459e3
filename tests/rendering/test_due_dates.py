"""A deadline, what moved it, and what the body itself expects."""

from datetime import date
from typing import Any

import pytest

from bot.rendering import due_dates
from tests.cast import an_addressee

TODAY, MARCH = date(2025, 3, 10), date(2025, 3, 27)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "due 27 Mar 2025"),
        ({"due_on": None}, ""),
        (
            {"due_on": date(2025, 4, 30), "slips": 1, "slip_days": 34},
            "due 30 Apr 2025, was 27 Mar 2025, extended once by 34 days",
        ),
        (
            {"due_on": date(2025, 5, 30), "slips": 3, "slip_days": 64},
            "due 30 May 2025, was 27 Mar 2025, extended 3 times by 64 days in all",
        ),
    ],
)
def test_a_deadline_says_how_often_it_was_moved(facts: dict[str, Any], words: str) -> None:
    assert due_dates.due(an_addressee(**facts), MARCH) == words


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"expected_on": date(2025, 3, 20)}, "expects 20 Mar 2025 (on track)"),
        ({"expected_on": date(2025, 6, 30)}, "expects 30 Jun 2025 (95 days late)"),
        ({"expected_on": date(2025, 6, 30), "due_on": None}, "expects 30 Jun 2025"),
        (
            {"expected_on": date(2025, 3, 9), "expectation_moves": 2},
            "expects 9 Mar 2025 (on track; moved later twice; that day has passed)",
        ),
    ],
)
def test_what_a_body_expects_stands_beside_it(facts: dict[str, Any], words: str) -> None:
    assert due_dates.expects(an_addressee(**facts), TODAY) == words
