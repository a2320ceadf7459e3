"""What a body owes, and from when on it is late."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.addressee import (
    ANSWERS_IN_ORDER,
    STAGES_IN_ORDER,
    Addressee,
    Answer,
    ClosedByInspectorate,
    DateNotLater,
    Duty,
    ExpectedInThePast,
    NotComplete,
    NothingToExpect,
    NothingToReopen,
    Stage,
    is_step_back,
)
from bot.domain.values import replace
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


def test_today_can_be_expected() -> None:
    assert an_addressee().expect(TODAY, "", TODAY).expects == TODAY


@pytest.mark.parametrize(("slips", "moves", "twice"), [(1, 1, False), (2, 0, True), (0, 2, True)])
def test_a_date_moved_twice_when_one_of_the_two_did(slips: int, moves: int, twice: bool) -> None:
    assert an_addressee(slips=slips, expectation_moves=moves).has_moved_a_date_twice is twice


def test_the_register_keeps_each_answer_and_stage_in_the_word_it_always_did() -> None:
    assert [*Answer] == ["awaiting", "accepted", "accepted in part", "not accepted"]
    assert [*Stage] == ["not started", "in progress", "blocked", "complete", "checked", "closed"]
    assert [*Duty] == ["response", "action"]


def test_answers_and_stages_are_shown_from_the_furthest_on() -> None:
    assert ANSWERS_IN_ORDER == (
        Answer.ACCEPTED,
        Answer.ACCEPTED_IN_PART,
        Answer.NOT_ACCEPTED,
        Answer.AWAITING,
    )
    assert STAGES_IN_ORDER == (
        Stage.COMPLETE,
        Stage.CHECKED,
        Stage.CLOSED,
        Stage.IN_PROGRESS,
        Stage.BLOCKED,
        Stage.NOT_STARTED,
    )
    assert [answer.facts.place for answer in ANSWERS_IN_ORDER] == list(range(len(Answer)))
    assert [stage.facts.place for stage in STAGES_IN_ORDER] == list(range(len(Stage)))


@pytest.mark.parametrize(
    "on_the_way",
    [
        ({Answer.AWAITING}, {Answer.NOT_ACCEPTED}, {Answer.ACCEPTED_IN_PART}, {Answer.ACCEPTED}),
        (
            {Stage.NOT_STARTED},
            {Stage.IN_PROGRESS, Stage.BLOCKED},
            {Stage.COMPLETE},
            {Stage.CHECKED},
            {Stage.CLOSED},
        ),
    ],
)
def test_only_what_is_less_than_before_is_a_step_back(on_the_way: tuple[set[Answer | Stage], ...]) -> None:
    for was_place, was_group in enumerate(on_the_way):
        for now_place, now_group in enumerate(on_the_way):
            for was in was_group:
                assert {is_step_back(was, now) for now in now_group} == {now_place < was_place}


@pytest.mark.parametrize("answer", Answer)
def test_only_acceptance_needs_no_reason(answer: Answer) -> None:
    if answer is Answer.ACCEPTED:
        assert an_addressee(answer=Answer.AWAITING).respond(answer, " ").answer is answer
    else:
        with pytest.raises(ReasonRequired):
            an_addressee().respond(answer, " ")
        assert an_addressee().respond(answer, "no provider").answer is answer


def test_bodies_are_named_where_they_have_not_simply_accepted_or_are_stuck() -> None:
    assert {answer for answer in Answer if not answer.facts.is_named} == {Answer.ACCEPTED}
    assert {stage for stage in Stage if stage.facts.is_named} == {Stage.BLOCKED}


def test_the_body_itself_says_how_far_it_is_but_not_that_it_is_checked_or_closed() -> None:
    assert {stage for stage in Stage if not stage.facts.is_bodys_word} == {Stage.CHECKED, Stage.CLOSED}


@pytest.mark.parametrize("stage", Stage)
def test_only_what_the_body_calls_complete_can_be_checked(stage: Stage) -> None:
    addressee = an_addressee(stage=stage)
    if stage is Stage.COMPLETE:
        assert addressee.check().stage is Stage.CHECKED
    else:
        with pytest.raises(NotComplete):
            addressee.check()


@pytest.mark.parametrize("stage", Stage)
def test_only_what_is_done_can_be_reopened(stage: Stage) -> None:
    addressee = an_addressee(stage=stage, closed_on=TODAY, closing_level="2")
    if stage in (Stage.COMPLETE, Stage.CHECKED, Stage.CLOSED):
        expected = replace(addressee, stage=Stage.IN_PROGRESS, closed_on=None, closing_level="")
        assert addressee.reopen("a part is missing") == expected
        with pytest.raises(ReasonRequired):
            addressee.reopen(" ")
    else:
        with pytest.raises(NothingToReopen):
            addressee.reopen("a part is missing")


def test_the_inspectorate_closes_once_by_a_source_at_its_own_level() -> None:
    closed = an_addressee().close(TODAY, "2", "its letter of 3 March")
    assert closed == an_addressee(stage=Stage.CLOSED, closed_on=TODAY, closing_level="2")
    with pytest.raises(ClosedByInspectorate):
        closed.close(TODAY, "2", "its letter of 3 March")
    with pytest.raises(ReasonRequired):
        an_addressee().close(TODAY, "2", " ")


def test_what_the_inspectorate_closed_no_progress_of_the_body_opens_again() -> None:
    closed = an_addressee(stage=Stage.CLOSED)
    assert closed.progress(Stage.CLOSED, "").stage is Stage.CLOSED
    with pytest.raises(ClosedByInspectorate):
        closed.progress(Stage.IN_PROGRESS, "")
    assert an_addressee(stage=Stage.COMPLETE).progress(Stage.IN_PROGRESS, "").stage is Stage.IN_PROGRESS


@pytest.mark.parametrize("until", [date(2025, 3, 26), DUE_ON])
def test_an_extension_is_to_a_later_day_than_the_deadline(until: date) -> None:
    with pytest.raises(DateNotLater):
        an_addressee().extend(until, "no provider yet")
    assert an_addressee().extend(date(2025, 3, 28), "no provider yet").due_on == date(2025, 3, 28)
    with pytest.raises(ReasonRequired):
        an_addressee().extend(date(2025, 3, 28), " ")
    with pytest.raises(DateNotLater):
        an_addressee(due_on=None).extend(date(2025, 3, 28), "no provider yet")


@pytest.mark.parametrize(
    ("act", "left"),
    [
        (lambda heir: heir.respond(Answer.ACCEPTED, ""), (Duty.ACTION,)),
        (lambda heir: heir.progress(Stage.IN_PROGRESS, ""), (Duty.RESPONSE,)),
        (lambda heir: heir.close(TODAY, "", "its letter"), (Duty.RESPONSE,)),
        (lambda heir: replace(heir, stage=Stage.COMPLETE).check(), (Duty.RESPONSE,)),
        (lambda heir: replace(heir, stage=Stage.COMPLETE).reopen("a part is missing"), (Duty.RESPONSE,)),
        (lambda heir: heir.expect(TODAY, "", TODAY), (Duty.RESPONSE, Duty.ACTION)),
    ],
)
def test_what_predecessors_differed_on_is_decided_by_saying_how_the_heir_stands(
    act: Callable[[Addressee], Addressee], left: tuple[Duty, ...]
) -> None:
    assert act(an_addressee(undecided=(Duty.RESPONSE, Duty.ACTION))).undecided == left


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({"answer": Answer.AWAITING}, RESPOND_BY),
        ({"answer": Answer.ACCEPTED}, DUE_ON),
        ({"answer": Answer.AWAITING, "respond_by": None}, DUE_ON),
        ({"answer": Answer.ACCEPTED, "due_on": None}, date.max),
        ({"answer": Answer.NOT_ACCEPTED}, None),
        ({"answer": Answer.AWAITING, "live": False}, None),
    ],
)
def test_the_first_deadline_of_what_is_owed_comes_first(facts: dict[str, Any], day: date | None) -> None:
    assert an_addressee(**facts).owed_by == day


@pytest.mark.parametrize(
    ("facts", "is_counted"),
    [
        ({"live": False}, True),
        ({"answer": Answer.AWAITING}, True),
        ({"stage": Stage.BLOCKED}, True),
        ({"respond_by": None}, True),
        ({"due_on": None}, True),
        ({"moved_on": TODAY}, True),
        ({"version": 9}, False),
    ],
)
def test_counts_tell_where_it_stands_and_since_when(facts: dict[str, Any], is_counted: bool) -> None:
    assert (an_addressee(**facts).counted != an_addressee().counted) is is_counted


def test_it_is_known_by_its_recommendation_and_its_body() -> None:
    assert an_addressee("Kent", "15").key == ("stalking-15", "code of Kent")


def test_a_reason_that_is_missing_is_asked_for_by_what_it_is_for_and_until_when() -> None:
    closed, later = an_addressee(stage=Stage.CLOSED), date(2025, 4, 30)
    acts: dict[str, tuple[Callable[[], Addressee], date | None]] = {
        "close": (lambda: an_addressee().close(TODAY, "", ""), None),
        "reopen": (lambda: closed.reopen(""), None),
        "extend": (lambda: an_addressee().extend(later, ""), later),
        "expect": (lambda: an_addressee().expect(later, "", TODAY), later),
    }
    for verb, (act, until) in acts.items():
        with pytest.raises(ReasonRequired) as refusal:
            act()
        assert refusal.value == ReasonRequired(verb, "stalking-15", "Kent", until)
