"""Finding who has not responded."""

from datetime import date

from bot.domain.questions.grammar import typed_commands
from bot.domain.register.addressee import Answer, Duty
from bot.operations.questions import waiting
from tests.cast import (
    VIC,
    Register,
    a_recommendation,
    occasion,
)
from tests.operations.cases import WALES, add, names


def test_waiting_names_who_has_not_responded_with_or_without_a_deadline(register: Register) -> None:
    add(register, a_recommendation("40"), ("kent", "gwent"), answer=Answer.AWAITING)
    add(register, a_recommendation("41", respond_by=None), ("kent",), answer=Answer.AWAITING)
    add(register, a_recommendation("42", respond_by=date(2024, 1, 1)), ("essex",), answer=Answer.AWAITING)
    awaited = waiting.waiting(register.store, occasion(VIC), typed_commands.Waiting())
    assert awaited.awaiting == 4
    assert list(names(awaited).items()) == [
        ((Duty.RESPONSE, "42"), ["Essex"]),
        ((Duty.RESPONSE, "40"), ["Gwent", "Kent"]),
        ((Duty.RESPONSE, "41"), ["Kent"]),
    ]
    of_kent = waiting.waiting(register.store, occasion(VIC), typed_commands.Waiting(register.body("kent")))
    assert [key[1] for key in names(of_kent)] == ["40", "41"]
    of_wales = waiting.waiting(register.store, occasion(VIC), typed_commands.Waiting(WALES))
    assert list(names(of_wales).values()) == [["Gwent"]]
    kents = typed_commands.Waiting(typed_commands.Ref(None, "40"), body=register.body("kent"))
    of_one = waiting.waiting(register.store, occasion(VIC), kents)
    assert names(of_one) == {(Duty.RESPONSE, "40"): ["Kent"]}
    assert of_one.typed == "waiting stalking 40 kent"
    in_wales = typed_commands.Waiting(typed_commands.Ref(None, "40"), region=WALES)
    of_region = waiting.waiting(register.store, occasion(VIC), in_wales)
    assert names(of_region) == {(Duty.RESPONSE, "40"): ["Gwent"]}
    assert of_region.typed == "waiting stalking 40 region Wales"
