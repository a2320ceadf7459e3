"""Whether a recorded text may be quoted in the published account: allowed, and stopped again."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.questions.answers import Recorded
from bot.domain.refusals import NothingToQuote
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import Draft, RequestKey, Update, UpdateKind, Via
from bot.operations.request import actors
from storage import addressees, recommendations, updates
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store

_Item = tuple[Recommendation, Addressee, Update]


def allow_quoting(store: Store, request: Request, seqs: Sequence[int]) -> Recorded:
    """The texts of these updates may be quoted from now on: said by a contact of the body or a coordinator.

    Raises NothingToQuote, NotAContactOf, CannotSee."""
    return _say(store, request, seqs, may_be_quoted=True)


def stop_quoting(store: Store, request: Request, seqs: Sequence[int]) -> Recorded:
    """They may not be quoted any more. Raises what `allow_quoting` raises."""
    return _say(store, request, seqs, may_be_quoted=False)


def _say(store: Store, request: Request, seqs: Sequence[int], *, may_be_quoted: bool) -> Recorded:
    """Writes one update for each text of which something else holds; where it holds of all already, nothing
    is written, and the answer is that of a repeated request. Its items are the texts' own updates."""
    if not seqs:
        raise NothingToQuote
    with store.begin() as connection:
        chain = Chain(connection)
        actor = actors.load(connection, store, request)
        about = [_quotable(connection, actor, updates.get(connection, seq)) for seq in seqs]
        is_repeated = bool(updates.of_request(connection, request.key))
        wanting = [] if is_repeated else [item for item in about if item[2].quotable is not may_be_quoted]
        for place, item in enumerate(wanting):
            _write(connection, chain, request, actor, item, place, may_be_quoted=may_be_quoted)
        items = [_stands(connection, item) for item in about]
    first = items[0][1]
    on_behalf = actor.speaks_on_behalf_of(first.body_code)
    return Recorded(actor, first.body_name, on_behalf, tuple(items), again=not wanting)


def _quotable(connection: Connection, actor: Actor, about: Update | None) -> _Item:
    if about is None or about.undone or not about.draft.text:
        raise NothingToQuote
    recommendation = recommendations.get(connection, about.draft.recommendation_id or "")
    addressee = addressees.get(connection, about.draft.recommendation_id or "", about.draft.body_code or "")
    if recommendation is None or addressee is None:
        raise NothingToQuote
    actor.must_speak_for(addressee.body_code, addressee.body_name)
    return recommendation, addressee, about


def _write(
    connection: Connection,
    chain: Chain,
    request: Request,
    actor: Actor,
    item: _Item,
    place: int,
    *,
    may_be_quoted: bool,
) -> None:
    recommendation, addressee, about = item
    chain.append(
        Draft(
            kind=UpdateKind.QUOTING_ALLOWED if may_be_quoted else UpdateKind.QUOTING_STOPPED,
            stands_from=request.today,
            via=Via.SLACK,
            by=actor.key,
            on_behalf=actor.speaks_on_behalf_of(addressee.body_code),
            recommendation_id=recommendation.id,
            body_code=addressee.body_code,
            about_seq=about.seq,
            request=RequestKey(request.key, place),
        ),
        request.at,
    )
    before = addressees.get(connection, recommendation.id, addressee.body_code, for_update=True)
    if before and before.face and before.face.seq == about.seq:
        after = replace(before, face=replace(before.face, quotable=may_be_quoted))
        addressees.save(connection, before, after)


def _stands(connection: Connection, item: _Item) -> _Item:
    recommendation, addressee, about = item
    now = addressees.get(connection, recommendation.id, addressee.body_code)
    return recommendation, now or addressee, updates.get(connection, about.seq) or about
