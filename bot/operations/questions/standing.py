"""How a body or a region stands across the live recommendations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.questions.answers import BodyCounts, BodyOverview, Deadline, Page, RegionOverview, Standing
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.requests import Ref
from bot.domain.questions.names import Body, Region
from bot.domain.refusals import NotAddressed
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation
from bot.operations.recording.waiting_requests import asked_until
from bot.operations.request import actors
from bot.operations.request.scope import Scope, answerable, nearest
from storage import addressees, bodies, recommendations, updates
from storage.database import Connection
from storage.store import Store

PAGE = 15


def body(store: Store, request: Request, of: Body, page: int) -> BodyOverview:
    """What is owed first, by its deadline, then what is done. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        sums = addressees.sums_of_bodies(connection, [of.code], request.today)
        at = Page.at(page, sums.addressed, PAGE)
        shown = addressees.page_of_bodies(connection, [of.code], limit=PAGE, offset=(at.number - 1) * PAGE)
        return BodyOverview(
            body_name=of.short_name,
            rows=standings(connection, shown, actor),
            sums=sums,
            nearest=nearest(connection, Scope(codes=(of.code,)), request.today),
            today=request.today,
            typed=unmistakable(of),
            page=at,
        )


def chosen(store: Store, request: Request, refs: Sequence[Ref], of: Body, page: int) -> BodyOverview:
    """Several recommendations with one body. Raises NotAddressed, NotRecordable, UnknownRecommendation,
    WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        found = {
            recommendation.id: recommendation
            for recommendation in (answerable(connection, ref) for ref in refs)
        }
        some = {
            addressee.recommendation_id: addressee
            for addressee in addressees.of_recommendations(connection, found, [of.code])
        }
        for recommendation in found.values():
            if recommendation.id not in some:
                raise NotAddressed(recommendation.title, of.short_name)
        asked = [some[name] for name in found]
        at = Page.at(page, len(asked), PAGE)
        return BodyOverview(
            body_name=of.short_name,
            rows=standings(connection, asked[(at.number - 1) * PAGE : at.number * PAGE], actor),
            sums=BodyCounts.of(asked, request.today),
            nearest=_nearest(found, asked, request.today),
            today=request.today,
            typed=command_of("status", *(recommendation.title for recommendation in found.values()), of.slug),
            page=at,
        )


def region(store: Store, request: Request, of: Region, page: int) -> RegionOverview:
    """Recommendation by recommendation, as a report has them. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        names = bodies.of_region(connection, of.name)
        codes = tuple(names)
        ids = addressees.recommendations_of_bodies(connection, codes)
        at = Page.at(page, len(ids), PAGE)
        shown = ids[(at.number - 1) * PAGE : at.number * PAGE]
        found = recommendations.by_ids(connection, shown)
        with_bodies: dict[str, list[Addressee]] = {name: [] for name in shown}
        for addressee in addressees.of_recommendations(connection, shown, codes):
            if addressee.live:
                with_bodies[addressee.recommendation_id].append(addressee)
        return RegionOverview(
            name=of.name,
            body_names=tuple(names.values()),
            rows=tuple((found[name], tuple(some)) for name, some in with_bodies.items()),
            sums=addressees.sums_of_bodies(connection, codes, request.today),
            nearest=nearest(connection, Scope(codes=codes), request.today),
            today=request.today,
            typed=unmistakable(of),
            page=at,
        )


def standings(connection: Connection, some: Iterable[Addressee], reader: Actor) -> tuple[Standing, ...]:
    """Addressees with their recommendations and their latest updates, as the reader may read them."""
    shown = tuple(some)
    found = recommendations.by_ids(connection, {addressee.recommendation_id for addressee in shown})
    latest = updates.by_seq(connection, (addressee.face.seq for addressee in shown if addressee.face))
    asked = asked_until(connection, shown)
    return tuple(
        Standing(
            found[addressee.recommendation_id],
            addressee,
            latest[addressee.face.seq].as_read_by(reader) if addressee.face else None,
            asked.get((addressee.recommendation_id, addressee.body_code)),
        )
        for addressee in shown
    )


def _nearest(
    found: Mapping[str, Recommendation], asked: Sequence[Addressee], today: date
) -> tuple[Deadline, ...]:
    """The next deadlines by which any of these is owed, all on one date."""
    coming = [
        Deadline(found[addressee.recommendation_id], duty, deadline, addressed=1, owed=1)
        for addressee in asked
        for duty in Duty
        if addressee.owes(duty) and (deadline := addressee.deadline(duty)) and deadline >= today
    ]
    first = min((deadline.on for deadline in coming), default=None)
    return tuple(deadline for deadline in coming if deadline.on == first)
