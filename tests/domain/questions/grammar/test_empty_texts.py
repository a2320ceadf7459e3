"""What says nothing, was not meant, is only quoted, or is for a place that is no body, is asked about."""

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_recordings import Note, Progress, Respond
from tests.domain.shipped_names import understood


def refused(typed: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as refusal:
        understood(typed)
    return refusal.value


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "complete 15: -",
            "complete 15: qwerty qwerty",
            "complete 16: this is only a test",
            "decline 15: n/a",
        ),
        *(
            "partly 15: xx",
            "accept 16: sdfgh",
            "blocked 15: blah blah",
            "note 16: testing",
            "decline 16 zxcv",
        ),
        *("extend 15 30 Apr 2025: tba", "progress 25 in progress: lorem ipsum", "complete 25: …"),
    ],
)
def test_a_text_that_says_nothing_is_asked_for(typed: str) -> None:
    refusal = refused(typed)
    assert refusal.what is What.SAYS_NOTHING
    verb, number, *_ = typed.split()
    assert [offer.command.startswith(f"{verb} {number.strip(':')}") for offer in refusal.suggestions] == [
        True
    ]
    assert ":" not in refusal.suggestions[0].command


@pytest.mark.parametrize(
    "typed",
    [
        *("complete 15: tested and live", "complete 15: all live", "decline 15: the test costs too much"),
        *("complete 16: 🎉", "note 15: tests begin in May", "decline 16: not ours to do", "note 15: *_~`"),
    ],
)
def test_a_text_that_says_little_is_a_text(typed: str) -> None:
    assert isinstance(understood(typed), Respond | Progress | Note)


@pytest.mark.parametrize(
    "typed",
    [
        *("decline 15: just asking", "complete 15: not completing, only wondering how it works"),
        *(
            "partly 16: I'm just trying this out",
            "accept 15: this is only a question",
            "decline 15 just asking",
        ),
        *("complete 25: what would happen if I press this",),
    ],
)
def test_what_is_only_tried_or_asked_is_not_recorded(typed: str) -> None:
    refusal = refused(typed)
    assert refusal.what in (What.NOT_MEANT, What.QUESTION)
    assert all(offer.command[0].isdigit() for offer in refusal.suggestions)


@pytest.mark.parametrize(
    "typed", ["decline 15: not declined", "decline 16: we have not refused", "decline 15: can we?"]
)
def test_a_reason_that_takes_back_its_no_is_asked_about(typed: str) -> None:
    assert refused(typed).what in (What.NOT_CERTAIN, What.QUESTION)


@pytest.mark.parametrize("typed", ['"decline 16: no money"', "‘complete 15’", "`accept 16`", "(complete 25)"])
def test_a_command_in_quotation_marks_is_asked_about(typed: str) -> None:
    refusal = refused(typed)
    assert refusal.what is What.QUOTED
    assert refusal.suggestions[0].command == typed[1:-1]


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("accept 15 Colchester", "colchester"),
        ("complete 16 for Wrexham police", "wrexham"),
        ("decline 15 for the Midsomer: no staff", "for the Midsomer"),
        ("started 25 in Oxford", "oxford"),
        ("blocked 15 Police Scotland", "police scotland"),
        ("complete 15: Dover", "dover"),
    ],
)
def test_what_is_recorded_for_no_body_that_is_known_is_asked_about(typed: str, place: str) -> None:
    refusal = refused(typed)
    assert (refusal.what, refusal.word) == (What.OTHER_PLACE, place)
    assert [offer.command[:2] for offer in refusal.suggestions] in (["15"], ["16"], ["25"])


@pytest.mark.parametrize(
    "typed", ["blocked 15: Dover", "decline 15: Scotland does it otherwise", "note 15 Dover"]
)
def test_a_text_may_speak_of_a_place(typed: str) -> None:
    assert isinstance(understood(typed), Respond | Progress | Note)


@pytest.mark.parametrize(
    "typed", ["note 15 delete: the old text", "note 15 remove", "note 16 change to: text here"]
)
def test_a_note_that_may_change_another_is_asked_about(typed: str) -> None:
    assert refused(typed).what is What.NOT_CERTAIN


@pytest.mark.parametrize(
    "typed", ["note 15 change of provider in May", "note 15: delete the old page", "note 15 edits are made"]
)
def test_a_note_may_speak_of_changes(typed: str) -> None:
    assert isinstance(understood(typed), Note)
