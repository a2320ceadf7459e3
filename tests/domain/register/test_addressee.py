"""What a body owes, and from when on it is late."""

from datetime import date
from typing import Any

import pytest

from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.addressee import Answer, Duty, ExpectedInThePast, NothingToExpect, Stage
from tests.cast import an_addressee

TODAY = date(2025, 3, 10)
RESPOND_BY, DUE_ON = date(2024, 11, 22), date(2025, 3, 27)


@pytest.mark.parametrize(
    ("duty", "today", "late"),
    [
        (Duty.RESPONSE, RESPOND_BY, False),
        (Duty.RESPONSE, date(2024, 11, 23), True),
        (Duty.ACTION, DUE_ON, False),
        (Duty.ACTION, date(2025, 3, 28), True),
    ],
)
def test_overdue_begins_the_day_after_the_deadline(duty: Duty, today: date, late: bool) -> None:
    assert an_addressee(answer=Answer.AWAITING).is_overdue(duty, today) is late


@pytest.mark.parametrize("duty", Duty)
def test_without_a_deadline_nothing_is_ever_overdue(duty: Duty) -> None:
    addressee = an_addressee(answer=Answer.AWAITING, respond_by=None, due_on=None)
    assert not addressee.is_overdue(duty, date(2040, 1, 1))


@pytest.mark.parametrize("duty", Duty)
def test_what_has_passed_on_to_a_successor_is_owed_no_more(duty: Duty) -> None:
    assert not an_addressee(answer=Answer.AWAITING, live=False).owes(duty)


@pytest.mark.parametrize("answer", Answer)
def test_any_response_is_a_response(answer: Answer) -> None:
    assert an_addressee(answer=answer).owes(Duty.RESPONSE) is (answer is Answer.AWAITING)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("answer", Answer)
def test_action_is_owed_until_it_is_complete_or_was_declined(answer: Answer, stage: Stage) -> None:
    done = stage in (Stage.COMPLETE, Stage.CHECKED, Stage.CLOSED) or answer is Answer.NOT_ACCEPTED
    assert an_addressee(answer=answer, stage=stage).owes(Duty.ACTION) is not done


@pytest.mark.parametrize(
    ("on", "reason", "late"),
    [(date(2025, 3, 20), "", False), (DUE_ON, "", False), (date(2025, 6, 30), "no provider yet", True)],
)
def test_a_body_says_when_it_expects_to_be_done(on: date, reason: str, late: bool) -> None:
    kent = an_addressee().expect(on, reason, TODAY)
    assert (kent.expects, kent.is_expected_late) == (on, late)


def test_a_day_after_the_deadline_or_later_than_before_needs_a_reason() -> None:
    with pytest.raises(ReasonRequired):
        an_addressee().expect(date(2025, 3, 28), " ", TODAY)
    with pytest.raises(ReasonRequired):
        an_addressee(expected_on=date(2025, 3, 12)).expect(date(2025, 3, 14), "", TODAY)


def test_a_day_that_has_passed_cannot_be_expected() -> None:
    with pytest.raises(ExpectedInThePast):
        an_addressee().expect(date(2025, 3, 9), "", TODAY)


@pytest.mark.parametrize("facts", [{"stage": Stage.COMPLETE}, {"answer": Answer.NOT_ACCEPTED}])
def test_nothing_is_expected_of_what_is_owed_no_more(facts: dict[str, Any]) -> None:
    with pytest.raises(NothingToExpect):
        an_addressee(**facts).expect(DUE_ON, "", TODAY)
    assert an_addressee(expected_on=date(2025, 6, 30), **facts).expects is None


def test_without_a_deadline_no_day_is_late() -> None:
    assert not an_addressee(due_on=None, expected_on=date(2040, 1, 1)).is_expected_late


@pytest.mark.parametrize(("slips", "moves", "twice"), [(1, 1, False), (2, 0, True), (0, 2, True)])
def test_a_date_moved_twice_when_one_of_the_two_did(slips: int, moves: int, twice: bool) -> None:
    assert an_addressee(slips=slips, expectation_moves=moves).has_moved_a_date_twice is twice
