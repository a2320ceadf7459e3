"""A recommendation with the bodies that it is addressed to, in one statement, as `/recs 15` shows it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, null, select, type_coerce, union_all

from bot.domain.register.addressee import Addressee
from bot.domain.register.recommendation import Recommendation, RecommendationStatus, recommendation_id
from storage.addressees import ADDRESSEE_IN_SHORT, addressee_of
from storage.recommendations import WITH_PARTS, each_with_parts
from storage.tables.addressees import addressees
from storage.tables.bodies import policing_bodies
from storage.tables.reports import recommendations

# Its id where it is given, or where one live recommendation alone has a number.
_BY_ID: Any = bindparam("id")
_BY_NUMBER: Any = (
    select(case((func.count() == 1, func.min(recommendations.c.id))))
    .where(
        recommendations.c.number == bindparam("number"),
        recommendations.c.status == RecommendationStatus.LIVE.value,
    )
    .scalar_subquery()
)
_STATED = tuple(WITH_PARTS.selected_columns)
_IN_SHORT = tuple(ADDRESSEE_IN_SHORT.selected_columns)


def _with_bodies(its_id: Any) -> Any:
    """Select the rows of a recommendation and its parts, and then those of its bodies: side by side, with
    nothing in the columns of the other."""
    stated = WITH_PARTS.add_columns(
        *(type_coerce(null(), column.type).label(f"of_body_{column.name}") for column in _IN_SHORT)
    ).where(recommendations.c.id == its_id)
    with_bodies: Select[Any] = (
        select(*(type_coerce(null(), column.type).label(column.name) for column in _STATED), *_IN_SHORT)
        .select_from(addressees.join(policing_bodies, policing_bodies.c.code == addressees.c.body_code))
        .where(addressees.c.recommendation_id == its_id)
    )
    return union_all(stated, with_bodies).order_by("of_body_short_name")


_OF_ID, _OF_NUMBER = _with_bodies(_BY_ID), _with_bodies(_BY_NUMBER)


def with_bodies(
    connection: Connection, report_key: str | None, number: str
) -> tuple[Recommendation, tuple[Addressee, ...]] | None:
    """Return a recommendation with its parts and all bodies ever addressed, by name, each without its latest
    update: that of a report, or the live one that alone has a number. Return None where there is none."""
    statement, values = (
        (_OF_NUMBER, {"number": number})
        if report_key is None
        else (_OF_ID, {"id": recommendation_id(report_key, number)})
    )
    rows: Sequence[Any] = connection.execute(statement, values).all()
    stated = [row for row in rows if row.id is not None]
    if not stated:
        return None
    (recommendation,) = each_with_parts(stated)
    return recommendation, tuple([addressee_of(row[len(_STATED) :]) for row in rows if row.id is None])
