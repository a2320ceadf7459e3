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


def overview(store: Store, occasion: Request, page: int) -> Overview | Mine:
    """For a contact what their bodies owe; a further page can only have been asked for on the list of
    recommendations, which is what anyone else gets. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, occasion)
        if actor.is_contact and page == 1:
            return mine.of_speaker(connection, store, actor, occasion, page)
        return of_all(connection, occasion, page)


def of_all(connection: Connection, occasion: Request, page: int) -> Overview:
    """All live recommendations, for anyone who may see them."""
    counted = recommendations.count_live_by_kind(connection)
    at = Page.at(page, sum(counted.values()), _SHOWN)
    shown = recommendations.live(connection, limit=_SHOWN, offset=(at.number - 1) * _SHOWN)
    return Overview(
        rows=_rows(connection, shown),
        addressed=counted[RecommendationKind.ADDRESSED],
        derived=counted[RecommendationKind.DERIVED],
        late=tallies.late(connection, occasion.today),
        nearest=scope.nearest(connection, Scope(), occasion.today),
        today=occasion.today,
        typed="status",
        page=at,
    )


def of_report(store: Store, occasion: Request, report: ReportName, page: int) -> Overview:
    """The live recommendations of one report. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, occasion)
        live = recommendations.live_of_report(connection, report.key)
        about = next((one.report for one in live), None) or next(
            one for one in recommendations.all_reports(connection) if one.key == report.key
        )
        at = Page.at(page, len(live), _SHOWN)
        return _of(connection, occasion, live, at, typed=unmistakable(report), report=about)


def of_chosen(store: Store, occasion: Request, refs: Sequence[Ref], page: int) -> Overview:
    """Several recommendations beside each other. Raises UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, occasion)
        found = {one.id: one for one in (finding.recommendation(connection, ref) for ref in refs)}
        typed = command_of("status", *(one.title for one in found.values()))
        at = Page.at(page, len(found), _SHOWN)
        return _of(connection, occasion, tuple(found.values()), at, typed=typed)


def _of(
    connection: Connection,
    occasion: Request,
    some: Sequence[Recommendation],
    page: Page,
    *,
    typed: str,
    report: Report | None = None,
) -> Overview:
    ids = tuple(one.id for one in some)
    first = (page.number - 1) * _SHOWN
    derived = sum(one.kind is RecommendationKind.DERIVED for one in some)
    return Overview(
        rows=_rows(connection, some[first : first + _SHOWN]),
        addressed=len(some) - derived,
        derived=derived,
        late=tallies.late(connection, occasion.today, ids=ids),
        nearest=scope.nearest(connection, Scope(ids=ids), occasion.today),
        today=occasion.today,
        typed=typed,
        report=report,
        chosen=report is None,
        page=page,
    )


def _rows(connection: Connection, shown: Sequence[Recommendation]) -> tuple[OverviewRow, ...]:
    sources = {one.id: _sources(one) for one in shown}
    wanted = {*sources, *(source for some in sources.values() for source in some)}
    counted = tallies.of(connection, wanted)
    return tuple(
        OverviewRow(
            one,
            counted[one.id],
            answers_in=sum(counted[source].responded for source in sources[one.id]),
            answers_expected=sum(counted[source].addressed for source in sources[one.id]),
        )
        for one in shown
    )


def _sources(one: Recommendation) -> tuple[str, ...]:
    return tuple(recommendation_id(one.report.key, number) for number in one.derived_from)
