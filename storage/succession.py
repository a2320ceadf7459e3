"""What changes when bodies do: their own rows, and the addressees that come and go with them."""

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.domain.register.addressee import Addressee
from bot.domain.register.policing_body import PolicingBody
from storage import addressees, tallies
from storage.changing import change_one
from storage.recommendations import IN_ORDER
from storage.tables import addressees as addressees_table
from storage.tables import body_aliases, due_tallies, policing_bodies, recommendations
from storage.tables import tallies as tallies_table

_COLUMNS = tuple(column.name for column in policing_bodies.columns)


def add_body(connection: Connection, body: PolicingBody) -> None:
    """Write a new body, with its aliases."""
    connection.execute(insert(policing_bodies), {name: getattr(body, name) for name in _COLUMNS})
    _write_aliases(connection, body)


def save_body(connection: Connection, body: PolicingBody) -> None:
    """Write a body that is there already, with its aliases. Raises WrongNumberOfRows."""
    change_one(
        connection,
        update(policing_bodies).where(policing_bodies.c.code == body.code),
        {name: getattr(body, name) for name in _COLUMNS},
    )
    connection.execute(delete(body_aliases).where(body_aliases.c.body_code == body.code))
    _write_aliases(connection, body)


def _write_aliases(connection: Connection, body: PolicingBody) -> None:
    rows = [{"body_code": body.code, "alias": alias} for alias in dict.fromkeys(body.aliases)]
    if rows:
        connection.execute(insert(body_aliases), rows)


def live_of_body(connection: Connection, body_code: str) -> tuple[str, ...]:
    """Return the ids of the recommendations that still ask something of a body or count what it did, in
    order."""
    statement = (
        select(addressees_table.c.recommendation_id)
        .where(addressees_table.c.body_code == body_code, addressees_table.c.live == bindparam("live", True))
        .join(recommendations, recommendations.c.id == addressees_table.c.recommendation_id)
        .order_by(*IN_ORDER)
    )
    return tuple(connection.execute(statement).scalars())


def join(connection: Connection, new: Addressee) -> None:
    """Add a body to a recommendation that others have been asked about before."""
    _forget_counts(connection, new.recommendation_id)
    addressees.add(connection, [new])
    recount(connection, new.recommendation_id)


def recount(connection: Connection, recommendation_id: str) -> None:
    """Count a live recommendation's bodies anew, without those whose duties have passed on."""
    _forget_counts(connection, recommendation_id)
    everyone = addressees.of_recommendation(connection, recommendation_id)
    tallies.count_in(connection, [addressee for addressee in everyone if addressee.live])


def _forget_counts(connection: Connection, recommendation_id: str) -> None:
    for table in (tallies_table, due_tallies):
        connection.execute(delete(table).where(table.c.recommendation_id == recommendation_id))
