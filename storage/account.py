"""What an account reads besides its updates, which `storage/updates.py` reads addressee by addressee."""

from sqlalchemy import Connection, bindparam, select

from storage.recommendations import IN_ORDER
from storage.tables.addressees import addressees
from storage.tables.reports import recommendations

_IDS_OF_BODY = (
    select(recommendations.c.id)
    .select_from(addressees.join(recommendations, recommendations.c.id == addressees.c.recommendation_id))
    .where(addressees.c.body_code == bindparam("body_code"))
    .order_by(*IN_ORDER)
)


def ids_of_body(connection: Connection, body_code: str) -> tuple[str, ...]:
    """Return the ids of all recommendations ever addressed to a body, live and ended, by report and
    number."""
    return tuple(connection.execute(_IDS_OF_BODY, {"body_code": body_code}).scalars())


def all_ids(connection: Connection) -> tuple[str, ...]:
    """Return the ids of all recommendations, live and ended, by report and number."""
    return tuple(connection.execute(select(recommendations.c.id).order_by(*IN_ORDER)).scalars())
