"""How one recommendation stands in each area, now or at the end of an earlier day."""

from datetime import date

from bot.domain.questions.grammar.requests import Map
from bot.domain.questions.map import TileMap, laid_out
from bot.domain.refusals import DayToCome, NotPublishedYet, NotRecordable
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation, RecommendationKind
from bot.operations.questions.as_at import RegisterAt
from bot.operations.request import actors, finding
from storage import addressees, bodies
from storage.database import Connection
from storage.store import Store


def map(store: Store, request: Request, asked: Map) -> TileMap:
    """Raises NotRecordable, DayToCome, NotPublishedYet, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        recommendation = finding.recommendation(connection, asked.recommendation)
        if recommendation.kind is RecommendationKind.DERIVED:
            raise NotRecordable(recommendation.title, recommendation.derived_from)
        if asked.as_at is not None:
            return _as_at(connection, recommendation, asked.as_at, request.today, known=asked.known)
        addressed = addressees.standing(connection, recommendation)
        return laid_out(recommendation, addressed, bodies.everyone(connection), request.today)


def _as_at(
    connection: Connection, recommendation: Recommendation, day: date, today: date, *, known: bool
) -> TileMap:
    if day > today:
        raise DayToCome(day)
    if day < recommendation.report.published_on:
        raise NotPublishedYet(recommendation.title, day, recommendation.report.published_on)
    register = RegisterAt(connection, day, known=known)
    stood = [past.addressee for past in register.each_body(recommendation)]
    return laid_out(
        register.recommendation(recommendation), stood, bodies.everyone(connection), day, known=known
    )
