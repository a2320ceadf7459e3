"""Taking back one's own last recording within `UNDO_WITHIN`. Nothing is erased: the undo is recorded too."""

from dataclasses import replace

from bot.domain.questions.answers import Recorded
from bot.domain.refusals import ChangedSince, NothingToUndo, NotYours, TooLateToUndo
from bot.domain.register.addressee import Addressee
from bot.domain.register.fold import with_values
from bot.domain.register.people import Actor, PersonKey, Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import (
    CORRECTABLE,
    DECISIONS,
    RECORDINGS,
    Draft,
    RequestKey,
    Update,
    UpdateKind,
    Via,
)
from bot.operations.recording import recording
from bot.operations.request import actors
from storage import addressees, homes, owed, recommendations, updates
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store

# Far more than one command can record.
_LOOK_BACK = 100


def undo(store: Store, request: Request, seq: int | None = None) -> Recorded:
    """Takes back the request that recorded update `seq`, or else the person's last one, as a whole.

    Raises NothingToUndo, NotYours, TooLateToUndo, ChangedSince, and NotAContactOf after a revocation."""
    with store.begin() as connection:
        chain = Chain(connection)
        actor = actors.load(connection, store, request)
        written = updates.of_request(connection, request.key)
        if written:
            return recording.recorded_before(connection, actor, written)
        taken_back = _of_one_request(connection, actor.key, seq)
        _must_be_recent(taken_back, request)
        items = [
            _take_back(connection, chain, request, actor, update, item=item)
            for item, update in enumerate(reversed(taken_back))
        ]
        readers = homes.readers(connection, store, taken_back[0].draft.body_code)
        owed.owe_homes(connection, chain.seq, readers)
    return Recorded(actor, items[0][1].body_name, taken_back[0].draft.on_behalf, tuple(reversed(items)))


def _of_one_request(connection: Connection, who: PersonKey, seq: int | None) -> tuple[Update, ...]:
    update = _wanted(connection, who, seq)
    if update is None or not can_be_taken_back(update):
        raise NothingToUndo
    if update.draft.by != who:
        raise NotYours
    request = update.draft.request
    return updates.of_request(connection, request.key) if request else (update,)


def _wanted(connection: Connection, who: PersonKey, seq: int | None) -> Update | None:
    if seq is not None:
        return updates.get(connection, seq)
    mine = updates.last_recordings_by(connection, who, _LOOK_BACK)
    return next((update for update in mine if can_be_taken_back(update)), None)


def can_be_taken_back(update: Update) -> bool:
    """Not what decided a request: whoever asked has been told."""
    draft = update.draft
    decided = draft.kind in DECISIONS and draft.about_seq is not None
    return draft.kind in RECORDINGS and not update.undone and not decided


def _must_be_recent(taken_back: tuple[Update, ...], request: Request) -> None:
    for update in taken_back:
        if not update.may_still_be_undone(request.at):
            raise TooLateToUndo(
                update.recorded_at,
                tuple(update.seq for update in taken_back if update.draft.kind in CORRECTABLE),
            )


def _take_back(
    connection: Connection,
    chain: Chain,
    request: Request,
    actor: Actor,
    update: Update,
    *,
    item: int,
) -> tuple[Recommendation, Addressee, Update]:
    draft = update.draft
    recommendation = recommendations.get(connection, draft.recommendation_id or "")
    before = addressees.get(connection, draft.recommendation_id or "", draft.body_code or "", for_update=True)
    if recommendation is None or before is None:
        raise NothingToUndo
    actor.must_speak_for(before.body_code, before.body_name)
    _must_still_stand(connection, update, before, recommendation)
    undone = Draft(
        kind=UpdateKind.UNDO,
        stands_from=request.today,
        via=Via.SLACK,
        by=actor.key,
        on_behalf=draft.on_behalf,
        recommendation_id=draft.recommendation_id,
        body_code=draft.body_code,
        about_seq=update.seq,
        request=RequestKey(request.key, item),
    )
    after = _as_it_was(connection, before, update)
    return (recommendation, *recording.write(connection, chain, request, before, after, undone))


def _must_still_stand(
    connection: Connection, update: Update, now: Addressee, recommendation: Recommendation
) -> None:
    """Somebody else's later recording is not to be lost with ours."""
    pointer = {UpdateKind.RESPONSE: now.response_seq, UpdateKind.PROGRESS: now.progress_seq}
    latest = pointer.get(update.draft.kind, update.seq)
    if latest == update.seq and _left(now, update) == now:
        return
    by = updates.get(connection, latest) if latest != update.seq and latest else _last(connection, now)
    raise ChangedSince(recommendation.title, now.body_name, by.author_name if by else "")


def _last(connection: Connection, now: Addressee) -> Update | None:
    return updates.get(connection, now.face.seq) if now.face else None


def _left(now: Addressee, update: Update) -> Addressee:
    """The addressee with what the update changed as the update left it."""
    return with_values(now, {change.what: change.now for change in update.draft.changes})


def _as_it_was(connection: Connection, now: Addressee, update: Update) -> Addressee:
    # Not the day before this update: somebody else may have recorded since.
    moved_on = updates.last_day(connection, now.recommendation_id, now.body_code, besides=update.seq)
    was = {change.what: change.was for change in update.draft.changes}
    restored = replace(with_values(now, was), moved_on=moved_on)
    kind = update.draft.kind
    if kind is UpdateKind.RESPONSE:
        restored = replace(restored, response_seq=_previous(connection, update))
    if kind is UpdateKind.PROGRESS:
        restored = replace(restored, progress_seq=_previous(connection, update))
    return restored


def _previous(connection: Connection, update: Update) -> int | None:
    """The update of the same kind that stands again once this one is taken back."""
    draft = update.draft
    return updates.previous_standing(
        connection, draft.recommendation_id or "", draft.body_code or "", draft.kind, before=update.seq
    )
