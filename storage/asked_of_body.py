"""What is asked of a body by live recommendations, with its deadlines alone: for whoever tells how it stood
before anything was recorded of most of it."""

from collections.abc import Container
from datetime import date

from sqlalchemy import Connection, bindparam, select

from bot.domain.register.recommendation import RecommendationStatus
from storage.recommendations import IN_ORDER
from storage.tables.addressees import addressees
from storage.tables.reports import recommendations, reports
from storage.types import LondonDate

# London dates: to respond by, and to be done by as it is stated.
Deadlines = tuple[date | None, date | None]

_LATER_REPORTS = select(reports.c.key).where(reports.c.published_on > bindparam("day", type_=LondonDate()))
_ASKED = (
    select(recommendations.c.id, addressees.c.respond_by, recommendations.c.due_on)
    .select_from(recommendations.join(addressees, addressees.c.recommendation_id == recommendations.c.id))
    .where(
        recommendations.c.status == bindparam("live", RecommendationStatus.LIVE.value),
        addressees.c.body_code == bindparam("body_code"),
        recommendations.c.report_key.not_in(_LATER_REPORTS),
    )
    .order_by(*IN_ORDER)
)


def asked_of_body(
    connection: Connection, body_code: str, day: date, besides: Container[str]
) -> dict[Deadlines, list[tuple[int, str]]]:
    """Return what is asked of a body by live recommendations that were published by a London day, `besides`
    some: their places, by report and number, and their ids, by their deadlines."""
    by_deadlines: dict[Deadlines, list[tuple[int, str]]] = {}
    rows = connection.execute(_ASKED, {"body_code": body_code, "day": day}).all()
    for place, (id_, respond_by, due_on) in enumerate(rows):
        if id_ not in besides:
            by_deadlines.setdefault((respond_by, due_on), []).append((place, id_))
    return by_deadlines
