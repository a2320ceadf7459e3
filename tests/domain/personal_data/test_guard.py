import pytest

from bot.domain.personal_data.kinds import Kind
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Note, Progress, UpdateForm
from bot.domain.register.addressee import Stage
from bot.domain.register.guard import (
    CONFIRMED,
    MayIdentify,
    must_all_identify_nobody,
    must_identify_nobody,
)
from tests.domain.shipped_names import body, understood

CALLER = "ring her on 07700 900123"
R15 = Ref(None, "15")


def test_what_may_identify_a_victim_is_not_let_through_unconfirmed() -> None:
    with pytest.raises(MayIdentify) as refusal:
        must_identify_nobody(CALLER, confirmed=False)
    (finding,) = refusal.value.findings[""]
    assert (finding.kind, finding.words) == (Kind.PHONE, "07700 900123")
    assert refusal.value.texts == {"": CALLER}


def test_a_confirmation_is_recorded_where_there_was_something_to_confirm() -> None:
    assert must_identify_nobody(CALLER, confirmed=True) == (CONFIRMED,)
    assert must_identify_nobody("ring 101", confirmed=True) == ()
    assert must_identify_nobody("ring 101", confirmed=False) == ()


def test_the_confirmation_keeps_none_of_the_words() -> None:
    assert (CONFIRMED.what, CONFIRMED.was, CONFIRMED.now) == ("no victim", "", "confirmed")


def test_of_a_form_each_field_is_told_apart() -> None:
    with pytest.raises(MayIdentify) as refusal:
        must_all_identify_nobody({"reason": "no funding", "note": CALLER}, confirmed=False)
    assert list(refusal.value.findings) == ["note"]


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        (f"note 15 no victim: {CALLER}", Note(R15, None, CALLER, no_victim=True)),
        (f"note 15 kent No Victim : {CALLER}", Note(R15, body("kent"), CALLER, no_victim=True)),
        (f"note 15, no victim: {CALLER}", Note(R15, None, CALLER, no_victim=True)),
        (
            f"progress 15 blocked no victim: {CALLER}",
            Progress(Stage.BLOCKED, (R15,), None, CALLER, no_victim=True),
        ),
        (f"complete 15 no victim: {CALLER}", Progress(Stage.COMPLETE, (R15,), None, CALLER, no_victim=True)),
    ],
)
def test_the_words_before_the_colon_confirm(typed: str, request_: object) -> None:
    assert understood(typed) == request_


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("note 15 no victim came forward", "no victim came forward"),
        ("note 15 we know of no victim: none came forward", "we know of no victim: none came forward"),
        ("note 15: no victim: none came forward", "no victim: none came forward"),
    ],
)
def test_the_same_words_in_a_text_are_text(typed: str, text: str) -> None:
    assert understood(typed) == Note(R15, None, text, no_victim=False)


@pytest.mark.parametrize(
    ("typed", "request_"),
    [
        ("update", UpdateForm()),
        ("update 15", UpdateForm((R15,))),
        ("record 15 kent", UpdateForm((R15,), body("kent"))),
        ("update stalking 15 kent: we met", UpdateForm((Ref("stalking", "15"),), body("kent"), "we met")),
    ],
)
def test_the_form_is_asked_for_with_what_is_known(typed: str, request_: object) -> None:
    assert understood(typed) == request_
