"""Approving what an officer recorded, and sending it back: by an approver of the body, or a coordinator."""

from collections.abc import Callable, Sequence

from bot.domain.messages.delivery import Payload
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import BodyEnded, RecommendationEnded
from bot.domain.refusals.approval import ApprovalOutdated, NothingToApprove, OwnRecording
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Addressee
from bot.domain.register.approval import (
    Approval,
    ApprovalDecision,
    ApprovalState,
    ForApproval,
    approval_of,
    needing_approval,
    stands,
)
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Actor, Request
from bot.domain.register.update import Change, Draft, Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import actors, resolve
from bot.operations.request.writing import Work, writing
from storage import addressees, approvals, updates
from storage.database import Connection
from storage.store import Store

# Words what whoever recorded is told of the decision, for the key of its delivery.
Message = Callable[[ApprovalDecision, str], Payload]


def approve(store: Store, request: Request, seqs: Sequence[int], message: Message) -> ApprovalDecision:
    """Approve what these updates recorded, each once: whoever comes second is told how it was decided.

    Raises NothingToApprove, ApprovalOutdated, OwnRecording, NotAnApproverOf, BodyEnded, RecommendationEnded,
    CannotSee."""
    return _decide(store, request, seqs, UpdateKind.APPROVED, "", (), message)


def send_back(
    store: Store,
    request: Request,
    seqs: Sequence[int],
    reason: str,
    message: Message,
    *,
    no_victim: bool = False,
) -> ApprovalDecision:
    """Send it back with a reason. Raises ReasonRequired, MayIdentify, and what `approve` raises."""
    confirmed = must_identify_nobody(reason, no_victim)
    return _decide(store, request, seqs, UpdateKind.SENT_BACK, reason, confirmed, message)


def to_decide(store: Store, request: Request, seqs: Sequence[int]) -> tuple[ForApproval, ...]:
    """Return what can be decided of these updates. Raises what `approve` raises."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        return _decidable(connection, actor, seqs)


def waiting_with(
    store: Store, request: Request, refs: Sequence[Ref], named_body: Body | None
) -> tuple[int, ...]:
    """Return the numbers of the recordings on recommendations that wait for approval with a body.

    Raises NothingToApprove, NotAnApproverOf, CannotSee, and what `resolve` raises."""
    with store.reading() as connection:
        return waiting_in(connection, actors.load(connection, store, request), refs, named_body)


def waiting_in(
    connection: Connection, actor: Actor, refs: Sequence[Ref], named_body: Body | None
) -> tuple[int, ...]:
    """Return the numbers of the recordings that wait for an actor's approval, in a transaction.

    Raises NothingToApprove, NotAnApproverOf, and what `resolve` raises."""
    body_code, body_name = resolve.body_to_record_for(actor, named_body)
    actor.must_approve_for(body_code, body_name)
    ids = [resolve.recordable(connection, ref).id for ref in refs]
    seqs = [
        seq
        for addressee in addressees.of_recommendations(connection, ids, [body_code])
        for seq in needing_approval(addressee)
        if seq
    ]
    states = approvals.of_updates(connection, seqs)
    waiting = tuple(seq for seq in seqs if seq in states and states[seq].state is ApprovalState.ASKED)
    if not waiting:
        raise NothingToApprove
    return waiting


def _decide(
    store: Store,
    request: Request,
    seqs: Sequence[int],
    kind: UpdateKind,
    reason: str,
    changes: tuple[Change, ...],
    message: Message,
) -> ApprovalDecision:
    with writing(store, request) as work:
        if earlier := _decided_before(work, seqs):
            return earlier
        recordings = _decidable(work.connection, work.actor, seqs)
        if kind is UpdateKind.SENT_BACK and not reason.strip():
            raise ReasonRequired("send back", recordings[0].recommendation.id, recordings[0].body_name)
        for recording in recordings:
            update = work.append(_draft(work, recording, kind, reason, changes))
        approval = replace(approval_of(update), by=work.actor.person.display_name)
        decision = ApprovalDecision(recordings, approval)
        for person in {recording.recorded_by for recording in recordings if recording.recorded_by}:
            key = f"approval-decided:{update.seq}:{person.user_id}"
            work.tell(person, key, message(decision, key))
        return decision


def _draft(
    work: Work, recording: ForApproval, kind: UpdateKind, reason: str, changes: tuple[Change, ...]
) -> Draft:
    return replace(
        work.draft(kind),
        recommendation_id=recording.recommendation.id,
        body_code=recording.body_code,
        on_behalf=recording.body_code not in work.actor.approves_for,
        about_seq=recording.update.seq,
        text=reason,
        changes=changes,
    )


def _decided_before(work: Work, seqs: Sequence[int]) -> ApprovalDecision | None:
    """Return how all of them were decided. Raises NothingToApprove, NotAnApproverOf."""
    decided = approvals.of_updates(work.connection, seqs)
    if set(decided) != set(seqs) or any(
        decision.state is ApprovalState.ASKED for decision in decided.values()
    ):
        return None
    recordings = tuple(_for_approval(work.connection, work.actor, seq)[0] for seq in seqs)
    return ApprovalDecision(recordings, decided[seqs[0]], again=not work.written)


def _decidable(connection: Connection, actor: Actor, seqs: Sequence[int]) -> tuple[ForApproval, ...]:
    """Return those that this actor can decide; where there is none, say why of the first."""
    decided = approvals.of_updates(connection, seqs)
    recordings: list[ForApproval] = []
    refusals: list[Refusal] = []
    for seq in seqs:
        recording, addressee = _for_approval(connection, actor, seq)
        refusal = _why_not(recording, addressee, actor, decided.get(seq))
        if refusal is None:
            recordings.append(recording)
        else:
            refusals.append(refusal)
    if not recordings:
        raise refusals[0] if refusals else NothingToApprove()
    return tuple(recordings)


def _why_not(
    recording: ForApproval, addressee: Addressee, actor: Actor, approval: Approval | None
) -> Refusal | None:
    if approval is None or approval.state is not ApprovalState.ASKED:
        return NothingToApprove()
    if not recording.recommendation.live:
        return RecommendationEnded(recording.recommendation.title)
    if not addressee.live:
        return BodyEnded(recording.body_name)
    if recording.update.undone or not stands(recording.update.seq, addressee):
        return ApprovalOutdated(recording.recommendation.title, recording.body_name)
    if recording.recorded_by == actor.key:
        return OwnRecording(recording.recommendation.title, recording.body_name)
    return None


def _for_approval(connection: Connection, actor: Actor, seq: int) -> tuple[ForApproval, Addressee]:
    """Return a recording that waits, and the addressee that it is about. Raises NothingToApprove,
    NotAnApproverOf."""
    update = updates.get(connection, seq)
    recorded = with_addressee(connection, update) if update else None
    if recorded is None:
        raise NothingToApprove
    actor.must_approve_for(recorded[0].body_code, recorded[0].body_name)
    return recorded


def with_addressee(connection: Connection, update: Update) -> tuple[ForApproval, Addressee] | None:
    """Return a recording with what it is about, and how that stands now; None where it is about no body."""
    subject = resolve.subject_of(connection, update)
    if subject is None:
        return None
    recommendation, addressee = subject
    return ForApproval(update, recommendation, addressee.body_code, addressee.body_name), addressee
