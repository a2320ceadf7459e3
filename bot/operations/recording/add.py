"""Adding a report, and a recommendation in one, each with a look at it before."""

from bot.domain.questions.grammar.verbs import VERB_OF
from bot.domain.refusals.addressees import NoBodies
from bot.domain.refusals.commands import UnknownRecommendation
from bot.domain.register.adding import Addition, RecommendationEntry, ReportEntry
from bot.domain.register.correcting import ADDRESSED_TO
from bot.domain.register.guard import must_all_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import Recommendation, Report, recommendation_id
from bot.domain.register.update import Change, Draft, UpdateKind
from bot.domain.values import replace
from bot.operations.request import name_book, resolve
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.writing import Work, coordinating
from storage import addressees, bodies, contents, recommendations
from storage.database import Connection
from storage.store import Store


def choice_of_bodies(
    store: Store, request: Request, report_key: str
) -> tuple[Report, tuple[PolicingBody, ...]]:
    """Return the report, and the bodies that exist today, by name.

    Raises NoBodies, NotACoordinator, UnknownRecommendation."""
    with coordinator_reads(store, request) as connection:
        report = resolve.report(connection, report_key)
        existing = bodies.existing_on(connection, request.today)
        if not existing:
            raise NoBodies
        return report, existing


def look_at_report(store: Store, request: Request, entry: ReportEntry) -> Report:
    """Return the report as it would be added. Raises Unfit, NotACoordinator."""
    with coordinator_reads(store, request) as connection:
        return _fit_report(connection, request, entry)


def add_report(store: Store, request: Request, entry: ReportEntry) -> Report:
    """Add a report. Raises Unfit, NotACoordinator."""
    with coordinating(store, request) as work:
        if work.written:
            return resolve.report(work.connection, entry.key)
        report = _fit_report(work.connection, request, entry)
        recommendations.add_report(work.connection, report)
        changes = (
            Change("report", "", report.key),
            Change("published_on", "", str(report.published_on)),
            *contents.change(work.connection, contents.REPORT, report.key),
        )
        work.append(_published(work, UpdateKind.REPORT_ADDED, report.title, changes))
        return report


def look_at_recommendation(
    store: Store, request: Request, report_key: str, entry: RecommendationEntry, *, no_victim: bool = False
) -> Addition:
    """Return what it would add, to whom. Raises what `add_recommendation` raises."""
    with coordinator_reads(store, request) as connection:
        must_all_identify_nobody(entry.texts, no_victim)
        recommendation, addressed = _fit(connection, request, report_key, entry)
        return _addition(connection, request, recommendation, addressed)


def add_recommendation(
    store: Store, request: Request, report_key: str, entry: RecommendationEntry, *, no_victim: bool = False
) -> Addition:
    """Add it, and an addressee for each body. Raises Unfit, MayIdentify, NotACoordinator,
    UnknownRecommendation."""
    with coordinating(store, request) as work:
        if work.written:
            return _added_before(work.connection, request, work.written[0].draft.recommendation_id or "")
        confirmed = must_all_identify_nobody(entry.texts, no_victim)
        recommendation, addressed = _fit(work.connection, request, report_key, entry)
        recommendations.add(work.connection, recommendation)
        addressees.add(work.connection, [recommendation.addressed_to(body) for body in addressed])
        changes = (
            Change("respond_by", "", str(recommendation.respond_by or "")),
            Change("due_on", "", str(recommendation.due_on or "")),
            Change(ADDRESSED_TO, "", " ".join(body.code for body in addressed)),
            *contents.change(work.connection, contents.RECOMMENDATION, recommendation.id),
            *confirmed,
        )
        draft = _published(work, UpdateKind.RECOMMENDATION_ADDED, recommendation.wording, changes)
        work.append(replace(draft, recommendation_id=recommendation.id))
        return _addition(work.connection, request, recommendation, addressed)


def _fit_report(connection: Connection, request: Request, entry: ReportEntry) -> Report:
    keys = {report.key for report in recommendations.all_reports(connection)}
    return entry.report(name_book.read_names(connection), VERB_OF, keys, request.today)


def _fit(
    connection: Connection, request: Request, report_key: str, entry: RecommendationEntry
) -> tuple[Recommendation, tuple[PolicingBody, ...]]:
    report = resolve.report(connection, report_key)
    existing = recommendations.by_ids(connection, [recommendation_id(report.key, entry.number.lower())])
    recommendation = entry.recommendation(report, existing)
    return recommendation, entry.addressed(bodies.everyone(connection), request.today)


def _addition(
    connection: Connection,
    request: Request,
    recommendation: Recommendation,
    addressed: tuple[PolicingBody, ...],
) -> Addition:
    exist = len(bodies.existing_on(connection, request.today))
    return Addition(
        recommendation, tuple(body.short_name for body in addressed), of_all=len(addressed) == exist
    )


def _added_before(connection: Connection, request: Request, recommendation_id: str) -> Addition:
    recommendation = recommendations.get(connection, recommendation_id)
    if recommendation is None:
        raise UnknownRecommendation(recommendation_id)
    codes = {addressee.body_code for addressee in addressees.of_recommendation(connection, recommendation_id)}
    addressed = tuple(body for body in bodies.everyone(connection) if body.code in codes)
    return _addition(connection, request, recommendation, addressed)


def _published(work: Work, kind: UpdateKind, text: str, changes: tuple[Change, ...]) -> Draft:
    """Draft an update of something published, which may be quoted."""
    return replace(work.draft(kind), changes=changes, quotable=True, text=text)
