"""On which ground words are erased, and how they are found again where Slack was given them."""

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_recordings import Redact
from bot.domain.register.redaction import ErasableWords, Ground, ground_of
from bot.domain.register.update import UpdateKind
from tests.cast import an_update
from tests.domain.shipped_names import understood

TEXT = "We met “Mrs Q.” & her <sister>\nin March, at the town hall in Maidstone."


@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("UK GDPR article 17", Ground.ERASURE),
        ("gdpr", Ground.ERASURE),
        ("DPA 2018, section 47", None),
        ("dpa 2018  SECTION 47", Ground.LAW_ENFORCEMENT),
        ("Wrong person", Ground.WRONG_PERSON),
        ("wrong person.", Ground.WRONG_PERSON),
        ("victim could be identified", Ground.VICTIM),
        ("it names Mrs Q.", None),
        ("", None),
    ],
)
def test_only_the_grounds_there_are_are_understood(words: str, ground: Ground | None) -> None:
    assert ground_of(words) is ground


@pytest.mark.parametrize("ground", Ground)
def test_each_ground_can_be_typed_as_it_is_written(ground: Ground) -> None:
    assert understood(f"redact 137: {ground}") == Redact(137, ground)
    assert understood(f"redact update #137 anyway: {ground}") == Redact(137, ground, confirmed=True)


def test_the_ground_may_be_left_out_and_is_then_asked_for() -> None:
    assert understood("redact 137") == Redact(137)


def test_a_ground_that_is_none_is_not_passed_over_but_told_which_there_are() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        understood("redact 137 anyway: it names Mrs Q.")
    assert refusal.value.what is What.WHICH_GROUND
    offered = [understood(choice.command) for choice in refusal.value.suggestions]
    assert offered == [Redact(137, ground) for ground in Ground]


@pytest.mark.parametrize(
    "shown",
    [
        TEXT,
        {
            "blocks": [
                {
                    "text": {
                        "text": "Kent: “We met “Mrs Q.” &amp; her &lt;sister&gt;\n"
                        "in March, at the town hall in Ma…”"
                    }
                }
            ]
        },
        ["WE MET MRS Q & HER <SISTER> IN MARCH AT THE TOWN HALL IN MAIDSTONE"],
    ],
)
def test_words_are_found_however_slack_was_given_them(shown: object) -> None:
    assert ErasableWords.of(an_update(UpdateKind.NOTE, text=TEXT).draft).stand_in(shown)


def test_other_words_are_not_found() -> None:
    words = ErasableWords.of(an_update(UpdateKind.NOTE, text=TEXT, decided_by="the Chief").draft)
    assert not words.stand_in({"text": "We met the provider in March", "count": 3, "blocks": None})
    assert words.stand_in("decided by the Chief")
    assert not words.tell_apart.stand_in("decided by the Chief")
