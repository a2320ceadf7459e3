"""Taking back one's own last recording within `UNDO_WITHIN`. Nothing is erased: the undo is recorded too."""

from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.taking_back import ChangedSince, NothingToUndo, NotYours, TooLateToUndo
from bot.domain.register.addressee import Addressee
from bot.domain.register.party import PartyReported
from bot.domain.register.people import PersonKey, Request
from bot.domain.register.published_response import StepRecorded
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import latest_seq, still_stands, without
from bot.domain.register.update import (
    CORRECTABLE,
    DECISIONS,
    RECORDINGS,
    Update,
    UpdateKind,
    Via,
)
from bot.domain.values import replace
from bot.operations.recording import party, published_response
from bot.operations.recording.recording import recorded_before
from bot.operations.request import resolve
from bot.operations.request.writing import Work, writing
from storage import earlier_updates, homes, owed, updates
from storage.database import Connection
from storage.store import Store

# Far more than one command can record.
_LOOK_BACK = 100


def undo(store: Store, request: Request, seq: int | None = None) -> Recorded | PartyReported | StepRecorded:
    """Take back the request that recorded update `seq`, or else the person's last one, as a whole.

    Raises NothingToUndo, NotYours, TooLateToUndo, ChangedSince, NotAskedToPublish, and NotAContactOf or
    NotACoordinator after a revocation."""
    with writing(store, request, is_short=True) as work:
        if work.written:
            return _taken_back_before(work)
        taken_back = _of_one_request(work.connection, work.actor.key, seq)
        _must_be_recent(taken_back, request)
        if taken_back[0].draft.kind is UpdateKind.PARTY_REPORTED:
            return party.take_back(work, taken_back[0])
        if taken_back[0].draft.kind is UpdateKind.PUBLISHED_RESPONSE:
            return published_response.take_back(work, taken_back[0])
        rows = [_take_back(work, update) for update in reversed(taken_back)]
        readers = homes.readers(work.connection, store, taken_back[0].draft.body_code)
        owed.owe_homes(work.connection, work.chain.seq, readers)
    return Recorded(work.actor, rows[0][1].body_name, taken_back[0].draft.on_behalf, tuple(reversed(rows)))


def _taken_back_before(work: Work) -> Recorded | PartyReported | StepRecorded:
    draft = work.written[0].draft
    if draft.body_code is None:
        return party.taken_back_before(work)
    return (
        published_response.taken_back_before(work)
        if draft.recommendation_id is None
        else recorded_before(work)
    )


def _of_one_request(connection: Connection, person: PersonKey, seq: int | None) -> tuple[Update, ...]:
    update = _wanted(connection, person, seq)
    if update is None or not can_be_taken_back(update):
        raise NothingToUndo
    if update.draft.by != person:
        raise NotYours
    request = update.draft.request
    return updates.of_request(connection, request.key) if request else (update,)


def _wanted(connection: Connection, person: PersonKey, seq: int | None) -> Update | None:
    if seq is not None:
        return updates.get(connection, seq)
    own_updates = updates.last_recordings_by(connection, person, _LOOK_BACK)
    return next((update for update in own_updates if can_be_taken_back(update)), None)


def can_be_taken_back(update: Update) -> bool:
    """Return whether it can be undone: not what decided a request, since whoever asked has been told."""
    draft = update.draft
    decided = draft.kind in DECISIONS and draft.about_seq is not None
    # An import is all or nothing, so no row of it is taken back.
    return draft.kind in RECORDINGS and draft.via is not Via.IMPORT and not update.undone and not decided


def _must_be_recent(taken_back: tuple[Update, ...], request: Request) -> None:
    for update in taken_back:
        if not update.may_still_be_undone(request.instant):
            raise TooLateToUndo(
                update.recorded_at,
                tuple(update.seq for update in taken_back if update.draft.kind in CORRECTABLE),
            )


def _take_back(work: Work, update: Update) -> tuple[Recommendation, Addressee, Update]:
    draft, connection = update.draft, work.connection
    subject = resolve.subject_of(connection, update, for_update=True)
    if subject is None:
        raise NothingToUndo
    recommendation, before = subject
    work.actor.must_speak_for(before.body_code, before.body_name)
    if not still_stands(before, update):
        by = _latest(connection, update, before)
        raise ChangedSince(recommendation.title, before.body_name, by.author_name if by else "")
    key = before.key
    moved_on = updates.last_day(connection, *key, besides=update.seq)
    previous = earlier_updates.previous_standing(connection, *key, draft.kind, before=update.seq)
    undone = replace(work.draft(UpdateKind.UNDO, before), on_behalf=draft.on_behalf, about_seq=update.seq)
    return (recommendation, *work.record(before, without(before, update, moved_on), undone, previous))


def _latest(connection: Connection, update: Update, now: Addressee) -> Update | None:
    """Return the update of somebody else's that would be lost with this one."""
    seq = latest_seq(now, update.draft.kind)
    if not seq or seq == update.seq:
        seq = now.latest_update.seq if now.latest_update else None
    return updates.get(connection, seq) if seq else None
