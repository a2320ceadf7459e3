"""The lookups of an earlier day: what stood at its end, and how much of the history says so."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from bot.domain.calendar import london_date
from bot.domain.questions.answers import (
    BodyOverview,
    BodyStanding,
    RecommendationStanding,
    RegionOverview,
    RegisterOverview,
)
from bot.domain.questions.as_it_stood import AsItStood, Result
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.typed_commands import AsAt, Ref
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.people import Actor, Request
from bot.operations.questions import overview, standing, status
from bot.operations.questions.overview import named
from bot.operations.register.opening import looking_back
from bot.operations.register.then import RegisterAt
from bot.operations.request import actors
from storage import updates
from storage.store import Store


def recommendation(
    store: Store, request: Request, as_at: AsAt, ref: Ref
) -> AsItStood[RecommendationStanding]:
    """Return how a recommendation stood.

    Raises DayToCome, NotPublishedYet, UnknownRecommendation, WhichReport, CannotSee."""
    with _past(store, request, as_at) as (register, _):
        standing = status.standing_of(register, ref)
        return _as_it_stood(register, standing, standing.recommendation.title)


def with_body(store: Store, request: Request, as_at: AsAt, ref: Ref, body: Body) -> AsItStood[BodyStanding]:
    """Return how it stood with one body.

    Raises NotAddressed, NotRecordable, NoSuchBodyThen, and what `recommendation` raises."""
    with _past(store, request, as_at) as (register, reader):
        standing = status.standing_with_body(register, reader, ref, body)
        return _as_it_stood(register, standing, command_of(standing.recommendation.title, body.slug), body)


def report(
    store: Store, request: Request, as_at: AsAt, report_name: ReportName
) -> AsItStood[RegisterOverview]:
    """Return the recommendations of a report that were live. Raises DayToCome, NotPublishedYet, CannotSee."""
    with _past(store, request, as_at) as (register, _):
        about = named(register.connection, report_name)
        register.must_be_published(f"report {about.key}", about)
        live = register.live(about.key)
        # Each page says of how much of the history the whole report is made.
        register.tallies({source for recommendation in live for source in recommendation.rests_on})
        report_overview = overview.overview_of(register, live, as_at.page, unmistakable(report_name), about)
        return _as_it_stood(register, report_overview, report_overview.typed)


def chosen(store: Store, request: Request, as_at: AsAt, refs: Iterable[Ref]) -> AsItStood[RegisterOverview]:
    """Return how several recommendations stood. Raises what `recommendation` raises."""
    with _past(store, request, as_at) as (register, _):
        chosen_overview = overview.chosen(register, refs, as_at.page)
        return _as_it_stood(register, chosen_overview, chosen_overview.typed)


def chosen_with_body(
    store: Store, request: Request, as_at: AsAt, refs: Iterable[Ref], body: Body
) -> AsItStood[BodyOverview]:
    """Return how several recommendations stood with one body. Raises what `with_body` raises."""
    with _past(store, request, as_at) as (register, reader):
        body_overview = standing.chosen_in(register, reader, refs, body, as_at.page)
        return _as_it_stood(register, body_overview, body_overview.typed, body)


def body(store: Store, request: Request, as_at: AsAt, body: Body) -> AsItStood[BodyOverview]:
    """Return how a body stood: what was owed first, by its deadline, then what was done.

    Raises DayToCome, NoSuchBodyThen, CannotSee."""
    with _past(store, request, as_at) as (register, reader):
        body_overview = standing.body_in(register, reader, body, as_at.page)
        return _as_it_stood(register, body_overview, body_overview.typed, body)


def region(store: Store, request: Request, as_at: AsAt, region: Region) -> AsItStood[RegionOverview]:
    """Return the bodies that a region had, recommendation by recommendation. Raises DayToCome, CannotSee."""
    with _past(store, request, as_at) as (register, _):
        region_overview = standing.region_in(register, region, as_at.page)
        return _as_it_stood(register, region_overview, region_overview.typed)


@contextmanager
def _past(store: Store, request: Request, as_at: AsAt) -> Iterator[tuple[RegisterAt, Actor]]:
    """Yield the register of the day, and who reads it. Raises DayToCome, CannotSee."""
    with store.reading() as connection:
        reader = actors.load(connection, store, request)
        yield looking_back(connection, request.today, as_at.day, known=as_at.known), reader


def _as_it_stood(
    register: RegisterAt, result: Result, subject: str, body: Body | None = None
) -> AsItStood[Result]:
    """Add how much of the history makes the result. Called last, when all of it has been read."""
    first_update = None
    if register.known and not register.counted:
        first_update = updates.first_recorded(
            register.connection,
            recommendation_ids=register.looked_at,
            body_code=body.code if body else None,
        )
    return AsItStood(
        result=result,
        subject=subject,
        day=register.day,
        known=register.known,
        counted=register.counted,
        recorded_later=register.recorded_later,
        begun_on=london_date(first_update) if first_update else None,
    )
