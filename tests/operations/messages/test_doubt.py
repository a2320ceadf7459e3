from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.messages.delivery import SAID_BY_A_PERSON, Delivery, DeliveryKind, Outcome, Payload
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.doubt import Doubt, Verdict, question_key
from bot.domain.messages.slots import Slot
from bot.domain.refusals.deadlines import NothingToDecide
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.people import Role
from bot.operations.messages import doubt
from bot.operations.messages.doubt import Notices
from bot.outbox.stored_ledger import StoredLedger
from storage import deliveries, people
from tests import cast
from tests.cast import ALICE, BOB, CORA, NOW, Register
from tests.outbox.rig import ClockByHand

HEAD = "digest:T0HOME:2025-03-10T09:00"


def payload(subject: Doubt | Delivery, key: str) -> Payload:
    about = subject.delivery if isinstance(subject, Doubt) else subject
    reader = subject.reader_name if isinstance(subject, Doubt) else ""
    return {"text": f"{about.key} {about.error} {reader}".strip()}


NOTICES = Notices(in_doubt=payload, blocked=payload)


def a_delivery(register: Register, state: DeliveryState = DeliveryState.UNKNOWN, **other: object) -> Delivery:
    made = replace(
        Delivery(HEAD, DeliveryKind.DIGEST, Slot.at(NOW), "C0COORD", NOW, NOW, state=state), **other
    )
    with register.store.begin() as connection:
        deliveries.add(connection, made)
    return made


def row(register: Register, key: str = HEAD) -> Delivery | None:
    with register.store.reading() as connection:
        return deliveries.get(connection, key)


def state(register: Register) -> DeliveryState:
    delivery = row(register)
    assert delivery is not None
    return delivery.state


def decided(
    register: Register, verdict: Verdict, wait: timedelta = timedelta()
) -> tuple[DeliveryState, bool]:
    result = doubt.decide(register.store, cast.occasion(CORA, NOW + wait), HEAD, verdict)
    assert result.doubt.delivery.state is state(register)
    return state(register), result.before_this_answer


def test_every_coordinator_is_asked_once(register: Register) -> None:
    seen = a_delivery(register)
    with register.store.begin() as connection:
        people.grant(connection, BOB, Role.COORDINATOR, "", NOW)
    assert doubt.ask(register.store, seen, "missing_scope", NOW, NOTICES)
    assert not doubt.ask(register.store, seen, "missing_scope", NOW, NOTICES)
    assert state(register) is DeliveryState.NEEDS_HUMAN
    for who in (CORA, BOB):
        question = row(register, question_key(HEAD, who.user_id))
        assert question is not None
        assert question.channel == who.user_id
        assert question.payload == {"text": f"{HEAD} missing_scope"}


def test_nobody_is_asked_about_such_a_question_itself(register: Register) -> None:
    asked_about = question_key(HEAD, CORA.user_id)
    seen = a_delivery(register, kind=DeliveryKind.DIRECT_MESSAGE, channel=CORA.user_id, key=asked_about)
    assert doubt.ask(register.store, seen, "missing_scope", NOW, NOTICES)
    delivery = row(register, asked_about)
    assert delivery is not None
    assert delivery.state is DeliveryState.NEEDS_HUMAN
    assert row(register, question_key(asked_about, CORA.user_id)) is None


def test_of_a_direct_message_it_is_said_for_whom_it_was(register: Register) -> None:
    seen = a_delivery(register, kind=DeliveryKind.DIRECT_MESSAGE, channel=ALICE.user_id)
    doubt.ask(register.store, seen, "missing_scope", NOW, NOTICES)
    question = row(register, question_key(HEAD, CORA.user_id))
    assert question is not None
    assert question.payload == {"text": f"{HEAD} missing_scope Alice Ames"}


def test_that_it_appeared_settles_it(register: Register) -> None:
    a_delivery(register, DeliveryState.NEEDS_HUMAN)
    assert decided(register, Verdict.APPEARED) == (DeliveryState.SENT, False)
    delivery = row(register)
    assert delivery is not None
    assert delivery.error == SAID_BY_A_PERSON


def test_it_is_decided_once(register: Register) -> None:
    a_delivery(register, DeliveryState.NEEDS_HUMAN)
    assert decided(register, Verdict.SEND_AGAIN) == (DeliveryState.DUE, False)
    assert decided(register, Verdict.APPEARED) == (DeliveryState.DUE, True)
    assert decided(register, Verdict.SEND_AGAIN) == (DeliveryState.DUE, True)


def test_what_the_history_settled_meanwhile_stays(register: Register) -> None:
    a_delivery(register, DeliveryState.SENT, ts="1.0")
    assert decided(register, Verdict.SEND_AGAIN) == (DeliveryState.SENT, True)


def test_sending_again_what_is_too_late_passes_it_over(register: Register) -> None:
    a_delivery(register, DeliveryState.NEEDS_HUMAN)
    assert decided(register, Verdict.SEND_AGAIN, timedelta(days=3)) == (DeliveryState.SKIPPED, False)


def test_only_a_coordinator_decides(register: Register) -> None:
    a_delivery(register, DeliveryState.NEEDS_HUMAN)
    with pytest.raises(NotACoordinator):
        doubt.decide(register.store, cast.occasion(ALICE), HEAD, Verdict.APPEARED)
    assert state(register) is DeliveryState.NEEDS_HUMAN


def test_of_what_there_is_not_nothing_is_decided(register: Register) -> None:
    with pytest.raises(NothingToDecide):
        doubt.decide(register.store, cast.occasion(CORA), "made up", Verdict.SEND_AGAIN)


def blocked(register: Register, seen: Delivery, error: str) -> Delivery | None:
    outcome = Outcome(DeliveryState.BLOCKED, error=error)
    assert StoredLedger(register.store, ClockByHand(NOW), NOTICES).record_outcome(seen, outcome)
    return row(register, f"digest-blocked:{seen.key}:U0CORA")


def test_coordinators_are_told_of_a_blocked_digest_once(register: Register) -> None:
    seen = a_delivery(register, DeliveryState.SENDING)
    delivery = blocked(register, seen, "not_in_channel")
    assert delivery is not None
    assert delivery.payload == {"text": f"{HEAD} not_in_channel"}
    assert blocked(register, replace(seen, state=DeliveryState.BLOCKED), "is_archived") == delivery


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
def test_nobody_is_told_by_a_message_that_could_not_be_sent_either(register: Register, error: str) -> None:
    assert blocked(register, a_delivery(register, DeliveryState.SENDING), error) is None


def test_a_blocked_part_is_not_told_of(register: Register) -> None:
    part = a_delivery(register, DeliveryState.SENDING, kind=DeliveryKind.DIGEST_PART, follows="x")
    assert blocked(register, part, "not_in_channel") is None
