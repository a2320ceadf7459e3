"""The official wording is a quotation with its source; a paraphrase is never one."""

from bot.rendering import wordings
from tests.cast import a_recommendation


def test_only_the_official_wording_stands_in_quotation_marks_and_with_its_source() -> None:
    official = a_recommendation(wording="Review the services.", quoted_from="the report, page 14")
    assert wordings.in_full(official) == "“Review the services.” (the report, page 14)"
    assert wordings.words_of(official) == "official"
    ours = a_recommendation(wording="Review the services.", source="the letter of 22 November 2024")
    assert wordings.in_full(ours) == "In our words: Review the services."
    assert wordings.words_of(ours) == "our own"


def test_a_list_calls_a_recommendation_by_its_short_form() -> None:
    short = a_recommendation(short_form="specialist services for victims")
    assert wordings.named(short) == "stalking 15 (specialist services for victims)"
    assert wordings.numbered(short) == "15 (specialist services for victims)"
    assert short.about == "specialist services for victims"
    assert wordings.named(a_recommendation()) == "stalking 15"
    assert a_recommendation().about == "Review the services."
