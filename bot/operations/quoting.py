"""Allowing that a recorded text is quoted in the published account."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.addressee import Addressee
from bot.domain.lookups import Recorded
from bot.domain.people import Occasion, Speaker
from bot.domain.recommendation import Recommendation
from bot.domain.refusals import NothingToQuote
from bot.domain.update import Draft, RequestKey, Update, UpdateKind, Via
from bot.operations import recording, speakers
from storage import addressees, recommendations, updates
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store


def allow_quoting(store: Store, occasion: Occasion, seqs: Sequence[int]) -> Recorded:
    """The texts of these updates may be quoted from now on: said by a contact of the body or a coordinator.

    Raises NothingToQuote, NotAContactOf, CannotSee."""
    with store.begin() as connection:
        chain = Chain(connection)
        speaker = speakers.load(connection, store, occasion)
        written = updates.of_request(connection, occasion.key)
        if written:
            return recording.recorded_before(connection, speaker, written)
        items = [
            _allow(connection, chain, occasion, speaker, updates.get(connection, seq), item)
            for item, seq in enumerate(seqs)
        ]
    first = items[0][1]
    return Recorded(speaker, first.body_name, speaker.speaks_on_behalf_of(first.body_code), tuple(items))


def _allow(
    connection: Connection,
    chain: Chain,
    occasion: Occasion,
    speaker: Speaker,
    about: Update | None,
    item: int,
) -> tuple[Recommendation, Addressee, Update]:
    if about is None or about.undone or not about.draft.text:
        raise NothingToQuote
    recommendation = recommendations.get(connection, about.draft.recommendation_id or "")
    before = addressees.get(
        connection, about.draft.recommendation_id or "", about.draft.body_code or "", for_update=True
    )
    if recommendation is None or before is None:
        raise NothingToQuote
    speaker.must_speak_for(before.body_code, before.body_name)
    allowed = chain.append(
        Draft(
            kind=UpdateKind.QUOTING_ALLOWED,
            stands_from=occasion.today,
            via=Via.SLACK,
            by=speaker.key,
            on_behalf=speaker.speaks_on_behalf_of(before.body_code),
            recommendation_id=recommendation.id,
            body_code=before.body_code,
            about_seq=about.seq,
            request=RequestKey(occasion.key, item),
        ),
        occasion.at,
    )
    after = before
    if before.face and before.face.seq == about.seq:
        after = replace(before, face=replace(before.face, quotable=True))
        addressees.save(connection, before, after)
    return recommendation, after, allowed
