"""Finding how a body or a region stands."""

import pytest

from bot.domain.questions.answers import OverdueSummary
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.refusals.addressees import NotAddressed, NotRecordable
from bot.domain.register.addressee import Answer, Stage
from bot.operations.questions import standing
from bot.operations.register.now import RegisterNow
from bot.operations.register.subjects import nearest, scope_of
from tests.cast import (
    ALICE,
    CORA,
    NOW,
    VIC,
    Register,
    a_recommendation,
    occasion,
)
from tests.operations.cases import DEADLINE, LATE, WALES, add, withdraw


def test_a_body_that_does_not_accept_or_whose_recommendation_ended_owes_no_action(register: Register) -> None:
    register.says(ALICE, "decline 15: another body does it")
    withdraw(register, "stalking-16")
    body_overview = standing.body(register.store, occasion(VIC, LATE), register.body("kent"), 1)
    assert [row.recommendation.number for row in body_overview.rows] == ["25", "15"]
    assert (body_overview.sums.addressed, body_overview.sums.accepted, body_overview.sums.owing) == (2, 1, 1)
    assert body_overview.sums.late == OverdueSummary(1, DEADLINE)


def test_several_recommendations_with_a_body_are_summed_as_the_whole_is(register: Register) -> None:
    register.says(ALICE, "complete 15: all of it")
    every = (Ref(None, "15"), Ref(None, "16"), Ref(None, "25"))
    kent = register.body("kent")
    whole = standing.body(register.store, occasion(VIC, LATE), kent, 1)
    chosen = standing.chosen(register.store, occasion(VIC, LATE), every, kent, 1)
    assert chosen.sums == whole.sums
    assert {row.recommendation.id for row in chosen.rows} == {row.recommendation.id for row in whole.rows}


def test_a_body_is_asked_only_for_what_is_addressed_to_it(register: Register) -> None:
    add(register, a_recommendation("40"), ("kent",), answer=Answer.ACCEPTED)
    both = (Ref(None, "15"), Ref(None, "40"))
    with pytest.raises(NotAddressed):
        standing.chosen(register.store, occasion(VIC), both, register.body("essex"), 1)
    with pytest.raises(NotRecordable):
        standing.chosen(register.store, occasion(VIC), (Ref(None, "27"),), register.body("essex"), 1)


def test_a_region_counts_its_own_bodies(register: Register) -> None:
    register.says(CORA, "progress 15 gwent in progress")
    add(register, a_recommendation("40"), ("gwent", "kent"), answer=Answer.AWAITING)
    region_overview = standing.region(register.store, occasion(VIC), WALES, 1)
    assert region_overview.body_names == ("Dyfed-Powys", "Gwent", "North Wales", "South Wales")
    assert [
        (recommendation.number, len(addressees)) for recommendation, addressees in region_overview.rows
    ] == [
        ("15", 4),
        ("16", 4),
        ("25", 4),
        ("40", 1),
    ]
    fifteen = {addressee.body_name: addressee.stage for addressee in region_overview.rows[0][1]}
    assert fifteen["Gwent"] is Stage.IN_PROGRESS
    assert (region_overview.sums.addressed, region_overview.sums.answered) == (13, 12)
    assert region_overview.next_due == DEADLINE
    with register.store.reading() as connection:
        now = RegisterNow(connection, NOW.date())
        ahead = nearest(now, scope_of(now, WALES))
    assert [(deadline.recommendation.number, deadline.addressed, deadline.owed) for deadline in ahead] == [
        ("15", 4, 4),
        ("16", 4, 4),
        ("25", 4, 4),
        ("40", 1, 1),
    ]
