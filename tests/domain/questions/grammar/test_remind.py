import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Remind
from tests.domain.shipped_names import body, understood


@pytest.mark.parametrize("typed", ["remind 15", "Remind #15", "chase rec 15", "remind of 15"])
def test_a_reminder_is_of_one_recommendation(typed: str) -> None:
    assert understood(typed) == Remind(Ref(None, "15"))


@pytest.mark.parametrize("typed", ["remind 15 kent", "remind kent of 15", "chase #15 for Kent Police"])
def test_the_contacts_of_one_body_alone_can_be_reminded(typed: str) -> None:
    assert understood(typed) == Remind(Ref(None, "15"), body("kent"))


@pytest.mark.parametrize(
    ("typed", "what", "suggested"),
    [
        ("remind", What.WHICH_RECOMMENDATION, []),
        ("remind 15 16", What.ONE_RECOMMENDATION, ["remind 15", "remind 16"]),
        ("remind 15: please", What.LEFT_OVER, ["remind 15"]),
        ("remind 15 kent: please", What.LEFT_OVER, ["remind 15 kent"]),
        ("remind 15 kent surrey", What.ONE_BODY, ["remind 15 kent", "remind 15 surrey"]),
    ],
)
def test_what_more_is_said_is_not_passed_over(typed: str, what: What, suggested: list[str]) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert problem.value.what is what
    assert [choice.label for choice in problem.value.suggestions] == suggested
