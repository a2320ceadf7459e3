"""Who has a Home in Slack: whoever opened it once."""

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from bot.domain.register.people import PersonKey, Role
from storage.store import Store
from storage.tables.people import grants, people

_WHO = and_(people.c.team_id == bindparam("of_team"), people.c.user_id == bindparam("of_user"))
_HAS_OPENED = select(people.c.opened_home).where(_WHO)
_OPEN = update(people).where(_WHO).values(opened_home=True)
_KEYS = select(people.c.team_id, people.c.user_id)


def key_of(connection: Connection, store: Store, user_id: str) -> PersonKey | None:
    """Return the person with a user id; where somebody of another team has the same id, the one of the home
    team."""
    rows = connection.execute(_KEYS.where(people.c.user_id == user_id).order_by(people.c.team_id)).all()
    keys = [PersonKey(*row) for row in rows]
    return next((key for key in keys if key.team_id == store.home_team), next(iter(keys), None))


def has_opened(connection: Connection, person: PersonKey) -> bool | None:
    """Tell whether a person has opened their Home; None for somebody never seen."""
    parameters = {"of_team": person.team_id, "of_user": person.user_id}
    return connection.execute(_HAS_OPENED, parameters).scalar_one_or_none()


def open_first(connection: Connection, person: PersonKey) -> None:
    connection.execute(_OPEN, {"of_team": person.team_id, "of_user": person.user_id})


def readers(connection: Connection, store: Store, body_code: str | None) -> tuple[PersonKey, ...]:
    """Return the coordinators and a body's contacts who have a Home."""
    roles = [grants.c.role == Role.COORDINATOR.value]
    if body_code is not None:
        roles.append(and_(grants.c.role == Role.CONTACT.value, grants.c.body_code == body_code))
    always = [
        and_(people.c.team_id == person.team_id, people.c.user_id == person.user_id)
        for person in store.keys_of_always_coordinators()
    ]
    granted = (
        select(grants.c.role)
        .where(grants.c.team_id == people.c.team_id, grants.c.user_id == people.c.user_id, or_(*roles))
        .exists()
    )
    statement = _KEYS.where(people.c.opened_home == bindparam("opened", True), or_(granted, *always))
    return tuple(PersonKey(*row) for row in connection.execute(statement.order_by(people.c.user_id)).all())
