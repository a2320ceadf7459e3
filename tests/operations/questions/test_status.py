"""Finding how one recommendation stands with the bodies of a region."""

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Region
from bot.domain.refusals.addressees import NotAddressed, NotRecordable
from bot.domain.register.addressee import Answer, Stage
from bot.operations.questions import status
from tests.cast import CORA, VIC, Register, a_recommendation, occasion
from tests.operations.cases import WALES, add


def test_a_region_counts_those_of_its_bodies_that_are_addressed(register: Register) -> None:
    register.says(CORA, "complete 15 gwent: all of it")
    register.says(CORA, "complete 15 kent: all of it")
    standing = status.in_region(register.store, occasion(VIC), Ref(None, "15"), WALES)
    assert [row.body_name for row in standing.addressees] == [
        "Dyfed-Powys",
        "Gwent",
        "North Wales",
        "South Wales",
    ]
    assert (standing.tally.addressed, standing.tally.accepted, standing.tally.done) == (4, 4, 1)
    assert [row.body_name for row in standing.at_stage(Stage.COMPLETE)] == ["Gwent"]


def test_only_what_is_addressed_to_the_region_can_be_asked(register: Register) -> None:
    add(register, a_recommendation("40"), ("kent", "gwent"), answer=Answer.AWAITING)
    ref = Ref(None, "40")
    standing = status.in_region(register.store, occasion(VIC), ref, WALES)
    assert (standing.tally.addressed, standing.tally.responded) == (1, 0)
    with pytest.raises(NotAddressed):
        status.in_region(register.store, occasion(VIC), ref, Region("North East"))
    with pytest.raises(NotRecordable):
        status.in_region(register.store, occasion(VIC), Ref(None, "27"), WALES)
