"""What is late in the whole register, as `/recs overdue` lists it.

A page is read by two statements, at a cost that does not grow with the register."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec import Struct
from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    true,
)

from bot.domain.questions.answers import OverdueSummary
from bot.domain.questions.pages import Listing
from bot.domain.register.addressee import Addressee, AddresseeKey, Duty
from bot.domain.register.recommendation import Recommendation
from storage import recommendations as recommendations_storage
from storage import register_tallies, tallies
from storage.few_ids import FewIds
from storage.recommendations import IN_ORDER
from storage.states import ANSWERS, STAGES
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.reports import recommendations, reports
from storage.tables.tallies import due_tallies

NOTHING_LATE = OverdueSummary()
_DUTIES = {duty.value: duty for duty in Duty}


class LatePage(Struct, frozen=True):
    """A page of duties that are late, and how much is late in all."""

    due: tuple[tuple[Duty, date, Recommendation], ...] = ()  # with their deadlines, the first one first
    total: int = 0  # duties on all pages
    late: OverdueSummary = NOTHING_LATE
    late_before: int = 0  # those of the recommendations in `late` that were late on an earlier day


_FIRST_DAYS = tallies.FIRST_DEADLINES.subquery()
# The days of the page, with those before it, and the first of the page's own.
_DAYS = (
    select(_FIRST_DAYS.c.deadline).order_by(_FIRST_DAYS.c.deadline).limit(bindparam("end")).cte("days_to_end")
)
_FIRST = (
    select(_DAYS.c.deadline).order_by(_DAYS.c.deadline).limit(1).offset(bindparam("offset")).scalar_subquery()
)
_LAST = select(func.max(_DAYS.c.deadline)).scalar_subquery()
_ROWS_BEFORE = select(func.count()).select_from(_DAYS).where(_DAYS.c.deadline < _FIRST).scalar_subquery()
_COUNTED = register_tallies.LATE.add_columns(*tallies.COUNTS.selected_columns).subquery("counted")
_PAGE: Select[Any] = (
    select(
        *_COUNTED.c,
        due_tallies.c.duty,
        due_tallies.c.deadline,
        *recommendations_storage.STATED,
    )
    .select_from(
        due_tallies.join(recommendations, recommendations.c.id == due_tallies.c.recommendation_id)
        .join(reports, reports.c.key == recommendations.c.report_key)
        .join(_COUNTED, true())
    )
    .where(tallies.IS_OWED, due_tallies.c.deadline.between(_FIRST, _LAST))
    .order_by(due_tallies.c.deadline, *IN_ORDER, due_tallies.c.duty.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset") - _ROWS_BEFORE)
)
_OF_A_PAGE = FewIds(max(Listing.IN_SHORT, Listing.IN_FULL))
# Of each body whether another's duties have passed to it. By CASE, so that SQLite's planner goes by the
# recommendations and not by all that is owed.
_ended = addressees.alias("ended")
_LATE_WITH: Any = (
    select(
        addressees.c.recommendation_id,
        addressees.c.body_code,
        policing_bodies.c.short_name,
        addressees.c.answer,
        addressees.c.stage,
        addressees.c.respond_by,
        addressees.c.due_on,
        addressees.c.owes_response,
        addressees.c.owes_action,
        select(literal_column("1"))
        .where(
            _ended.c.passed_to == addressees.c.body_code,
            _ended.c.recommendation_id == addressees.c.recommendation_id,
        )
        .exists()
        .label("is_heir"),
    )
    .select_from(addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code))
    .where(
        addressees.c.recommendation_id.in_(_OF_A_PAGE.parameters()),
        or_(
            case((addressees.c.owes_response, addressees.c.respond_by)) < bindparam("today"),
            case((addressees.c.owes_action, addressees.c.due_on)) < bindparam("today"),
        ),
    )
    .order_by(policing_bodies.c.short_name)
)


def page(connection: Connection, today: date, since: date, *, limit: int, offset: int) -> LatePage:
    """Return a page of what is late on a London date, and how much there is: empty where nothing is, and past
    the last page."""
    values = {
        **tallies.between(None, today),
        "today": today,
        "since": since,
        "end": offset + limit,
        "limit": limit,
        "offset": offset,
    }
    rows = connection.execute(_PAGE, values).all()
    if not rows:
        return LatePage()
    late, oldest, late_before, *of_duties = rows[0][: len(_COUNTED.c)]
    return LatePage(
        due=tuple((_DUTIES[row.duty], row.deadline, recommendations_storage.stated_in(row)) for row in rows),
        total=sum(of_duties),
        late=OverdueSummary(int(late), oldest),
        late_before=int(late_before),
    )


def late_with(
    connection: Connection, due: Iterable[tuple[Duty, date, str]], today: date
) -> tuple[list[tuple[Duty, Addressee]], frozenset[AddresseeKey]]:
    """Return who is late, on a London date, with the duties of a page, each with its deadline and its
    recommendation's id: by body name, as a list names them, with what they owe and by when. Return also which
    of them are heirs of bodies that ended."""
    on_page = set(due)
    ids = _OF_A_PAGE.values({id_ for *_, id_ in on_page})
    rows = connection.execute(_LATE_WITH, {**ids, "today": today}).all()
    late = []
    for id_, code, name, answer, stage, respond_by, due_on, owes_response, owes_action, _ in rows:
        addressee = Addressee(
            recommendation_id=id_,
            body_code=code,
            body_name=name,
            answer=ANSWERS[answer],
            stage=STAGES[stage],
            respond_by=respond_by,
            due_on=due_on,
        )
        if owes_response and (Duty.RESPONSE, respond_by, id_) in on_page:
            late.append((Duty.RESPONSE, addressee))
        if owes_action and (Duty.ACTION, due_on, id_) in on_page:
            late.append((Duty.ACTION, addressee))
    return late, frozenset((row.recommendation_id, row.body_code) for row in rows if row.is_heir)
