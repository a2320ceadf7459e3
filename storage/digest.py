"""The figures of the weekly digest that no other lookup needs, counted by the database."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from bot.domain.messages.digest import ReportCounts, ReportStanding
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.update import UpdateKind
from storage.group_tallies import ALL, OF_REPORTS
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.history import updates
from storage.tables.reports import recommendations
from storage.tables.tallies import due_tallies, group_tallies
from storage.types import Flag, LondonDate

_GIVEN = tuple(answer.value for answer in Answer if answer.is_given)
_DONE = tuple(stage.value for stage in Stage if stage.is_done)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, group_tallies.c.addressees), else_=0))


# Of each body on each report, from the kept counts.
_of_each_body = (
    select(
        group_tallies.c.report_key,
        group_tallies.c.body_code,
        func.sum(group_tallies.c.addressees).label("addressed"),
        _counted(group_tallies.c.answer.in_(_GIVEN)).label("answered"),
        _counted(group_tallies.c.answer == Answer.ACCEPTED.value).label("accepted"),
        _counted(group_tallies.c.stage.in_(_DONE)).label("complete"),
        _counted(group_tallies.c.stage == Stage.CHECKED.value).label("checked"),
        _counted(group_tallies.c.stage == Stage.CLOSED.value).label("closed"),
    )
    .where(group_tallies.c.body_code != ALL, OF_REPORTS)
    .group_by(group_tallies.c.report_key, group_tallies.c.body_code)
    .having(func.sum(group_tallies.c.addressees) > 0)
    .subquery("of_each_body")
)
_COUNTS = (
    select(
        _of_each_body.c.report_key,
        func.count().label("bodies"),
        _how_many(_of_each_body.c.answered == _of_each_body.c.addressed).label("answered"),
        _how_many(_of_each_body.c.accepted == _of_each_body.c.addressed).label("accepted"),
        _how_many(_of_each_body.c.complete == _of_each_body.c.addressed).label("complete"),
        _how_many(_of_each_body.c.checked == _of_each_body.c.addressed).label("checked"),
        _how_many(_of_each_body.c.closed == _of_each_body.c.addressed).label("closed"),
    )
    .group_by(_of_each_body.c.report_key)
    .order_by(_of_each_body.c.report_key)
)
_IS_RESPONSE = due_tallies.c.duty == Duty.RESPONSE.value
_IS_TO_COME = due_tallies.c.deadline >= bindparam("today", type_=LondonDate())
# The first deadline for answers, and the next one for completion, of what is still owed.
_DEADLINES = (
    select(
        recommendations.c.report_key,
        func.min(case((_IS_RESPONSE, due_tallies.c.deadline))).label("answers_due"),
        func.min(case((and_(not_(_IS_RESPONSE), _IS_TO_COME), due_tallies.c.deadline))).label("next_due"),
    )
    .join(recommendations, recommendations.c.id == due_tallies.c.recommendation_id)
    .where(due_tallies.c.owed > literal_column("0"), due_tallies.c.deadline < date.max)
    .group_by(recommendations.c.report_key)
)
_LATE = (
    select(
        addressees.c.report_key,
        func.count(addressees.c.body_code.distinct()).label("late"),
        func.min(addressees.c.due_on).label("late_since"),
    )
    .where(
        addressees.c.owes_action == bindparam("yes", True, type_=Flag()),
        addressees.c.due_on < bindparam("today", type_=LondonDate()),
    )
    .group_by(addressees.c.report_key)
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


def report_standings(connection: Connection, today: date) -> tuple[ReportStanding, ...]:
    """Return how each report with live recommendations stands on a London date, the nearest deadline first;
    those without one come last."""
    deadlines = {row.report_key: row for row in connection.execute(_DEADLINES, {"today": today}).all()}
    late = {row.report_key: row for row in connection.execute(_LATE, {"today": today}).all()}
    reports = []
    for row in connection.execute(_COUNTS).all():
        owed, missed = deadlines.get(row.report_key), late.get(row.report_key)
        reports.append(
            ReportStanding(
                ReportCounts(*row),
                answers_due=owed.answers_due if owed else None,
                next_due=owed.next_due if owed else None,
                late=missed.late if missed else 0,
                late_since=missed.late_since if missed else None,
            )
        )
    return tuple(sorted(reports, key=lambda report: (report.next_deadline or date.max, report.counts.key)))


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
