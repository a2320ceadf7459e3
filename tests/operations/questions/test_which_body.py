"""Which bodies a command can be for that names none."""

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.refusals.addressees import BodyRequired
from bot.operations.questions import which_body
from tests.cast import ALICE, CORA, ED, VIC, Register, occasion


def test_a_coordinator_chooses_among_those_to_whom_it_is_addressed(register: Register) -> None:
    choices = which_body.to_choose_from(register.store, occasion(CORA), (Ref(None, "15"),))
    assert len(choices) == 43
    assert [body.short_name for body in choices] == sorted(body.short_name for body in choices)


def test_a_contact_chooses_among_their_own(register: Register) -> None:
    choices = which_body.to_choose_from(register.store, occasion(ALICE), (Ref(None, "15"),))
    assert [body.slug for body in choices] == ["kent"]


def test_only_who_may_record_for_several_must_say_for_which(register: Register) -> None:
    with pytest.raises(BodyRequired):
        which_body.must_not_need_one(register.store, occasion(CORA))
    for who in (ALICE, ED, VIC):
        which_body.must_not_need_one(register.store, occasion(who))
