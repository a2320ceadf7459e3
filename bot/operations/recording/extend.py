"""Deadlines that move: a contact asks for more time, a coordinator grants it or says why not."""

from collections.abc import Callable

from msgspec import Struct

from bot.domain.messages.delivery import Payload
from bot.domain.questions.grammar.typed_recordings import Extend
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.addressees import RecommendationEnded
from bot.domain.refusals.deadlines import AskedAlready, NothingToDecide
from bot.domain.refusals.recording import ReasonRequired
from bot.domain.register.addressee import Addressee
from bot.domain.register.extension import ASKED, Decision, ExtensionRequest, until
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Change, Draft, RequestKey, Update, UpdateKind
from bot.domain.values import replace
from bot.operations.recording.recording import recorded_before
from bot.operations.request import resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import Work, coordinating, writing
from storage import open_requests, people, updates
from storage.database import Connection
from storage.store import Store


class Messages(Struct, frozen=True):
    """Words the direct messages, each for the key of its delivery: to the coordinators when somebody
    asks, and to whoever asked when it is decided."""

    request: Callable[[ExtensionRequest, str], Payload]
    decision: Callable[[Decision, str], Payload]


def extend(store: Store, request: Request, command: Extend, messages: Messages) -> Recorded:
    """Record a contact's request; grant a coordinator's at once, which also decides one that waits.

    Raises ReasonRequired, DateNotLater, AskedAlready, MayIdentify, and what `resolve` raises."""
    confirmed = must_identify_nobody(command.reason, command.no_victim)
    with writing(store, request) as work:
        if work.written:
            return recorded_before(work)
        body_code, body_name = resolve.body_to_record_for(work.actor, command.body)
        recommendation = resolve.recordable(work.connection, command.recommendation)
        before = work.addressee(recommendation, body_code, body_name)
        after = before.extend(command.until, command.reason)
        waiting = _waiting(work.connection, before)
        if work.actor.is_coordinator:
            draft = _draft(
                work, UpdateKind.EXTENSION_GRANTED, before, command.reason, confirmed, about=waiting
            )
            now, update = work.record(before, after, draft)
            if waiting:
                extension = _request(recommendation, before, waiting)
                _tell_asker(work, _decision(extension, update, work.actor.person.display_name), messages)
        else:
            if waiting:
                raise AskedAlready(recommendation.title, body_name, until(waiting))
            date_change = Change(ASKED, str(before.due_on or ""), str(command.until))
            draft = _draft(
                work, UpdateKind.EXTENSION_ASKED, before, command.reason, (date_change, *confirmed)
            )
            now, update = work.record(before, before, draft)
            extension = _request(recommendation, before, update, work.actor.person.display_name)
            _tell_coordinators(work, extension, messages)
    return Recorded(work.actor, body_name, on_behalf=False, items=((recommendation, now, update),))


def grant(store: Store, request: Request, seq: int, messages: Messages) -> Decision:
    """Grant the request. Raises NothingToDecide, NotACoordinator, DateNotLater, RecommendationEnded."""
    return _decide(store, request, seq, messages, refused_because=None, changes=())


def refuse(
    store: Store, request: Request, seq: int, reason: str, messages: Messages, *, no_victim: bool = False
) -> Decision:
    """Refuse the request.

    Raises ReasonRequired, MayIdentify, NothingToDecide, NotACoordinator, RecommendationEnded."""
    confirmed = must_identify_nobody(reason, no_victim)
    if not reason.strip():
        raise ReasonRequired("refuse")
    return _decide(store, request, seq, messages, refused_because=reason, changes=confirmed)


def decision_key(seq: int | str) -> str:
    """Return the key of the request that decides update `seq`, the same whoever makes it."""
    return f"decide:{seq}"


