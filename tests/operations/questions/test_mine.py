"""Finding what a contact's bodies owe."""

from datetime import date

from bot.domain.register.addressee import Answer, Duty
from bot.domain.register.people import Role
from bot.operations.questions import mine
from bot.rendering.blocks.questions.mine import headline
from storage import people
from tests.cast import (
    ALICE,
    NOW,
    VIC,
    Register,
    a_recommendation,
    occasion,
)
from tests.operations.cases import add


def test_mine_lists_what_is_owed_by_its_deadline_and_then_what_is_done(register: Register) -> None:
    register.says(ALICE, "complete 15: all of it")
    add(
        register,
        a_recommendation("40", respond_by=None, due_on=date(2025, 3, 12)),
        ("kent",),
        answer=Answer.ACCEPTED,
    )
    add(register, a_recommendation("41", respond_by=None, due_on=None), ("kent",), answer=Answer.ACCEPTED)
    add(
        register,
        a_recommendation("42", respond_by=date(2025, 3, 11), due_on=date(2025, 9, 1)),
        ("kent",),
        answer=Answer.AWAITING,
    )
    own = mine.mine(register.store, occasion(ALICE), 1)
    assert [row.recommendation.number for row in own.rows] == ["42", "40", "16", "25", "41", "15"]
    assert own.sums.owing == 5
    assert own.next_due == date(2025, 3, 11)


def test_what_is_open_with_two_bodies_is_counted_as_it_is_listed(register: Register) -> None:
    with register.store.begin() as connection:
        people.grant(connection, ALICE, Role.CONTACT, register.body("essex").code, NOW)
    register.says(ALICE, "complete 15 kent: all of it")
    own = mine.mine(register.store, occasion(ALICE), 1)
    rows = [row for row in own.rows if any(map(row.addressee.owes, Duty))]
    assert own.sums.owing == len(rows) == 5
    assert headline(own).startswith(
        "Essex and Kent have 5 recommendations open, the nearest on 27 March 2025"
    )


def test_whoever_speaks_for_no_body_owes_nothing_and_learns_who_can_help(register: Register) -> None:
    own = mine.mine(register.store, occasion(VIC), 1)
    assert (own.bodies, own.rows, own.coordinators) == ((), (), ("Cora Lane",))
