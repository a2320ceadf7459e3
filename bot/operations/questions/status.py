"""How a recommendation stands: across the bodies addressed, with those of a region, or with one of them."""

from datetime import date
from operator import attrgetter

from bot.domain.questions.answers import BodyStanding, RecommendationStanding
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body, Region
from bot.domain.refusals.addressees import NotAddressed
from bot.domain.register.addressee import Addressee
from bot.domain.register.part_states import latest_of_parts
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Tally
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.register.lineage import reads_for
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Register
from bot.operations.register.subjects import answerable
from bot.operations.request import actors
from storage import open_requests, standings
from storage.store import Store

# As many as fit on one screen with their texts.
_LATEST = 5


def recommendation(store: Store, request: Request, ref: Ref) -> RecommendationStanding:
    """Return how a recommendation stands. Raises UnknownRecommendation, WhichReport, CannotSee."""
    if request.reader is not None and (standing := _at_once(store, ref, request.today)):
        return standing
    with store.reading() as connection:
        actors.reader(connection, store, request)
        return standing_of(RegisterNow(connection, request.today), ref)


def _at_once(store: Store, ref: Ref, today: date) -> RecommendationStanding | None:
    """Read how a recommendation stands by one statement, which is enough for most. Return None for one that
    has ended, is derived, is addressed to others than bodies, or has a body that ended: these need more."""
    with store.autocommit_read() as connection:
        known = standings.with_bodies(connection, ref.report, ref.number)
    if known is None:
        return None
    recommendation, addressees = known
    if (
        not recommendation.live
        or recommendation.kind is RecommendationKind.DERIVED
        or recommendation.parties
        or any(map(attrgetter("passed_to"), addressees))
    ):
        return None
    return RecommendationStanding(recommendation, Tally.of(addressees), addressees, today)


def in_region(store: Store, request: Request, ref: Ref, region: Region) -> RecommendationStanding:
    """Return a recommendation with the bodies of a region alone, which are counted among themselves.

    Raises NotAddressed, NotRecordable, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        return standing_in_region(RegisterNow(connection, request.today), ref, region)


def with_body(store: Store, request: Request, ref: Ref, body: Body) -> BodyStanding:
    """Return how a recommendation stands with one body. Raises NotAddressed, NotRecordable,
    UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        standing = standing_with_body(RegisterNow(connection, request.today), actor, ref, body)
        questions = open_requests.unanswered(
            connection, body_codes=[body.code], recommendation_id=standing.recommendation.id
        )
        return replace(standing, unanswered=questions)


def standing_of(register: Register, ref: Ref) -> RecommendationStanding:
    recommendation = register.find(ref)
    is_derived = recommendation.kind is RecommendationKind.DERIVED
    rows = () if is_derived else register.addressees(recommendation)
    return RecommendationStanding(
        recommendation=recommendation,
        # Of what has ended bodies had ended before, which the kept counts leave out.
        tally=(
            Tally.of(rows)
            if is_derived or recommendation.live
            else register.tallies([recommendation.id])[recommendation.id]
        ),
        addressees=rows,
        today=register.day,
        parties=register.parties(recommendation),
        derived_from=_sources(register, recommendation) if is_derived else (),
        origin=None if is_derived else register.origin(recommendation),
    )


def standing_in_region(register: Register, ref: Ref, region: Region) -> RecommendationStanding:
    recommendation = answerable(register, ref)
    codes = register.bodies_of(region)
    rows = tuple(row for row in register.addressees(recommendation) if row.body_code in codes)
    if not rows:
        raise NotAddressed(recommendation.title, region.name)
    return RecommendationStanding(
        recommendation=recommendation,
        tally=Tally.of(rows),
        addressees=rows,
        today=register.day,
        region=region.name,
        predecessors=register.predecessors(rows),
    )


def _parts(
    register: Register, recommendation: Recommendation, addressee: Addressee, reader: Actor
) -> dict[str, Update]:
    """Return the last update that moved each part, by its label, as the reader may read it."""
    if not recommendation.parts:
        return {}
    latest = latest_of_parts(update for update in register.each_update(addressee) if not update.undone)
    return {label: update.as_read_by(reader) for label, update in latest.items()}


def standing_with_body(register: Register, reader: Actor, ref: Ref, body: Body) -> BodyStanding:
    recommendation = answerable(register, ref)
    addressee = register.with_body(recommendation, body)
    ending = register.ending(addressee, recommendation)
    if ending:
        reader = reads_for(reader, ending.heir_code, [body.code])
    latest = register.latest(addressee, _LATEST, reader)
    return BodyStanding(
        recommendation=recommendation,
        addressee=addressee,
        updates=latest.updates,
        response=latest.response,
        today=register.day,
        asked_until=register.asked_until([addressee]).get((recommendation.id, body.code)),
        total=latest.total,
        approvals=register.approvals(addressee),
        may_record=(
            not register.is_past
            and recommendation.live
            and ending is None
            and reader.may_record_for(body.code)
        ),
        parts=_parts(register, recommendation, addressee, reader),
        predecessors=register.predecessors([addressee], reader).get(addressee.key, ()),
        ending=ending,
    )


def _sources(register: Register, derived: Recommendation) -> tuple[tuple[Recommendation, Tally], ...]:
    """Return what a derived recommendation rests on, and how that stands."""
    sources = register.recommendations(derived.rests_on)
    tallies = register.tallies(derived.rests_on)
    return tuple((sources[id_], tallies[id_]) for id_ in derived.rests_on if id_ in sources)
