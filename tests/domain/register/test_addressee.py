"""What a body owes, and from when on it is late."""

from datetime import date

import pytest

from bot.domain.register.addressee import Answer, Duty, Stage
from tests.cast import an_addressee

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
    done = stage in (Stage.COMPLETE, Stage.CHECKED) or answer is Answer.NOT_ACCEPTED
    assert an_addressee(answer=answer, stage=stage).owes(Duty.ACTION) is not done
