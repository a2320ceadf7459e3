"""Titles in a sentence."""

from bot.rendering.blocks.questions.lists import titles
from tests.cast import REPORT, TODAY, a_recommendation


def test_titles_name_a_report_once() -> None:
    other = a_recommendation("3a", report=type(REPORT)("custody", "Custody", "", TODAY))
    recommendations = [a_recommendation("15"), a_recommendation("16"), other, a_recommendation("15")]
    assert titles(recommendations) == "stalking 15, 16 and custody 3a"
