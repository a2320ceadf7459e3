"""Deadlines that move: a contact asks for more time, a coordinator grants it or says why not."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.messages.delivery import Payload
from bot.domain.questions.answers import Recorded
from bot.domain.questions.grammar.requests import Extend
from bot.domain.refusals import AskedAlready, NothingToDecide, ReasonRequired, Withdrawn
from bot.domain.register.addressee import Addressee
from bot.domain.register.extension import ASKED, Decision, ExtensionRequest, until
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Change, Draft, RequestKey, Update, UpdateKind, Via
from bot.operations.messages.direct_messages import enqueue
from bot.operations.recording import recording
from bot.operations.request import actors, finding
from storage import addressees, people, recommendations, updates
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store


@dataclass(frozen=True)
class Messages:
    """How the direct messages are worded, each for the key of its delivery: to the coordinators when somebody
    asks, and to whoever asked when it is decided."""

    asked: Callable[[ExtensionRequest, str], Payload]
    decided: Callable[[Decision, str], Payload]


def extend(store: Store, occasion: Request, asked: Extend, messages: Messages) -> Recorded:
    """A contact's request; a coordinator's is granted at once, and decides one that waits.

    Raises ReasonRequired, DateNotLater, AskedAlready, and the refusals of `finding` and `recording`."""
    confirmed = must_identify_nobody(asked.reason, asked.no_victim)
    with store.begin() as connection:
        chain = Chain(connection)
        actor = actors.load(connection, store, occasion)
        written = updates.of_request(connection, occasion.key)
        if written:
            return recording.recorded_before(connection, actor, written)
        body_code, body_name = finding.whose(actor, asked.body)
        recommendation = finding.recordable(connection, asked.recommendation)
        before = recording.addressee(connection, recommendation, body_code, body_name)
        after = before.extend(asked.until, asked.reason)
        waiting = _waiting(connection, before)
        if actor.is_coordinator:
            draft = _draft(
                UpdateKind.EXTENSION_GRANTED,
                occasion,
                actor,
                before,
                about=waiting,
                text=asked.reason,
                changes=confirmed,
            )
            stands, update = recording.write(connection, chain, occasion, before, after, draft)
            if waiting:
                request = _request(recommendation, before, waiting)
                _tell_asker(connection, _decision(request, update, actor.person.display_name), messages)
        else:
            if waiting:
                raise AskedAlready(recommendation.title, body_name, until(waiting))
            moved = Change(ASKED, str(before.due_on or ""), str(asked.until))
            draft = _draft(
                UpdateKind.EXTENSION_ASKED,
                occasion,
                actor,
                before,
                text=asked.reason,
                changes=(moved, *confirmed),
            )
            stands, update = recording.write(connection, chain, occasion, before, before, draft)
            request = _request(recommendation, before, update, actor.person.display_name)
            _tell_coordinators(connection, store, request, occasion, messages)
    return Recorded(actor, body_name, on_behalf=False, items=((recommendation, stands, update),))


def grant(store: Store, request: Request, seq: int, messages: Messages) -> Decision:
    """Raises NothingToDecide, NotACoordinator, DateNotLater, Withdrawn."""
    return _decide(store, request, seq, messages, refused_because=None, changes=())


def refuse(
    store: Store, request: Request, seq: int, reason: str, messages: Messages, *, no_victim: bool = False
) -> Decision:
    """Raises ReasonRequired, NothingToDecide, NotACoordinator, Withdrawn."""
    confirmed = must_identify_nobody(reason, no_victim)
    if not reason.strip():
        raise ReasonRequired("refuse")
    return _decide(store, request, seq, messages, refused_because=reason, changes=confirmed)


def decision_key(seq: int | str) -> str:
    """The request that decides update `seq`, the same whoever makes it."""
    return f"decide:{seq}"


def request_to_decide(store: Store, occasion: Request, seq: int) -> ExtensionRequest | Decision:
    """The request with its facts, or how it was decided. Raises NothingToDecide, NotACoordinator."""
    with store.reading() as connection:
        actors.load(connection, store, occasion).must_coordinate()
        request, _ = _asked(connection, seq)
        earlier = updates.decision_about(connection, seq)
        return _decision(request, earlier, earlier.author_name, again=True) if earlier else request


def _decide(
    store: Store,
    occasion: Request,
    seq: int,
    messages: Messages,
    *,
    refused_because: str | None,
    changes: tuple[Change, ...],
) -> Decision:
    """Decided once, whoever clicks how often: everybody after the first is told how."""
    with store.begin() as connection:
        chain = Chain(connection)
        actor = actors.load(connection, store, occasion)
        actor.must_coordinate()
        request, before = _asked(connection, seq, for_update=True)
        earlier = updates.decision_about(connection, seq)
        if earlier:
            return _decision(request, earlier, earlier.author_name, again=True)
        if not request.recommendation.live:
            raise Withdrawn(request.recommendation.title)
        granted = refused_because is None
        kind = UpdateKind.EXTENSION_GRANTED if granted else UpdateKind.EXTENSION_REFUSED
        draft = _draft(
            kind,
            occasion,
            actor,
            before,
            about=updates.get(connection, seq),
            text=refused_because or "",
            changes=changes,
            request=RequestKey(decision_key(seq)),
        )
        after = before.due_until(request.until) if granted else before
        _, update = recording.write(connection, chain, occasion, before, after, draft)
        decision = _decision(request, update, actor.person.display_name)
        _tell_asker(connection, decision, messages)
        return decision


def _asked(
    connection: Connection, seq: int, *, for_update: bool = False
) -> tuple[ExtensionRequest, Addressee]:
    """The request that is update `seq`, and its addressee."""
    update = updates.get(connection, seq)
    if update is None or update.undone or update.draft.kind is not UpdateKind.EXTENSION_ASKED:
        raise NothingToDecide
    recommendation_id, body_code = update.draft.recommendation_id or "", update.draft.body_code or ""
    recommendation = recommendations.get(connection, recommendation_id)
    before = addressees.get(connection, recommendation_id, body_code, for_update=for_update)
    if recommendation is None or before is None:
        raise NothingToDecide
    return _request(recommendation, before, update), before


def _waiting(connection: Connection, addressee: Addressee) -> Update | None:
    key = (addressee.recommendation_id, addressee.body_code)
    return updates.undecided_among(connection, key[:1], key[1:]).get(key)


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
        at=update.recorded_at,
        reason=update.draft.text,
        again=again,
    )


def _draft(
    kind: UpdateKind,
    occasion: Request,
    actor: Actor,
    addressee: Addressee,
    *,
    text: str,
    about: Update | None = None,
    changes: tuple[Change, ...] = (),
    request: RequestKey | None = None,
) -> Draft:
    return Draft(
        kind=kind,
        stands_from=occasion.today,
        via=Via.SLACK,
        by=actor.key,
        recommendation_id=addressee.recommendation_id,
        body_code=addressee.body_code,
        changes=changes,
        about_seq=about.seq if about else None,
        text=text,
        request=request or RequestKey(occasion.key),
    )


def _tell_coordinators(
    connection: Connection, store: Store, request: ExtensionRequest, occasion: Request, messages: Messages
) -> None:
    for person in people.coordinators(connection, store):
        key = f"extension-asked:{request.seq}:{person.key.user_id}"
        enqueue(
            connection, key=key, who=person.key, payload=messages.asked(request, key), instant=occasion.at
        )


def _tell_asker(connection: Connection, decision: Decision, messages: Messages) -> None:
    key = f"extension-decided:{decision.request.seq}"
    enqueue(
        connection,
        key=key,
        who=decision.request.asker,
        payload=messages.decided(decision, key),
        instant=decision.at,
    )
