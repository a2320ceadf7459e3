"""Whether a recorded text may be quoted in the published account: allowed, and stopped again."""

from collections.abc import Sequence

from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.taking_back import NothingToQuote
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.transition import apply
from bot.domain.register.update import Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import resolve
from bot.operations.request.writing import Work, writing
from storage import addressees, updates
from storage.database import Connection
from storage.store import Store

_Item = tuple[Recommendation, Addressee, Update]


def allow_quoting(store: Store, request: Request, seqs: Sequence[int]) -> Recorded:
    """Let the texts of these updates be quoted from now on, as a contact of the body or a coordinator may.

    Raises NothingToQuote, NotAContactOf, CannotSee."""
    return _say(store, request, seqs, may_be_quoted=True)


def stop_quoting(store: Store, request: Request, seqs: Sequence[int]) -> Recorded:
    """Let these texts be quoted no longer. Raises what `allow_quoting` raises."""
    return _say(store, request, seqs, may_be_quoted=False)


def _say(store: Store, request: Request, seqs: Sequence[int], *, may_be_quoted: bool) -> Recorded:
    """Write one update for each text of which something else holds; where it holds of all already, nothing
    is written, and the answer is that of a repeated request. Its items are the texts' own updates."""
    if not seqs:
        raise NothingToQuote
    with writing(store, request) as work:
        about = [_quotable(work, seq) for seq in seqs]
        wanting = [] if work.written else [row for row in about if row[2].quotable is not may_be_quoted]
        for row in wanting:
            _write(work, row, may_be_quoted=may_be_quoted)
        rows = [_stands(work.connection, row) for row in about]
    first = rows[0][1]
    on_behalf = work.actor.speaks_on_behalf_of(first.body_code)
    return Recorded(work.actor, first.body_name, on_behalf, tuple(rows), again=not wanting)


def _quotable(work: Work, seq: int) -> _Item:
    about = updates.get(work.connection, seq)
    if about is None or about.undone or not about.draft.text:
        raise NothingToQuote
    subject = resolve.subject_of(work.connection, about)
    if subject is None:
        raise NothingToQuote
    recommendation, addressee = subject
    work.actor.must_speak_for(addressee.body_code, addressee.body_name)
    return recommendation, addressee, about


def _write(work: Work, row: _Item, *, may_be_quoted: bool) -> None:
    recommendation, addressee, about = row
    kind = UpdateKind.QUOTING_ALLOWED if may_be_quoted else UpdateKind.QUOTING_STOPPED
    on_behalf = work.actor.speaks_on_behalf_of(addressee.body_code)
    update = work.append(replace(work.draft(kind, addressee), on_behalf=on_behalf, about_seq=about.seq))
    before = addressees.get(work.connection, recommendation.id, addressee.body_code, for_update=True)
    if before and (after := apply(before, update)) != before:
        addressees.save(work.connection, before, after)


def _stands(connection: Connection, row: _Item) -> _Item:
    recommendation, addressee, about = row
    now = addressees.get(connection, recommendation.id, addressee.body_code)
    return recommendation, now or addressee, updates.get(connection, about.seq) or about
