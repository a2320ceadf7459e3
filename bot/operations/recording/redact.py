"""Erasing the free words of an update, lawfully: that they were there stays, and so does who erased them."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.calendar import london_date
from bot.domain.messages.delivery import Payload
from bot.domain.refusals.taking_back import NothingToErase, WordsAreHeld
from bot.domain.register.people import Request
from bot.domain.register.redaction import ErasableWords, Ground, Redaction, can_be_erased
from bot.domain.register.update import DECISIONS, Change, Draft, Update, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import HistoryLedger, coordinating
from storage import addressees, bodies, holds, owed, recommendations, redaction, updates
from storage.database import Connection
from storage.redaction import Sending
from storage.store import Store

# What a message of recbot's says once the words that stood in it are erased; with the delivery's key.
Message = Callable[[Payload | None, ErasableWords, str], Payload]


def look(store: Store, request: Request, seq: int, ground: Ground | None) -> Redaction:
    """Return what would be erased. Raises NothingToErase, WordsAreHeld, NotACoordinator, CannotSee."""
    with coordinator_reads(store, request) as connection:
        update = _with_words(connection, seq)
        _must_not_be_held(connection, seq)
        return _redaction(connection, update, ground, messages=len(_carriers(connection, update)))


def redact(store: Store, request: Request, seq: int, ground: Ground, message: Message) -> Redaction:
    """Erase the words of an update in the register, and owe what else has to be done: clean files, posts and
    Homes without the words. Raises what `look` raises."""
    with coordinating(store, request) as work:
        if work.written:
            return _done_before(work.connection, work.written[0], ground)
        _must_not_be_held(work.connection, seq)
        return _redact(work, seq, ground, message, work.draft(UpdateKind.REDACTED))


def redact_by_hand(store: Store, seq: int, ground: Ground, instant: datetime, message: Message) -> Redaction:
    """Erase the words of an update from the command line: whoever has the database needs no leave.

    Raises NothingToErase, WordsAreHeld."""
    with store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        _must_not_be_held(connection, seq)
        draft = Draft(UpdateKind.REDACTED, london_date(instant), Via.COMMAND_LINE)
        return _redact(ledger, seq, ground, message, draft)


def redact_again(store: Store, seq: int, ground: Ground, instant: datetime, message: Message) -> Redaction:
    """Erase in a backup what was lawfully erased before, whatever is held now. Raises NothingToErase."""
    with store.begin() as connection:
        draft = Draft(UpdateKind.REDACTED, london_date(instant), Via.COMMAND_LINE)
        return _redact(HistoryLedger(connection, instant), seq, ground, message, draft)


def is_cleaning_owed(store: Store) -> bool:
    """Return whether the database's files may still hold erased words. Raises Busy."""
    with store.reading() as connection:
        return owed.cleaning_through(connection) is not None


def clean(store: Store, wait: float = 30.0) -> bool:
    """Leave no byte of what was erased in the database's files. Returns False when others held them for
    `wait` seconds, and then it is still owed. Takes its time. Raises Busy."""
    with store.reading() as connection:
        through = owed.cleaning_through(connection)
    if not redaction.scrub(store.database, wait):
        return False
    if through is not None:
        with store.begin() as connection:
            owed.cleaned(connection, through)
    return True


def _redact(ledger: HistoryLedger, seq: int, ground: Ground, message: Message, draft: Draft) -> Redaction:
    connection = ledger.connection
    update = _with_words(connection, seq)
    carriers = _carriers(connection, update)
    words = ErasableWords.of(update.draft)
    redaction.erase(connection, seq)
    about = addressees.get(connection, *update.draft.addressee_key)
    addressees.mark_anew(connection, [about] if about else [])
    for sending in carriers:
        redaction.say_instead(connection, sending, message(sending.payload, words, sending.key))
    draft = replace(
        draft,
        recommendation_id=update.draft.recommendation_id,
        body_code=update.draft.body_code,
        changes=(Change("ground", "", ground),),
        about_seq=update.seq,
    )
    erasing = ledger.append(draft)
    owed.owe_cleaning(connection, erasing.seq)
    owed.owe_every_home(connection, erasing.seq)
    return _redaction(connection, update, ground, messages=len(carriers), done=True)


def _must_not_be_held(connection: Connection, seq: int) -> None:
    """Raises NothingToErase, WordsAreHeld."""
    body_code = _with_words(connection, seq).draft.body_code
    for hold in holds.standing(connection):
        if hold.binds(body_code):
            body_name = bodies.names(connection, [hold.body_code or ""]).get(hold.body_code or "", "")
            raise WordsAreHeld(seq, hold.seq, body_name, hold.placed_on, hold.reason)


def _with_words(connection: Connection, seq: int) -> Update:
    update = updates.get(connection, seq)
    if update is None or not can_be_erased(update):
        raise NothingToErase(seq)
    return update


def _carriers(connection: Connection, update: Update) -> tuple[Sending, ...]:
    """Return the messages that carry the words: those about the update, and those in which they are found."""
    seqs = [update.seq]
    if update.draft.kind in DECISIONS and update.draft.about_seq:
        # How a request was decided is told under the request's number.
        seqs.append(update.draft.about_seq)
    by_key = {sending.key: sending for sending in redaction.about(connection, tuple(seqs))}
    words = ErasableWords.of(update.draft).tell_apart
    if words.openings:
        by_key |= {
            sending.key: sending
            for sending in redaction.remembered(connection)
            if words.stand_in(sending.payload)
        }
    return tuple(by_key.values())


def _redaction(
    connection: Connection, update: Update, ground: Ground | None, *, messages: int, done: bool = False
) -> Redaction:
    draft = update.draft
    recommendation = recommendations.get(connection, draft.recommendation_id or "")
    return Redaction(
        update=update,
        title=recommendation.title if recommendation else "",
        body_name=bodies.names(connection, [draft.body_code or ""]).get(draft.body_code or "", ""),
        ground=ground,
        messages=messages,
        done=done,
    )


def _done_before(connection: Connection, written: Update, ground: Ground) -> Redaction:
    about = updates.get(connection, written.draft.about_seq or 0) or written
    return _redaction(connection, about, ground, messages=0, done=True)
