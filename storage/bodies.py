"""The policing bodies and the names they go by."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select

from bot.domain.register.policing_body import PolicingBody
from storage import people
from storage.tables.bodies import body_aliases, policing_bodies

_ALIASES = select(body_aliases.c.body_code, body_aliases.c.alias).order_by(body_aliases.c.alias)
_BODIES = select(policing_bodies).order_by(policing_bodies.c.short_name)


def everyone(connection: Connection) -> tuple[PolicingBody, ...]:
    """Return all bodies that ever were, by short name, with their aliases."""
    aliases: dict[str, list[str]] = {}
    for body_code, alias in connection.execute(_ALIASES).all():
        aliases.setdefault(body_code, []).append(alias)
    bodies = (dict(zip(_row_names, row, strict=True)) for row in connection.execute(_BODIES).all())
    return tuple(PolicingBody(aliases=tuple(aliases.get(body["code"], ())), **body) for body in bodies)


def by_code(connection: Connection) -> dict[str, PolicingBody]:
    """Return all bodies that ever were by code, in the order of their short names."""
    return {body.code: body for body in everyone(connection)}


def existing_on(connection: Connection, day: date) -> tuple[PolicingBody, ...]:
    """Return the bodies that exist on a London date, by short name, with their aliases."""
    return tuple(body for body in everyone(connection) if body.exists_on(day))


def of_region(connection: Connection, region: str) -> dict[str, str]:
    """Return the short names of a region's bodies by code, in alphabetical order."""
    return _names(connection, policing_bodies.c.region == region)


def names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Return the short names of bodies by code, in alphabetical order."""
    return _names(connection, policing_bodies.c.code.in_(list(codes)))


def _names(connection: Connection, condition: ColumnElement[bool]) -> dict[str, str]:
    columns = policing_bodies.c
    statement = select(columns.code, columns.short_name).where(condition).order_by(columns.short_name)
    return {row.code: row.short_name for row in connection.execute(statement).all()}


def count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(policing_bodies)).scalar_one()


def add(connection: Connection, new: Iterable[PolicingBody]) -> None:
    bodies = list(new)
    connection.execute(insert(policing_bodies), [row_of(body) for body in bodies])
    connection.execute(
        insert(body_aliases),
        [{"body_code": body.code, "alias": alias} for body in bodies for alias in body.aliases],
    )


def row_of(body: PolicingBody) -> dict[str, Any]:
    """Return the values of a body's row by column."""
    return {name: getattr(body, name) for name in _row_names}


_row_names = tuple(column.name for column in policing_bodies.columns)


def without_contact(connection: Connection, today: date) -> tuple[str, ...]:
    """Return the names of the bodies that exist on a London date and have no contact but approvers."""
    granted = people.contacts(connection)
    with_contact = {grant.body_code for grant in granted if grant.can_be_reminded}
    return tuple(body.short_name for body in existing_on(connection, today) if body.code not in with_contact)
