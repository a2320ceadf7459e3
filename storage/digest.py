"""The figures of the weekly digest that no other lookup needs, counted by the database."""

from datetime import date

from sqlalchemy import Connection, bindparam, case, func, or_, select

from bot.domain.messages.digest import ReportStanding
from bot.domain.register.addressee import Answer
from bot.domain.register.recommendation import RecommendationKind, RecommendationStatus
from bot.domain.register.update import UpdateKind
from storage.tables import addressees, policing_bodies, recommendations, updates
from storage.types import Flag

_answers = (
    select(
        recommendations.c.report_key,
        addressees.c.body_code,
        func.count().label("asked"),
        func.sum(case((addressees.c.answer == Answer.ACCEPTED.value, 1), else_=0)).label("accepted"),
    )
    .select_from(addressees.join(recommendations, recommendations.c.id == addressees.c.recommendation_id))
    .where(addressees.c.live == bindparam("live", True))
    .group_by(recommendations.c.report_key, addressees.c.body_code)
    .subquery("asked")
)
_STANDINGS = (
    select(
        _answers.c.report_key,
        func.count().label("bodies"),
        func.sum(case((_answers.c.asked == _answers.c.accepted, 1), else_=0)).label("accepted_all"),
        func.sum(_answers.c.asked).label("answers"),
        func.sum(_answers.c.accepted).label("accepted"),
        func.min(_answers.c.asked).label("fewest"),
    )
    .group_by(_answers.c.report_key)
    .order_by(_answers.c.report_key)
)
_RECOMMENDATIONS = (
    select(
        recommendations.c.report_key,
        func.count().label("recommendations"),
        func.min(recommendations.c.number).label("first_number"),
    )
    .where(
        recommendations.c.status == RecommendationStatus.LIVE.value,
        recommendations.c.kind == RecommendationKind.ADDRESSED.value,
    )
    .group_by(recommendations.c.report_key)
)
# Where nothing was ever recorded, the day the recommendation came into the register counts.
_added_on = (
    select(func.min(updates.c.stands_from))
    .where(
        updates.c.recommendation_id == addressees.c.recommendation_id,
        updates.c.body_code.is_(None),
        updates.c.kind == UpdateKind.RECOMMENDATION_ADDED.value,
    )
    .scalar_subquery()
)


def report_standings(connection: Connection) -> tuple[ReportStanding, ...]:
    """Return how each report with live recommendations is answered, by key."""
    counts = {row.report_key: row for row in connection.execute(_RECOMMENDATIONS)}
    return tuple(
        ReportStanding(
            key=row.report_key,
            first_number=counts[row.report_key].first_number,
            recommendations=counts[row.report_key].recommendations,
            bodies=row.bodies,
            accepted_all=row.accepted_all,
            answers=row.answers,
            accepted=row.accepted,
            alike=row.fewest == counts[row.report_key].recommendations,
        )
        for row in connection.execute(_STANDINGS)
    )


def unmoved_since(connection: Connection, day: date) -> tuple[tuple[str, str], ...]:
    """Return recommendation ids with the names of bodies that owe something there and have recorded nothing
    after a London date."""
    owed = bindparam("owed", True, type_=Flag())
    statement = (
        select(addressees.c.recommendation_id, policing_bodies.c.short_name)
        .select_from(addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code))
        .where(
            or_(addressees.c.owes_response == owed, addressees.c.owes_action == owed),
            func.coalesce(addressees.c.moved_on, _added_on) <= day,
        )
    )
    return tuple((text, name) for text, name in connection.execute(statement))