def request_to_decide(store: Store, request: Request, seq: int) -> ExtensionRequest | Decision:
    """Return the request with its facts, or how it was decided. Raises NothingToDecide, NotACoordinator."""
    with coordinator_reads(store, request) as connection:
        extension, _ = _requested(connection, seq)
        earlier = open_requests.decision_about(connection, seq)
        return _decision(extension, earlier, earlier.author_name, again=True) if earlier else extension


def _decide(
    store: Store,
    request: Request,
    seq: int,
    messages: Messages,
    *,
    refused_because: str | None,
    changes: tuple[Change, ...],
) -> Decision:
    """Decide it once, whoever clicks how often: everybody after the first is told how."""
    with coordinating(store, request) as work:
        extension, before = _requested(work.connection, seq, for_update=True)
        earlier = open_requests.decision_about(work.connection, seq)
        if earlier:
            return _decision(extension, earlier, earlier.author_name, again=True)
        if not extension.recommendation.live:
            raise RecommendationEnded(extension.recommendation.title)
        granted = refused_because is None
        kind = UpdateKind.EXTENSION_GRANTED if granted else UpdateKind.EXTENSION_REFUSED
        about = updates.get(work.connection, seq)
        draft = _draft(work, kind, before, refused_because or "", changes, about=about)
        draft = replace(draft, request=RequestKey(decision_key(seq)))
        after = before.due_until(extension.until) if granted else before
        _, update = work.record(before, after, draft)
        decision = _decision(extension, update, work.actor.person.display_name)
        _tell_asker(work, decision, messages)
        return decision


def _requested(
    connection: Connection, seq: int, *, for_update: bool = False
) -> tuple[ExtensionRequest, Addressee]:
    """Return the request that is update `seq`, and its addressee."""
    update = updates.get(connection, seq)
    if update is None or update.undone or update.draft.kind is not UpdateKind.EXTENSION_ASKED:
        raise NothingToDecide
    subject = resolve.subject_of(connection, update, for_update=for_update)
    if subject is None:
        raise NothingToDecide
    recommendation, before = subject
    return _request(recommendation, before, update), before


def _waiting(connection: Connection, addressee: Addressee) -> Update | None:
    key = addressee.key
    return open_requests.undecided_among(connection, key[:1], key[1:]).get(key)


def _request(
    recommendation: Recommendation, addressee: Addressee, update: Update, asker_name: str = ""
) -> ExtensionRequest:
    asker = update.draft.by
    if asker is None:
        raise NothingToDecide
    return ExtensionRequest(
        seq=update.seq,
        recommendation=recommendation,
        body_code=addressee.body_code,
        body_name=addressee.body_name,
        due_on=addressee.due_on,
        until=until(update),
        reason=update.draft.text,
        asker=asker,
        asker_name=asker_name or update.author_name,
    )


def _decision(request: ExtensionRequest, update: Update, by: str, *, again: bool = False) -> Decision:
    granted = update.draft.kind is UpdateKind.EXTENSION_GRANTED
    return Decision(
        request=request,
        granted=granted,
        until=until(update) if granted else request.until,
        by=by,
        decided_at=update.recorded_at,
        reason=update.draft.text,
        again=again,
    )


def _draft(
    work: Work,
    kind: UpdateKind,
    addressee: Addressee,
    text: str,
    changes: tuple[Change, ...],
    *,
    about: Update | None = None,
) -> Draft:
    return replace(
        work.draft(kind, addressee), text=text, changes=changes, about_seq=about.seq if about else None
    )


def _tell_coordinators(work: Work, extension: ExtensionRequest, messages: Messages) -> None:
    for person in people.coordinators(work.connection, work.store):
        key = f"extension-asked:{extension.seq}:{person.key.user_id}"
        work.tell(person.key, key, messages.request(extension, key))


def _tell_asker(work: Work, decision: Decision, messages: Messages) -> None:
    key = f"extension-decided:{decision.request.seq}"
    work.tell(decision.request.asker, key, messages.decision(decision, key))
