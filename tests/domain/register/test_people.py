"""What whoever asks may read and do."""

import pytest

from bot.domain.register.people import Actor, PersonKey
from tests.cast import ALICE, BOB, CORA, VIC, person

KENT, SURREY = "E23000032", "E23000031"


def actor(who: PersonKey) -> Actor:
    speaks_for = {ALICE: {KENT: "Kent"}, BOB: {SURREY: "Surrey"}}.get(who, {})
    return Actor(person(who), is_coordinator=who == CORA, speaks_for=speaks_for)


@pytest.mark.parametrize(("who", "may"), [(ALICE, True), (CORA, True), (BOB, False), (VIC, False)])
def test_a_text_that_may_not_be_quoted_is_read_by_its_bodys_contacts_and_coordinators(
    who: PersonKey, may: bool
) -> None:
    assert actor(who).may_read(KENT, quotable=False) is may
    assert actor(who).may_record_for(KENT) is may


@pytest.mark.parametrize("who", [ALICE, CORA, BOB, VIC])
def test_what_may_be_quoted_everybody_reads(who: PersonKey) -> None:
    assert actor(who).may_read(KENT, quotable=True)


@pytest.mark.parametrize(("who", "may"), [(ALICE, False), (CORA, True), (BOB, False), (VIC, False)])
def test_a_text_about_no_body_is_read_by_coordinators(who: PersonKey, may: bool) -> None:
    assert actor(who).may_read(None, quotable=False) is may
