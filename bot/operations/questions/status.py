"""How a recommendation stands: across the bodies addressed, with those of a region, or with one of them."""

from collections import Counter

from bot.domain.questions.answers import BodyStanding, RecommendationStanding
from bot.domain.questions.grammar.requests import Ref
from bot.domain.questions.names import Body, Region
from bot.domain.refusals import NotAddressed, NotRecordable
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Tally, recommendation_id
from bot.operations.recording.waiting_requests import asked_until
from bot.operations.request import actors, finding
from bot.operations.request.scope import answerable
from storage import addressees, bodies, recommendations, tallies, updates
from storage.database import Connection
from storage.store import Store

# As many as fit on one screen with their texts.
_LATEST = 5


def recommendation(store: Store, request: Request, ref: Ref) -> RecommendationStanding:
    """Raises UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        found = finding.recommendation(connection, ref)
        if found.kind is RecommendationKind.DERIVED:
            return _derived(connection, found, request)
        return RecommendationStanding(
            recommendation=found,
            tally=tallies.of(connection, [found.id])[found.id],
            addressees=addressees.standing(connection, found),
            today=request.today,
        )


def in_region(store: Store, request: Request, ref: Ref, region: Region) -> RecommendationStanding:
    """With the bodies of a region alone, which are counted among themselves.

    Raises NotAddressed, NotRecordable, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        found = answerable(connection, ref)
        codes = bodies.of_region(connection, region.name)
        rows = tuple(row for row in addressees.standing(connection, found) if row.body_code in codes)
        if not rows:
            raise NotAddressed(found.title, region.name)
        return RecommendationStanding(
            recommendation=found,
            tally=Tally(Counter(row.answer for row in rows), Counter(row.stage for row in rows)),
            addressees=rows,
            today=request.today,
            region=region.name,
        )


def with_body(store: Store, request: Request, ref: Ref, body: Body) -> BodyStanding:
    """Raises NotAddressed, NotRecordable, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        found = finding.recommendation(connection, ref)
        if found.kind is RecommendationKind.DERIVED:
            raise NotRecordable(found.title, found.derived_from)
        addressee = addressees.get(connection, found.id, body.code)
        if addressee is None:
            raise NotAddressed(found.title, body.short_name)
        latest = updates.of_addressee(connection, found.id, body.code, _LATEST)
        response = updates.get(connection, addressee.response_seq) if addressee.response_seq else None
        return BodyStanding(
            recommendation=found,
            addressee=addressee,
            updates=tuple(update.as_read_by(actor) for update in latest),
            response=response.as_read_by(actor) if response else None,
            today=request.today,
            asked_until=asked_until(connection, [addressee]).get((found.id, body.code)),
            total=updates.count(connection, found.id, body.code),
            may_record=found.live and actor.may_record_for(body.code),
        )


def _derived(connection: Connection, found: Recommendation, request: Request) -> RecommendationStanding:
    ids = [recommendation_id(found.report.key, number) for number in found.derived_from]
    sources = recommendations.by_ids(connection, ids)
    counted = tallies.of(connection, ids)
    return RecommendationStanding(
        recommendation=found,
        tally=Tally(),
        addressees=(),
        today=request.today,
        derived_from=tuple((sources[name], counted[name]) for name in ids if name in sources),
    )
