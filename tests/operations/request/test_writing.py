"""The frame of whatever changes the register."""

import pytest

from bot.domain.refusals.addressees import NotAddressed
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import UpdateKind
from bot.domain.values import replace
from bot.operations.request.writing import WrittenBefore, coordinating, was_carried_out, writing
from storage import addressees, chain, recommendations
from storage.database import Connection
from tests.cast import ALICE, CORA, Register, occasion

KENT_15 = "stalking-15"


def head(register: Register) -> int:
    with register.store.reading() as connection:
        return chain.head(connection)[0]


def recommendation_15(connection: Connection) -> Recommendation:
    recommendation = recommendations.get(connection, KENT_15)
    assert recommendation
    return recommendation


def test_an_update_and_the_addressee_that_it_makes_are_recorded_together(register: Register) -> None:
    kent = register.body("kent")
    with writing(register.store, occasion(ALICE)) as work:
        before = work.addressee(recommendation_15(work.connection), kent.code, kent.short_name)
        after = before.progress(Stage.IN_PROGRESS, "")
        now, update = work.record(before, after, work.draft(UpdateKind.PROGRESS, before))
    assert (update.draft.by, update.draft.request and update.draft.request.item) == (ALICE, 0)
    with register.store.reading() as connection:
        assert addressees.get(connection, KENT_15, kent.code) == now
    assert (now.stage, now.progress_seq) == (Stage.IN_PROGRESS, update.seq)


def test_where_anything_is_refused_nothing_is_recorded(register: Register) -> None:
    def record_and_go_on() -> None:
        with writing(register.store, occasion(ALICE)) as work:
            work.append(work.draft(UpdateKind.NOTE))
            work.addressee(recommendation_15(work.connection), "E99", "Nowhere")

    before = head(register)
    with pytest.raises(NotAddressed):
        record_and_go_on()
    assert head(register) == before


def test_the_same_request_can_record_nothing_a_second_time(register: Register) -> None:
    def record_twice() -> list[int]:
        with writing(register.store, occasion(ALICE, key="once")) as work:
            if work.written:
                assert [update.seq for update in work.written] == first
            updates = [work.append(work.draft(UpdateKind.NOTE)) for _ in range(2)]
        assert [update.draft.request and update.draft.request.item for update in updates] == [0, 1]
        return [update.seq for update in updates]

    first = record_twice()
    before = head(register)
    with pytest.raises(WrittenBefore):
        record_twice()
    assert head(register) == before
    assert was_carried_out(register.store, occasion(ALICE, key="once"))
    assert not was_carried_out(register.store, occasion(ALICE, key="another"))


def test_what_coordinators_do_nobody_else_can(register: Register) -> None:
    with pytest.raises(NotACoordinator), coordinating(register.store, occasion(ALICE)):
        raise AssertionError("a contact got in")
    with coordinating(register.store, occasion(CORA)) as work:
        assert work.actor.key == CORA


def test_what_was_decided_is_saved_as_the_update_says_it(register: Register) -> None:
    """What is shown comes from the update alone, so that the history can make it anew."""
    kent = register.body("kent")
    with writing(register.store, occasion(ALICE)) as work:
        before = work.addressee(recommendation_15(work.connection), kent.code, kent.short_name)
        after = replace(before.respond(Answer.NOT_ACCEPTED, "why"), version=99)
        now, _ = work.record(before, after, work.draft(UpdateKind.RESPONSE, before))
    assert (now.answer, now.version) == (Answer.NOT_ACCEPTED, before.version + 1)
