"""The figures of the weekly digest that no other lookup needs, counted by the database."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, or_, select

from bot.domain.messages.digest import ReportCounts
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.update import UpdateKind
from storage.tables import addressees, policing_bodies, recommendations, updates
from storage.types import Flag

_GIVEN = tuple(answer.value for answer in Answer if answer.is_given)
_DONE = tuple(stage.value for stage in Stage if stage.is_done)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


_answers = (
    select(
        recommendations.c.report_key,
        addressees.c.body_code,
        func.count().label("addressed"),
        _how_many(addressees.c.answer.in_(_GIVEN)).label("answered"),
        _how_many(addressees.c.answer == Answer.ACCEPTED.value).label("accepted"),
        _how_many(addressees.c.stage.in_(_DONE)).label("complete"),
        _how_many(addressees.c.stage == Stage.CHECKED.value).label("checked"),
        _how_many(addressees.c.stage == Stage.CLOSED.value).label("closed"),
    )
    .select_from(addressees.join(recommendations, recommendations.c.id == addressees.c.recommendation_id))
    .where(addressees.c.live == bindparam("live", True))
    .group_by(recommendations.c.report_key, addressees.c.body_code)
    .subquery("of_each_body")
)
_COUNTS = (
    select(
        _answers.c.report_key,
        func.count().label("bodies"),
        _how_many(_answers.c.answered == _answers.c.addressed).label("answered"),
        _how_many(_answers.c.accepted == _answers.c.addressed).label("accepted"),
        _how_many(_answers.c.complete == _answers.c.addressed).label("complete"),
        _how_many(_answers.c.checked == _answers.c.addressed).label("checked"),
        _how_many(_answers.c.closed == _answers.c.addressed).label("closed"),
    )
    .group_by(_answers.c.report_key)
    .order_by(_answers.c.report_key)
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


def report_counts(connection: Connection) -> tuple[ReportCounts, ...]:
    """Return how many bodies answered, accepted and completed each report with live recommendations, by
    key."""
    return tuple(ReportCounts(*row) for row in connection.execute(_COUNTS))


def without_news_since(connection: Connection, day: date) -> tuple[str, ...]:
    """Return the names of the bodies that owe something and have recorded nothing at all after a London
    date."""
    owed = bindparam("owed", True, type_=Flag())
    owes = or_(addressees.c.owes_response == owed, addressees.c.owes_action == owed)
    statement = (
        select(policing_bodies.c.short_name)
        .select_from(addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code))
        .where(addressees.c.live == owed)
        .group_by(policing_bodies.c.short_name)
        .having(
            _how_many(owes) > 0,
            func.max(func.coalesce(addressees.c.moved_on, _added_on)) <= day,
        )
        .order_by(policing_bodies.c.short_name)
    )
    return tuple(connection.execute(statement).scalars())
