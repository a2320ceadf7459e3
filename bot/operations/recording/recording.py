"""What every recording does: one transaction, the chain locked first, once for each request."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.questions.answers import Recorded, StepBack
from bot.domain.questions.grammar.requests import Ref
from bot.domain.questions.names import Body
from bot.domain.refusals import BodyEnded, NotAddressed
from bot.domain.register.addressee import Addressee, Answer, LatestUpdate, Stage, is_step_back
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import RECORDINGS, Change, Draft, RequestKey, Update, UpdateKind, Via, excerpt
from bot.operations.request import actors, finding
from storage import addressees, recommendations, updates
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store


def record(
    store: Store,
    request: Request,
    kind: UpdateKind,
    refs: Sequence[Ref],
    named: Body | None,
    text: str,
    decide: Callable[[Addressee], Addressee],
    *,
    changes: tuple[Change, ...] = (),
    coordinators_only: bool = False,
    tell: Callable[[Connection, Recommendation, Addressee, Update], None] | None = None,
) -> Recorded:
    """Records one update for each recommendation: `decide` turns the addressee as it stands into what it
    becomes, `changes` are further ones to keep with it, `tell` enqueues the messages about it. All of them
    are recorded or none. The same request again is answered from what it wrote."""
    with store.begin() as connection:
        chain = Chain(connection)
        actor = actors.load(connection, store, request)
        written = updates.of_request(connection, request.key)
        if written:
            return recorded_before(connection, actor, written)
        if coordinators_only:
            actor.must_coordinate()
        body_code, body_name = finding.whose(actor, named)
        # What only coordinators do they do in their own name.
        on_behalf = not coordinators_only and actor.speaks_on_behalf_of(body_code)
        items = []
        for item, recommendation in enumerate(_each_once(connection, refs)):
            before = addressee(connection, recommendation, body_code, body_name)
            after = decide(before)
            draft = Draft(
                kind=kind,
                stands_from=request.today,
                via=Via.SLACK,
                by=actor.key,
                on_behalf=on_behalf,
                recommendation_id=recommendation.id,
                body_code=body_code,
                changes=changes,
                text=text,
                request=RequestKey(request.key, item),
            )
            stands, update = write(connection, chain, request, before, after, draft)
            if tell:
                tell(connection, recommendation, stands, update)
            items.append((recommendation, stands, update))
        back = steps_back(connection, items)
    return Recorded(actor, body_name, on_behalf, tuple(items), steps_back=back)


def steps_back(
    connection: Connection, items: Sequence[tuple[Recommendation, Addressee, Update]]
) -> tuple[StepBack, ...]:
    """Of what was recorded, whatever was further before."""
    return tuple(
        step for recommendation, _, update in items for step in _back(connection, recommendation, update)
    )


def _back(connection: Connection, recommendation: Recommendation, update: Update) -> Iterator[StepBack]:
    for change in update.draft.changes:
        values = _STATES.get(change.what)
        if values and is_step_back(values(change.was), values(change.now)):
            since = updates.value_since(
                connection, recommendation.id, update.draft.body_code or "", change.what, before=update.seq
            )
            yield StepBack(recommendation, values(change.was), since)


# The changes that `changes_between` writes of a state.
_STATES: Mapping[str, type[Answer] | type[Stage]] = {"answer": Answer, "stage": Stage}


def write(
    connection: Connection,
    chain: Chain,
    request: Request,
    before: Addressee,
    after: Addressee,
    draft: Draft,
) -> tuple[Addressee, Update]:
    """One update and the state it makes. `before` is locked by this transaction."""
    moved, draft = moved_by(before, after, draft)
    update = chain.append(draft, request.at)
    moved = stands_by(moved, (update,))
    addressees.save(connection, before, moved)
    return moved, update


def moved_by(before: Addressee, after: Addressee, draft: Draft) -> tuple[Addressee, Draft]:
    """The addressee that an update makes, without the update's number, and the draft with what changes."""
    moved = replace(after, version=before.version + 1)
    if draft.kind in RECORDINGS:
        moved = replace(moved, moved_on=max(draft.stands_from, before.moved_on or draft.stands_from))
    changes = (*draft.changes, *changes_between(before, moved, draft.kind))
    return moved, replace(draft, changes=changes)


def stands_by(moved: Addressee, recorded: Sequence[Update]) -> Addressee:
    """The addressee with the numbers of the updates that made it, oldest first."""
    response_seq, progress_seq = moved.response_seq, moved.progress_seq
    for update in recorded:
        if update.draft.kind is UpdateKind.RESPONSE:
            response_seq = update.seq
        elif update.draft.kind is UpdateKind.PROGRESS:
            progress_seq = update.seq
    return replace(moved, face=face_of(recorded[-1]), response_seq=response_seq, progress_seq=progress_seq)


def changes_between(before: Addressee, after: Addressee, kind: UpdateKind) -> tuple[Change, ...]:
    """What an update alters; what it is about stands there even when it only confirms."""
    changes = (
        Change("answer", before.answer, after.answer),
        Change("stage", before.stage, after.stage),
        Change("parts addressed", " ".join(before.parts_addressed), " ".join(after.parts_addressed)),
        Change("due_on", str(before.due_on or ""), str(after.due_on or "")),
        Change("moved_on", str(before.moved_on or ""), str(after.moved_on or "")),
    )
    about = _ABOUT.get(kind)
    return tuple(change for change in changes if change.was != change.now or change.what == about)


_ABOUT = {UpdateKind.RESPONSE: "answer", UpdateKind.PROGRESS: "stage"}


def face_of(update: Update) -> LatestUpdate:
    by = update.draft.by
    return LatestUpdate(
        seq=update.seq,
        kind=update.draft.kind.value,
        author_team=by.team_id if by else "",
        author_user=by.user_id if by else "",
        recorded_at=update.recorded_at,
        excerpt=excerpt(update.draft.text),
        quotable=update.quotable,
    )


def addressee(
    connection: Connection, recommendation: Recommendation, body_code: str, body_name: str
) -> Addressee:
    """The addressee, locked. Raises NotAddressed, and BodyEnded where its duties have passed on."""
    found = addressees.get(connection, recommendation.id, body_code, for_update=True)
    if found is None:
        raise NotAddressed(recommendation.title, body_name)
    if not found.live:
        raise BodyEnded(body_name)
    return found


def recorded_before(connection: Connection, actor: Actor, written: Sequence[Update]) -> Recorded:
    """The answer to a request that came a second time."""
    items = []
    for update in written:
        draft = update.draft
        recommendation = recommendations.get(connection, draft.recommendation_id or "")
        stands = addressees.get(connection, draft.recommendation_id or "", draft.body_code or "")
        if recommendation and stands:
            items.append((recommendation, stands, update))
    return Recorded(
        actor,
        items[0][1].body_name,
        written[0].draft.on_behalf,
        tuple(items),
        again=True,
        steps_back=steps_back(connection, items),
    )


def _each_once(connection: Connection, refs: Sequence[Ref]) -> list[Recommendation]:
    found = {
        recommendation.id: recommendation
        for recommendation in (finding.recordable(connection, ref) for ref in refs)
    }
    return list(found.values())


def was_recorded(store: Store, request: Request) -> bool:
    """Whether the request left anything in the history. Raises Busy."""
    with store.reading() as connection:
        return bool(updates.of_request(connection, request.key))
