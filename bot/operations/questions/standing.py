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
from bot.operations.questions.waiting_requests import asked_until
from bot.operations.request import actors
from bot.operations.request.scope import Scope, answerable, nearest
from storage import addressees, bodies, recommendations, updates
from storage.database import Connection
from storage.store import Store

PAGE = 15


def body(store: Store, occasion: Request, of: Body, page: int) -> BodyOverview:
    """What is owed first, by its deadline, then what is done. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, occasion)
        sums = addressees.sums_of_bodies(connection, [of.code], occasion.today)
        at = Page.at(page, sums.addressed, PAGE)
        shown = addressees.page_of_bodies(connection, [of.code], limit=PAGE, offset=(at.number - 1) * PAGE)
        return BodyOverview(
            body_name=of.short_name,
            rows=standings(connection, shown, actor),
            sums=sums,
            nearest=nearest(connection, Scope(codes=(of.code,)), occasion.today),
            today=occasion.today,
            typed=unmistakable(of),
            page=at,
        )


def chosen(store: Store, occasion: Request, refs: Sequence[Ref], of: Body, page: int) -> BodyOverview:
    """Several recommendations with one body. Raises NotAddressed, NotRecordable, UnknownRecommendation,
    WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, occasion)
        found = {one.id: one for one in (answerable(connection, ref) for ref in refs)}
        some = {
            one.recommendation_id: one for one in addressees.of_recommendations(connection, found, [of.code])
        }
        for one in found.values():
            if one.id not in some:
                raise NotAddressed(one.title, of.short_name)
        asked = [some[one] for one in found]
        at = Page.at(page, len(asked), PAGE)
        return BodyOverview(
            body_name=of.short_name,
            rows=standings(connection, asked[(at.number - 1) * PAGE : at.number * PAGE], actor),
            sums=BodyCounts.of(asked, occasion.today),
            nearest=_nearest(found, asked, occasion.today),
            today=occasion.today,
            typed=command_of("status", *(one.title for one in found.values()), of.slug),
            page=at,
        )


def region(store: Store, occasion: Request, of: Region, page: int) -> RegionOverview:
    """Recommendation by recommendation, as a report has them. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, occasion)
        names = bodies.of_region(connection, of.name)
        codes = tuple(names)
        ids = addressees.recommendations_of_bodies(connection, codes)
        at = Page.at(page, len(ids), PAGE)
        shown = ids[(at.number - 1) * PAGE : at.number * PAGE]
        found = recommendations.by_ids(connection, shown)
        with_bodies: dict[str, list[Addressee]] = {one: [] for one in shown}
        for addressee in addressees.of_recommendations(connection, shown, codes):
            if addressee.live:
                with_bodies[addressee.recommendation_id].append(addressee)
        return RegionOverview(
            name=of.name,
            body_names=tuple(names.values()),
            rows=tuple((found[one], tuple(some)) for one, some in with_bodies.items()),
            sums=addressees.sums_of_bodies(connection, codes, occasion.today),
            nearest=nearest(connection, Scope(codes=codes), occasion.today),
            today=occasion.today,
            typed=unmistakable(of),
            page=at,
        )


def standings(connection: Connection, some: Iterable[Addressee], reader: Actor) -> tuple[Standing, ...]:
    """Addressees with their recommendations and their latest updates, as the reader may read them."""
    shown = tuple(some)
    found = recommendations.by_ids(connection, {one.recommendation_id for one in shown})
    latest = updates.by_seq(connection, (one.face.seq for one in shown if one.face))
    asked = asked_until(connection, shown)
    return tuple(
        Standing(
            found[one.recommendation_id],
            one,
            latest[one.face.seq].as_read_by(reader) if one.face else None,
            asked.get((one.recommendation_id, one.body_code)),
        )
        for one in shown
    )


def _nearest(
    found: Mapping[str, Recommendation], asked: Sequence[Addressee], today: date
) -> tuple[Deadline, ...]:
    """The next deadlines by which any of these is owed, all on one date."""
    coming = [
        Deadline(found[one.recommendation_id], duty, deadline, addressed=1, owed=1)
        for one in asked
        for duty in Duty
        if one.owes(duty) and (deadline := one.deadline(duty)) and deadline >= today
    ]
    first = min((one.on for one in coming), default=None)
    return tuple(one for one in coming if one.on == first)
