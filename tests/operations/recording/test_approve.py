"""What an officer records as answer or completion is for approval, where the body has named approvers.

Each case that could be taken two ways has its rule here."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.home import Home, HomePlace
from bot.domain.questions.grammar.typed_commands import Export, Ref
from bot.domain.questions.grammar.typed_recordings import Respond, Withdraw
from bot.domain.refusals.addressees import NotAnApproverOf, RecommendationEnded
from bot.domain.refusals.approval import ApprovalOutdated, NothingToApprove, OwnRecording
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.addressee import Answer
from bot.domain.register.approval import ApprovalDecision, Approvals, ApprovalState
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import ContactKind, PersonKey, Role
from bot.operations.messages import approvals as messages
from bot.operations.questions import home
from bot.operations.questions.export import opened_by_operator
from bot.operations.questions.status import with_body
from bot.operations.recording import approve
from bot.operations.recording.grant import Authority, grant, revoke
from bot.operations.recording.respond import respond
from bot.operations.recording.withdraw import withdraw
from bot.operations.register.opening import register_on
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.recording import approve as blocks
from storage import deliveries
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, CORA, ED, NOW, VIC, Register, accountable_case, occasion, person
from tests.outbox.rig import ClockByHand


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    name_approver(made, VIC)
    yield made
    assert isinstance(verify(made.store.database), Unbroken)
    made.store.database.close()


def name_approver(register: Register, who: PersonKey, slug: str = "kent") -> None:
    authority = Authority(Role.CONTACT, register.body(slug), ContactKind.APPROVER)
    grant(register.store, occasion(CORA), person(who), authority)


def yes(register: Register, *seqs: int, by: PersonKey = VIC, key: str = "") -> ApprovalDecision:
    return approve.approve(register.store, occasion(by, key=key), seqs, blocks.decision_message)


def no(
    register: Register, *seqs: int, by: PersonKey = VIC, reason: str = "not agreed yet"
) -> ApprovalDecision:
    return approve.send_back(register.store, occasion(by), seqs, reason, blocks.decision_message)


def approvals(register: Register, number: str = "15") -> Approvals:
    return with_body(register.store, occasion(CORA), Ref("stalking", number), register.body("kent")).approvals


def seen_by(register: Register, who: PersonKey) -> Home:
    return home.home(register.store, occasion(who), HomePlace(), NO_DIGEST)


def test_an_answer_is_for_approval_until_an_approver_says_yes(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    answer = approvals(register).answer
    assert answer is not None
    assert answer.state is ApprovalState.ASKED
    decision = yes(register, seq)
    assert (decision.approval.state, decision.approval.by) == (ApprovalState.APPROVED, "Vic Park")
    answer = approvals(register).answer
    assert answer is not None
    assert (answer.state, answer.by) == (ApprovalState.APPROVED, "Vic Park")


def test_the_receipt_says_who_is_asked(register: Register) -> None:
    command = register.read("accept 15")
    assert isinstance(command, Respond)
    assert respond(register.store, occasion(ALICE), command).approvers == ("Vic Park",)
    assert respond(register.store, occasion(BOB), command).approvers is None


@pytest.mark.parametrize("typed", ["note 15: text", "progress 15 in progress: text"])
def test_what_is_neither_answer_nor_completion_needs_no_approval(register: Register, typed: str) -> None:
    with pytest.raises(NothingToApprove):
        yes(register, register.says(ALICE, typed))
    assert approvals(register) == Approvals()


def test_sent_back_says_why_to_whoever_recorded_it(register: Register) -> None:
    seq = register.says(ALICE, "complete 15: all is done")
    no(register, seq, reason="the second part is open")
    completion = approvals(register).completion
    assert completion is not None
    assert (completion.state, completion.reason) == (ApprovalState.SENT_BACK, "the second part is open")
    (message,) = [
        delivery for delivery in messages_to(register, ALICE) if delivery.key.startswith("approval-decided")
    ]
    assert "the second part is open" in str(message.payload)


def test_a_later_answer_asks_again_and_the_earlier_yes_is_of_no_use(register: Register) -> None:
    first = register.says(ALICE, "accept 15")
    yes(register, first)
    second = register.says(ALICE, "partly 15: but for one part")
    answer = approvals(register).answer
    assert answer is not None
    assert answer.state is ApprovalState.ASKED
    third = register.says(ALICE, "accept 15")
    with pytest.raises(ApprovalOutdated):
        yes(register, second)
    yes(register, third)


def test_an_undone_answer_leaves_the_approved_one(register: Register) -> None:
    yes(register, register.says(ALICE, "accept 15"))
    second = register.says(ALICE, "partly 15: but for one part")
    register.says(ALICE, "undo")
    with pytest.raises(ApprovalOutdated):
        yes(register, second)
    answer = approvals(register).answer
    assert answer is not None
    assert answer.state is ApprovalState.APPROVED


def test_of_two_at_once_the_second_is_told_how_it_was_decided(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    name_approver(register, ED)
    yes(register, seq)
    late = no(register, seq, by=ED)
    assert late.again
    assert (late.approval.state, late.approval.by) == (ApprovalState.APPROVED, "Vic Park")


def test_the_same_press_again_is_answered_from_what_it_wrote(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    first, again = yes(register, seq, key="k"), yes(register, seq, key="k")
    assert (first.again, again.again) == (False, False)
    assert first.approval == again.approval


def test_nobody_approves_what_they_recorded_themselves(register: Register) -> None:
    own = register.says(VIC, "accept 15")
    with pytest.raises(OwnRecording):
        yes(register, own)
    by_coordinator = register.says(CORA, "accept 16 kent")
    with pytest.raises(OwnRecording):
        yes(register, by_coordinator, by=CORA)
    yes(register, own, by=CORA)
    yes(register, by_coordinator)


@pytest.mark.parametrize("who", [ALICE, BOB])
def test_only_the_bodys_approvers_and_coordinators_decide(register: Register, who: PersonKey) -> None:
    seq = register.says(ALICE, "accept 15")
    with pytest.raises(NotAnApproverOf):
        yes(register, seq, by=who)
    with pytest.raises(NotAnApproverOf):
        no(register, seq, by=who)


def test_an_approver_who_is_one_no_longer_cannot_and_a_coordinator_can(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    authority = Authority(Role.CONTACT, register.body("kent"), ContactKind.APPROVER)
    revoke(register.store, occasion(CORA), VIC, "Vic Park", authority, even_the_last=False)
    with pytest.raises(NotAnApproverOf):
        yes(register, seq)
    assert yes(register, seq, by=CORA).approval.state is ApprovalState.APPROVED
    # With the last approver the body has given approval up.
    register.says(ALICE, "accept 16")
    assert approvals(register, "16") == Approvals()


def test_what_has_ended_is_decided_no_more(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    withdraw(register.store, occasion(CORA), Withdraw(Ref("stalking", "15"), reason="replaced"))
    with pytest.raises(RecommendationEnded):
        yes(register, seq)
    assert seen_by(register, CORA).coordinator.for_approval == 0  # type: ignore[union-attr]


def test_a_reason_has_to_be_given_and_identify_nobody(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    with pytest.raises(ReasonRequired):
        no(register, seq, reason=" ")
    with pytest.raises(MayIdentify):
        no(register, seq, reason="the victim Jane Roe has to be asked")
    with pytest.raises(ReasonRequired):
        no(register, seq, reason="")


def test_home_shows_an_approver_what_waits_and_a_coordinator_how_much(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    shown = seen_by(register, VIC).contact
    assert shown is not None
    assert [[item.update.seq for item in group] for group in shown.approvals] == [[seq]]
    contact = seen_by(register, ALICE).contact
    assert contact is not None
    assert contact.approvals == ()
    assert seen_by(register, CORA).coordinator.for_approval == 1  # type: ignore[union-attr]
    yes(register, seq)
    shown = seen_by(register, VIC).contact
    assert shown is not None
    assert shown.approvals == ()


def test_one_message_tells_of_all_that_was_recorded_together(register: Register) -> None:
    register.says(ALICE, "accept 15, 16 and 25")
    (due,) = messages_to(register, VIC)
    assert due.kind is DeliveryKind.APPROVAL
    claimed = messages.claim(register.store, due, blocks.request_message, "me", ClockByHand(NOW))
    assert claimed is not None
    assert claimed.delivery.payload is not None
    assert claimed.delivery.payload["text"] == ("For your approval, Kent: stalking 15, 16 and 25 accepted.")


def test_nobody_is_asked_for_what_was_decided_before_the_message_went(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    (due,) = messages_to(register, VIC)
    yes(register, seq, by=CORA)
    assert messages.claim(register.store, due, blocks.request_message, "me", ClockByHand(NOW)) is None
    assert [
        delivery for delivery in messages_to(register, VIC) if delivery.kind is DeliveryKind.APPROVAL
    ] == []


def test_it_stood_for_approval_on_the_day_before_it_was_approved(register: Register) -> None:
    seq = register.says(ALICE, "accept 15")
    later = NOW + timedelta(days=2)
    approve.approve(register.store, occasion(VIC, later), [seq], blocks.decision_message)
    states = {}
    for day in (NOW.date(), later.date()):
        with register.store.reading() as connection:
            then = register_on(connection, later.date() + timedelta(days=1), day)
            recommendation = then.find(Ref("stalking", "15"))
            stood = then.approvals(then.with_body(recommendation, register.body("kent"))).answer
            assert stood is not None
            states[day] = stood.state
    assert states == {NOW.date(): ApprovalState.ASKED, later.date(): ApprovalState.APPROVED}


def messages_to(register: Register, who: PersonKey) -> list[Delivery]:
    with register.store.reading() as connection:
        return [
            delivery for delivery in deliveries.outbox(connection).open if delivery.channel == who.user_id
        ]


@pytest.mark.parametrize(("typed", "accepted"), [("export 15 json", 43), ("export 15 json approved", 42)])
def test_an_account_can_count_only_what_is_approved(register: Register, typed: str, accepted: int) -> None:
    yes(register, register.says(ALICE, "partly 15: but for one part"))
    register.says(ALICE, "accept 15")
    command = register.read(typed)
    assert isinstance(command, Export)
    with opened_by_operator(register.store, NOW, command) as account:
        (chapter,) = account.chapters
        (kent,) = [entry for entry in chapter.entries if entry.body.short_name == "Kent"]
        assert chapter.tally.accepted == accepted
        assert (kent.addressee.answer is Answer.ACCEPTED) is (accepted == 43)
