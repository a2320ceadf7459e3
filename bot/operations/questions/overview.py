"""The live recommendations: all, those of a report, or some that were chosen."""

from collections.abc import Iterable, Sequence

from bot.domain.questions.answers import OverviewRow, OwnOverview, RegisterOverview
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import ReportName
from bot.domain.questions.pages import Page
from bot.domain.register.people import Request
from bot.domain.register.published_response import PublishedResponses, by_report
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report
from bot.domain.register.succession import Origin
from bot.operations.questions import mine
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Register
from bot.operations.register.scope import LookupScope
from bot.operations.request import actors
from storage import recommendations
from storage.database import Connection
from storage.store import Store

_SHOWN = 15


def overview(store: Store, request: Request, page: int) -> RegisterOverview | OwnOverview:
    """Return for a contact what their bodies owe, for anyone else the list of recommendations.

    A further page can only have been asked for on that list, so a contact gets it too. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.reader(connection, store, request)
        if actor.is_contact and page == 1:
            return mine.of_actor(connection, store, actor, request, page)
        return of_all(RegisterNow(connection, request.today), page)


def of_all(register: Register, page: int) -> RegisterOverview:
    """Return all live recommendations, for anyone who may see them."""
    totals = register.totals()
    current_page = Page.at(page, sum(totals.live.values()), _SHOWN)
    page_recommendations = register.live_page(limit=_SHOWN, offset=current_page.first)
    return RegisterOverview(
        rows=_rows(register, page_recommendations),
        addressed=totals.live[RecommendationKind.ADDRESSED],
        derived=totals.live[RecommendationKind.DERIVED],
        late=totals.late,
        next_due=totals.next_due,
        today=register.day,
        typed="status",
        page=current_page,
        origins=_origins(register, page_recommendations) if totals.has_heirs else {},
        published_responses=_publications(register, page_recommendations),
    )


def of_report(store: Store, request: Request, report: ReportName, page: int) -> RegisterOverview:
    """Return the live recommendations of one report. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = RegisterNow(connection, request.today)
        live = register.live(report.key)
        about = live[0].report if live else named(connection, report)
        return overview_of(register, live, page, unmistakable(report), about)


def of_chosen(store: Store, request: Request, refs: Sequence[Ref], page: int) -> RegisterOverview:
    """Return several recommendations beside each other. Raises UnknownRecommendation, WhichReport,
    CannotSee."""
    with store.reading() as connection:
        actors.reader(connection, store, request)
        return chosen(RegisterNow(connection, request.today), refs, page)


def chosen(register: Register, refs: Iterable[Ref], page: int) -> RegisterOverview:
    """Return several recommendations, each once, in the order in which they were named."""
    by_id = {recommendation.id: recommendation for recommendation in (register.find(ref) for ref in refs)}
    typed = command_of("status", *(recommendation.title for recommendation in by_id.values()))
    return overview_of(register, tuple(by_id.values()), page, typed)


def named(connection: Connection, report: ReportName) -> Report:
    """Return the report that goes by this name."""
    return next(
        existing for existing in recommendations.all_reports(connection) if existing.key == report.key
    )


def overview_of(
    register: Register,
    page_recommendations: Sequence[Recommendation],
    page: int,
    typed: str,
    report: Report | None = None,
) -> RegisterOverview:
    """Return a page of recommendations, with how each stands; with `report`, which has all of them."""
    ids = tuple(recommendation.id for recommendation in page_recommendations)
    current_page = Page.at(page, len(page_recommendations), _SHOWN)
    derived = sum(
        recommendation.kind is RecommendationKind.DERIVED for recommendation in page_recommendations
    )
    on_page = current_page.of(page_recommendations)
    return RegisterOverview(
        rows=_rows(register, on_page),
        addressed=len(page_recommendations) - derived,
        derived=derived,
        late=register.late(register.day, ids),
        next_due=register.next_due(LookupScope(ids=ids)),
        today=register.day,
        typed=typed,
        report=report,
        chosen=report is None,
        page=current_page,
        origins=_origins(register, on_page),
        published_responses=_publications(register, on_page),
    )


def _origins(register: Register, page_recommendations: Sequence[Recommendation]) -> dict[str, Origin]:
    """Return of whom the counts of the first recommendation of each report are, by its id: the others count
    by the same rule, and each says so itself."""
    origins: dict[str, Origin] = {}
    reports: set[str] = set()
    for recommendation in register.with_heirs(page_recommendations):
        if recommendation.report.key not in reports and (origin := register.origin(recommendation)):
            origins[recommendation.id] = origin
            reports.add(recommendation.report.key)
    return origins


def _publications(
    register: Register, page_recommendations: Sequence[Recommendation]
) -> dict[str, PublishedResponses]:
    """Return by report how far the responses are, where it asks for published ones."""
    reports = {recommendation.report for recommendation in page_recommendations}
    # Which of them asked for it on an earlier day is told by the history.
    keys = {report.key for report in reports if register.is_past or report.publish_by is not None}
    if not keys:
        return {}
    return {group.report.key: group for group in by_report(register.published_responses(report_keys=keys))}


def _rows(register: Register, page_recommendations: Sequence[Recommendation]) -> tuple[OverviewRow, ...]:
    shown_ids = {recommendation.id for recommendation in page_recommendations}
    shown_ids.update(source for recommendation in page_recommendations for source in recommendation.rests_on)
    tallies = register.tallies(shown_ids)
    return tuple(
        OverviewRow(
            recommendation,
            tallies[recommendation.id],
            answers_in=sum(tallies[source].responded for source in recommendation.rests_on),
            answers_expected=sum(tallies[source].addressed for source in recommendation.rests_on),
        )
        for recommendation in page_recommendations
    )
