"""How an heir stands for what its predecessors said: the least of it, in whatever order they come."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.succession import Handover, PassedOn, combined, handovers
from tests.cast import an_addressee

MARCH, APRIL, MAY = date(2025, 3, 27), date(2025, 4, 30), date(2025, 5, 31)
HEIR = an_addressee("Norfolk and Suffolk")


def row(name: str, **facts: Any) -> Addressee:
    return an_addressee(name, **facts)


def of(*rows: Addressee) -> Addressee:
    """Combine the rows, in each order that they can come in: it is the same."""
    results = {combined(HEIR, order, lambda seq: date(2025, 1, seq)) for order in permutations(rows)}
    assert len(results) == 1
    return results.pop()


def test_the_first_deadline_of_those_that_still_have_to_do_it_counts() -> None:
    extended, stated = row("Norfolk", due_on=APRIL), row("Suffolk", due_on=MARCH)
    assert of(extended, stated).due_on == MARCH
    done = row("Suffolk", due_on=MARCH, stage=Stage.COMPLETE)
    assert of(extended, done).due_on == APRIL
    both_done = row("Norfolk", due_on=APRIL, stage=Stage.COMPLETE)
    assert of(both_done, done).due_on == MARCH


def test_how_often_a_deadline_or_an_expected_day_was_moved_comes_with_that_day() -> None:
    extended = row("Norfolk", due_on=APRIL, slips=2, slip_days=34, expected_on=APRIL, expectation_moves=3)
    stated = row("Suffolk", due_on=MARCH, expected_on=MAY, expectation_moves=1)
    heir = of(extended, stated)
    assert (heir.due_on, heir.slips, heir.slip_days) == (MARCH, 0, 0)
    assert (heir.expected_on, heir.expectation_moves) == (MAY, 1)
    heir = of(extended, row("Suffolk", due_on=MARCH, stage=Stage.COMPLETE))
    assert (heir.due_on, heir.slips, heir.slip_days) == (APRIL, 2, 34)
    assert (heir.expected_on, heir.expectation_moves) == (APRIL, 3)


def test_the_last_day_that_any_of_them_expects_counts_while_it_is_to_be_done() -> None:
    early, late = row("Norfolk", expected_on=APRIL), row("Suffolk", expected_on=MAY)
    assert of(early, late).expected_on == MAY
    assert of(early, row("Suffolk", expected_on=MAY, stage=Stage.COMPLETE)).expected_on == APRIL


@pytest.mark.parametrize(
    ("first", "second", "answer"),
    [
        (Answer.ACCEPTED, Answer.AWAITING, Answer.AWAITING),
        (Answer.ACCEPTED, Answer.ACCEPTED_IN_PART, Answer.ACCEPTED_IN_PART),
        # One declined, and the other still has to act: nothing is let go of.
        (Answer.ACCEPTED, Answer.NOT_ACCEPTED, Answer.AWAITING),
        (Answer.NOT_ACCEPTED, Answer.NOT_ACCEPTED, Answer.NOT_ACCEPTED),
    ],
)
def test_the_least_advanced_answer_counts(first: Answer, second: Answer, answer: Answer) -> None:
    heir = of(row("Norfolk", answer=first), row("Suffolk", answer=second))
    assert heir.answer is answer
    assert (Duty.RESPONSE in heir.undecided) is (first is not second)


def test_the_least_advanced_stage_counts_and_of_equals_the_one_that_is_stuck() -> None:
    begun, blocked = row("Norfolk", stage=Stage.IN_PROGRESS), row("Suffolk", stage=Stage.BLOCKED)
    assert of(begun, blocked).stage is Stage.BLOCKED
    assert of(begun, row("Suffolk", stage=Stage.COMPLETE)).stage is Stage.IN_PROGRESS


def test_only_the_parts_that_all_of_them_have_addressed_are_addressed() -> None:
    first = row("Norfolk", parts_addressed=("a", "b"))
    second = row("Suffolk", parts_addressed=("b",), part_states=(("a", Stage.IN_PROGRESS),))
    heir = of(first, second)
    assert heir.parts_addressed == ("b",)
    assert heir.part_states == (("a", Stage.IN_PROGRESS),)


def test_it_stands_by_the_update_of_the_latest_day() -> None:
    assert of(row("Norfolk", response_seq=3), row("Suffolk", response_seq=9)).response_seq == 9


def test_what_passed_is_told_by_day_and_heir_with_those_that_were_divided() -> None:
    names = {"k": "Kent", "n": "Norfolk", "s": "Suffolk", "e": "Essex", "m": "Mayor"}
    passed = [
        PassedOn("stalking-15", "n", "m", MARCH),
        PassedOn("stalking-16", "n", "m", MARCH),
        PassedOn("stalking-15", "s", "m", MARCH),
        PassedOn("stalking-15", "k", "e", APRIL),
        PassedOn("stalking-16", "k", "m", APRIL),
    ]
    kent = frozenset({"Kent"})
    assert handovers(passed, names) == (
        Handover("Essex", ("Kent",), kent, APRIL),
        Handover("Mayor", ("Kent",), kent, APRIL),
        Handover("Mayor", ("Norfolk", "Suffolk"), frozenset(), MARCH),
    )
