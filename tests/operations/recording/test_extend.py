"""Deadlines that move: asked for, decided once, told to whoever asked, and the original kept."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.messages.delivery import DeliveryKind
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import Extend, Withdraw
from bot.domain.refusals.addressees import BodyRequired, NotAContactOf, RecommendationEnded
from bot.domain.refusals.deadlines import AskedAlready, NothingToDecide
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.refusals.request import NotACoordinator
from bot.domain.refusals.taking_back import NothingToUndo
from bot.domain.register.addressee import Addressee, DateNotLater, Duty
from bot.domain.register.extension import Decision, ExtensionRequest
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import PersonKey, Role
from bot.operations.questions import status
from bot.operations.recording import extend, undo, withdraw
from storage import addressees, deliveries, open_requests, people, tallies
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register, occasion
from tests.storage.audit import audit

MARCH, APRIL, MAY = date(2025, 3, 27), date(2025, 4, 30), date(2025, 5, 30)


def asked_message(request: ExtensionRequest, key: str) -> dict[str, Any]:
    return {
        "text": f"{request.body_name} {request.until}: {request.reason} ({request.asker_name})",
        "key": key,
    }


def decided_message(decision: Decision, key: str) -> dict[str, Any]:
    return {"text": f"{decision.granted} {decision.until} {decision.reason} ({decision.by})", "key": key}


MESSAGES = extend.Messages(asked_message, decided_message)


def asks(register: Register, who: PersonKey, typed: str, key: str = "") -> int:
    request = register.read(typed)
    assert isinstance(request, Extend)
    recorded = extend.extend(register.store, occasion(who, key=key), request, MESSAGES)
    return recorded.items[0][2].seq


def kent(register: Register) -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, "stalking-15", register.body("kent").code)
    assert addressee
    return addressee


def messages(register: Register) -> dict[str, list[str]]:
    """What is waiting to be sent to whom."""
    sent: dict[str, list[str]] = {}
    with register.store.reading() as connection:
        for delivery in deliveries.outbox(connection).open:
            assert delivery.kind is DeliveryKind.DIRECT_MESSAGE
            assert delivery.payload
            sent.setdefault(delivery.channel, []).append(delivery.payload["text"])
    return sent


def test_a_contact_asks_the_coordinators_and_still_owes(register: Register) -> None:
    asks(register, ALICE, "extend 15 30 Apr 2025: the provider starts in April")
    assert kent(register).due_on == MARCH
    assert kent(register).owes(Duty.ACTION)
    assert messages(register) == {"U0CORA": ["Kent 2025-04-30: the provider starts in April (Alice Ames)"]}
    standing = status.with_body(register.store, occasion(VIC), Ref(None, "15"), register.body("kent"))
    assert standing.asked_until == APRIL


def test_a_grant_moves_the_deadline_its_tally_and_tells_the_asker(
    register: Register, database_url: str
) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: the provider starts in April")
    decision = extend.grant(register.store, occasion(CORA), seq, MESSAGES)
    assert decision.granted
    assert (kent(register).due_on, decision.request.recommendation.due_on) == (APRIL, MARCH)
    assert messages(register)["U0ALICE"] == ["True 2025-04-30  (Cora Lane)"]
    with register.store.reading() as connection:
        due = {
            due.deadline: due.owed
            for due in tallies.due(connection)
            if due.recommendation_id == "stalking-15"
        }
    assert due == {MARCH: 42, APRIL: 1}
    granted = audit(database_url)[-1]
    assert (granted["kind"], granted["about_seq"]) == ("extension granted", seq)


def test_a_request_is_decided_once_however_many_click(register: Register, database_url: str) -> None:
    with register.store.begin() as connection:
        people.grant(connection, VIC, Role.COORDINATOR, "", NOW)
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    extend.refuse(register.store, occasion(VIC), seq, "the report leaves no room", MESSAGES)
    later = extend.grant(register.store, occasion(CORA), seq, MESSAGES)
    assert later.again
    assert not later.granted
    assert (later.by, later.reason) == ("Vic Park", "the report leaves no room")
    assert extend.request_to_decide(register.store, occasion(CORA), seq) == later
    assert kent(register).due_on == MARCH
    assert messages(register)["U0ALICE"] == ["False 2025-04-30 the report leaves no room (Vic Park)"]
    decisions = [row for row in audit(database_url) if row["about_seq"] == seq]
    assert [row["kind"] for row in decisions] == ["extension refused"]


def test_two_coordinators_who_decide_at_once_decide_once(register: Register, database_url: str) -> None:
    with register.store.begin() as connection:
        people.grant(connection, VIC, Role.COORDINATOR, "", NOW)
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    together = threading.Barrier(2)

    def at_once(decide: Callable[[], Decision]) -> Decision:
        together.wait()
        return decide()

    with ThreadPoolExecutor(2) as coordinators:
        granting = coordinators.submit(
            at_once, lambda: extend.grant(register.store, occasion(CORA), seq, MESSAGES)
        )
        refusing = coordinators.submit(
            at_once, lambda: extend.refuse(register.store, occasion(VIC), seq, "no room", MESSAGES)
        )
    first, second = sorted((granting.result(), refusing.result()), key=lambda decision: decision.again)
    assert (first.again, second.again) == (False, True)
    assert (second.granted, second.by) == (first.granted, first.by)
    assert kent(register).due_on == (APRIL if first.granted else MARCH)
    assert len([row for row in audit(database_url) if row["about_seq"] == seq]) == 1
    assert len(messages(register)["U0ALICE"]) == 1


def test_a_refusal_moves_nothing_and_needs_a_reason(register: Register) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    before = kent(register)
    with pytest.raises(ReasonRequired):
        extend.refuse(register.store, occasion(CORA), seq, "  ", MESSAGES)
    extend.refuse(register.store, occasion(CORA, NOW + timedelta(days=2)), seq, "no", MESSAGES)
    assert (kent(register).due_on, kent(register).moved_on) == (before.due_on, before.moved_on)
    asks(register, ALICE, "extend 15 30 May 2025: again")


def test_a_coordinators_own_is_granted_at_once_and_decides_the_request_that_waits(register: Register) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    asks(register, CORA, "extend 15 kent 30 May 2025: two months are better")
    assert kent(register).due_on == MAY
    assert messages(register)["U0ALICE"] == ["True 2025-05-30 two months are better (Cora Lane)"]
    later = extend.grant(register.store, occasion(CORA), seq, MESSAGES)
    assert (later.again, later.until) == (True, MAY)
    with pytest.raises(NothingToUndo):
        undo.undo(register.store, occasion(CORA))


def test_what_a_coordinators_own_decided_is_not_decided_again(register: Register, database_url: str) -> None:
    """Their own is another request, of less time: neither its key nor its date would stand in the way."""
    seq = asks(register, ALICE, "extend 15 30 May 2025: why")
    asks(register, CORA, "extend 15 kent 30 Apr 2025: one month has to do")
    granted = extend.grant(register.store, occasion(CORA), seq, MESSAGES)
    refused = extend.refuse(register.store, occasion(CORA), seq, "no", MESSAGES)
    assert granted == refused
    assert (granted.again, granted.granted, granted.until) == (True, True, APRIL)
    assert kent(register).due_on == APRIL
    assert messages(register)["U0ALICE"] == ["True 2025-04-30 one month has to do (Cora Lane)"]
    decisions = [row for row in audit(database_url) if row["about_seq"] == seq]
    assert [row["kind"] for row in decisions] == ["extension granted"]


def test_a_coordinators_own_extension_can_be_taken_back(register: Register, database_url: str) -> None:
    asks(register, CORA, "extend 15 kent 30 Apr 2025: why")
    undo.undo(register.store, occasion(CORA))
    assert kent(register).due_on == MARCH
    audit(database_url)


def test_a_request_taken_back_cannot_be_decided(register: Register) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    undo.undo(register.store, occasion(ALICE))
    with pytest.raises(NothingToDecide):
        extend.grant(register.store, occasion(CORA), seq, MESSAGES)
    asks(register, ALICE, "extend 15 30 May 2025: why")


def test_there_is_one_request_at_a_time(register: Register) -> None:
    asks(register, ALICE, "extend 15 30 Apr 2025: why")
    with pytest.raises(AskedAlready) as refused:
        asks(register, ALICE, "extend 15 30 May 2025: why")
    assert refused.value.until == APRIL


def test_the_same_request_again_records_and_tells_nothing_new(register: Register) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why", key="once")
    assert asks(register, ALICE, "extend 15 30 Apr 2025: why", key="once") == seq
    assert len(messages(register)["U0CORA"]) == 1


@pytest.mark.parametrize(
    ("who", "typed", "refusal"),
    [
        (ALICE, "extend 15 27 Mar 2025: why", DateNotLater),
        (ALICE, "extend 15 30 Apr 2025", ReasonRequired),
        (BOB, "extend 15 kent 30 Apr 2025: why", NotAContactOf),
        (VIC, "extend 15 30 Apr 2025: why", NotAContactOf),
        (CORA, "extend 15 30 Apr 2025: why", BodyRequired),
        (ALICE, "extend 15 30 Apr 2025: ring 07700 900123", MayIdentify),
    ],
)
def test_what_may_not_be_asked_leaves_nothing(
    register: Register, database_url: str, who: PersonKey, typed: str, refusal: type[Exception]
) -> None:
    before = len(audit(database_url))
    with pytest.raises(refusal):
        asks(register, who, typed)
    assert len(audit(database_url)) == before
    assert messages(register) == {}


def test_what_looks_like_personal_data_is_stored_once_it_is_confirmed(
    register: Register, database_url: str
) -> None:
    asks(register, ALICE, "extend 15 30 Apr 2025 no victim: ring 07700 900123")
    assert '"no victim"' in audit(database_url)[-1]["changes"]


def test_only_coordinators_decide(register: Register) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    for who in (ALICE, ED, VIC):
        with pytest.raises(NotACoordinator):
            extend.grant(register.store, occasion(who), seq, MESSAGES)
        with pytest.raises(NotACoordinator):
            extend.refuse(register.store, occasion(who), seq, "no", MESSAGES)
    assert kent(register).due_on == MARCH


def test_what_is_no_request_cannot_be_decided(register: Register) -> None:
    note = register.says(ALICE, "note 15: we met the provider")
    for seq in (note, 99_999):
        with pytest.raises(NothingToDecide):
            extend.grant(register.store, occasion(CORA), seq, MESSAGES)


def test_requests_on_what_has_ended_fall_away(register: Register) -> None:
    seq = asks(register, ALICE, "extend 15 30 Apr 2025: why")
    with register.store.reading() as connection:
        assert [update.seq for update in open_requests.undecided(connection, limit=5)] == [seq]
    ending = register.read("withdraw 15 anyway: closed")
    assert isinstance(ending, Withdraw)
    withdraw.withdraw(register.store, occasion(CORA), ending)
    with register.store.reading() as connection:
        assert open_requests.undecided(connection, limit=5) == ()
    with pytest.raises(RecommendationEnded):
        extend.grant(register.store, occasion(CORA), seq, MESSAGES)
