"""The live recommendations: all, those of a report, or some that were chosen."""

from collections.abc import Sequence

from bot.domain.questions.answers import Mine, Overview, OverviewRow, Page
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.grammar.requests import Ref
from bot.domain.questions.names import ReportName
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind, Report, recommendation_id
from bot.operations.questions import mine
from bot.operations.request import actors, finding, scope
from bot.operations.request.scope import Scope
from storage import recommendations, tallies
from storage.database import Connection
from storage.store import Store

_SHOWN = 15


def overview(store: Store, request: Request, page: int) -> Overview | Mine:
    """For a contact what their bodies owe; a further page can only have been asked for on the list of
    recommendations, which is what anyone else gets. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        if actor.is_contact and page == 1:
            return mine.of_speaker(connection, store, actor, request, page)
        return of_all(connection, request, page)


def of_all(connection: Connection, request: Request, page: int) -> Overview:
    """All live recommendations, for anyone who may see them."""
    counted = recommendations.count_live_by_kind(connection)
    at = Page.at(page, sum(counted.values()), _SHOWN)
    shown = recommendations.live(connection, limit=_SHOWN, offset=(at.number - 1) * _SHOWN)
    return Overview(
        rows=_rows(connection, shown),
        addressed=counted[RecommendationKind.ADDRESSED],
        derived=counted[RecommendationKind.DERIVED],
        late=tallies.late(connection, request.today),
        nearest=scope.nearest(connection, Scope(), request.today),
        today=request.today,
        typed="status",
        page=at,
    )


def of_report(store: Store, request: Request, report: ReportName, page: int) -> Overview:
    """The live recommendations of one report. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        live = recommendations.live_of_report(connection, report.key)
        about = next((recommendation.report for recommendation in live), None) or next(
            all_report
            for all_report in recommendations.all_reports(connection)
            if all_report.key == report.key
        )
        at = Page.at(page, len(live), _SHOWN)
        return _of(connection, request, live, at, typed=unmistakable(report), report=about)


def of_chosen(store: Store, request: Request, refs: Sequence[Ref], page: int) -> Overview:
    """Several recommendations beside each other. Raises UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        found = {
            recommendation.id: recommendation
            for recommendation in (finding.recommendation(connection, ref) for ref in refs)
        }
        typed = command_of("status", *(recommendation.title for recommendation in found.values()))
        at = Page.at(page, len(found), _SHOWN)
        return _of(connection, request, tuple(found.values()), at, typed=typed)


def _of(
    connection: Connection,
    request: Request,
    some: Sequence[Recommendation],
    page: Page,
    *,
    typed: str,
    report: Report | None = None,
) -> Overview:
    ids = tuple(recommendation.id for recommendation in some)
    first = (page.number - 1) * _SHOWN
    derived = sum(recommendation.kind is RecommendationKind.DERIVED for recommendation in some)
    return Overview(
        rows=_rows(connection, some[first : first + _SHOWN]),
        addressed=len(some) - derived,
        derived=derived,
        late=tallies.late(connection, request.today, ids=ids),
        nearest=scope.nearest(connection, Scope(ids=ids), request.today),
        today=request.today,
        typed=typed,
        report=report,
        chosen=report is None,
        page=page,
    )


def _rows(connection: Connection, shown: Sequence[Recommendation]) -> tuple[OverviewRow, ...]:
    sources = {recommendation.id: _sources(recommendation) for recommendation in shown}
    wanted = {*sources, *(source for some in sources.values() for source in some)}
    counted = tallies.of(connection, wanted)
    return tuple(
        OverviewRow(
            recommendation,
            counted[recommendation.id],
            answers_in=sum(counted[source].responded for source in sources[recommendation.id]),
            answers_expected=sum(counted[source].addressed for source in sources[recommendation.id]),
        )
        for recommendation in shown
    )


def _sources(recommendation: Recommendation) -> tuple[str, ...]:
    return tuple(
        recommendation_id(recommendation.report.key, number) for number in recommendation.derived_from
    )
