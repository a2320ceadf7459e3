"""People as Slack last described them, and the roles they are granted."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any, assert_never

from sqlalchemy import Connection, Select, and_, bindparam, delete, exists, func, insert, or_, select, update

from bot.domain.register.people import Actor, ContactKind, Granted, Membership, Person, PersonKey, Role
from bot.domain.register.policing_body import has_ended
from bot.domain.register.update import RECORDINGS
from storage import deliveries, upserts
from storage.changing import change_one
from storage.store import Store
from storage.tables.bodies import policing_bodies
from storage.tables.history import chain_head, updates
from storage.tables.people import grants, people

_WHO = and_(people.c.team_id == bindparam("of_team"), people.c.user_id == bindparam("of_user"))

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

# One query a request: the person and each grant they hold now, the body's name beside it.
_ROLES: Select[Any] = (
    select(
        people,
        grants.c.role,
        grants.c.body_code,
        grants.c.contact_kind,
        policing_bodies.c.short_name,
        policing_bodies.c.last_day,
        policing_bodies.c.ending_sureness,
    )
    .select_from(
        people.outerjoin(
            grants, and_(grants.c.team_id == people.c.team_id, grants.c.user_id == people.c.user_id)
        ).outerjoin(policing_bodies, policing_bodies.c.code == grants.c.body_code)
    )
    .where(_WHO)
)
_ROLES_AND_SEQ: Select[Any] = _ROLES.add_columns(select(chain_head.c.seq).scalar_subquery().label("seq"))
_ROLES_AND_REPEAT: Select[Any] = _ROLES.add_columns(
    exists().where(updates.c.request_key == bindparam("request_key")).label("is_repeated")
)
_ROLES_AND_LAST_DIGEST: Select[Any] = _ROLES.add_columns(
    deliveries.LAST_MADE.scalar_subquery().label("last_digest")
)
_PERSON: Select[Any] = select(people).where(_WHO)

# Back from a person's newest update, so that it does not grow with the history.
_LAST: Any = (
    select(updates.c.recorded_at)
    .where(
        updates.c.team_id == grants.c.team_id,
        updates.c.user_id == grants.c.user_id,
        updates.c.body_code == grants.c.body_code,
        updates.c.kind.in_([kind.value for kind in RECORDINGS]),
    )
    .order_by(updates.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_LAST_RECORDED: Select[Any] = select(
    grants.c.team_id, grants.c.user_id, grants.c.body_code, _LAST.label("last")
).where(grants.c.role == Role.CONTACT.value)


def actor(connection: Connection, store: Store, person: PersonKey, today: date | None = None) -> Actor | None:
    """Return a person with the rights they hold at this moment; None for somebody never seen. `today` in
    London tells which of their bodies are no more."""
    return _actor_of(store, person, _rows_of(connection, _ROLES, person), today)


def actor_and_seq(
    connection: Connection, store: Store, person: PersonKey, today: date | None = None
) -> tuple[Actor | None, int]:
    """Return a person with the rights they hold, and the number of the last update, in one statement; None
    and 0 for somebody never seen."""
    rows = _rows_of(connection, _ROLES_AND_SEQ, person)
    return _actor_of(store, person, rows, today), rows[0].seq if rows else 0


def actor_and_repeat(
    connection: Connection, store: Store, person: PersonKey, request_key: str, today: date | None = None
) -> tuple[Actor | None, bool]:
    """Return a person with the rights they hold, and whether a request has written anything before, in one
    statement; None and False for somebody never seen."""
    rows = _rows_of(connection, _ROLES_AND_REPEAT, person, request_key=request_key)
    return _actor_of(store, person, rows, today), bool(rows and rows[0].is_repeated)


def actor_and_last_digest(
    connection: Connection, store: Store, person: PersonKey, before: datetime, today: date | None = None
) -> tuple[Actor | None, datetime | None]:
    """Return a person with the rights they hold, and the UTC instant at which the last digest that told
    updates was made before another instant, in one statement; None for somebody never seen, and for none."""
    rows = _rows_of(connection, _ROLES_AND_LAST_DIGEST, person, before=before)
    return _actor_of(store, person, rows, today), rows[0].last_digest if rows else None


def _rows_of(
    connection: Connection, statement: Select[Any], person: PersonKey, **values: object
) -> Sequence[Any]:
    return connection.execute(
        statement, {"of_team": person.team_id, "of_user": person.user_id, **values}
    ).all()


def _actor_of(store: Store, person: PersonKey, rows: Sequence[Any], today: date | None) -> Actor | None:
    if not rows:
        return None
    coordinates = store.is_always_coordinator(person)
    speaks_for: dict[str, str] = {}
    approves_for, ended = set(), set()
    for row in rows:
        if row.role is None:
            continue
        role = Role(row.role)
        match role:
            case Role.COORDINATOR:
                coordinates = True
            case Role.CONTACT:
                speaks_for[row.body_code] = row.short_name
                if row.contact_kind == ContactKind.APPROVER:
                    approves_for.add(row.body_code)
                if today and has_ended(row.last_day, row.ending_sureness, today):
                    ended.add(row.body_code)
            case _:
                assert_never(role)
    return Actor(_person(rows[0]), coordinates, speaks_for, frozenset(approves_for), frozenset(ended))


def get(connection: Connection, person: PersonKey) -> Person | None:
    """Return a person as Slack last described them; None for somebody never seen."""
    row = connection.execute(_PERSON, {"of_team": person.team_id, "of_user": person.user_id}).one_or_none()
    return None if row is None else _person(row)


def display_names(connection: Connection) -> dict[tuple[str, str], str]:
    """Return the names of everybody known, by team id and user id."""
    rows = connection.execute(select(people.c.team_id, people.c.user_id, people.c.display_name)).all()
    return {(team_id, user_id): name for team_id, user_id, name in rows}


def with_a_role_or_recordings(connection: Connection, store: Store) -> dict[PersonKey, Person]:
    """Return everybody who holds a role or has recorded anything, as Slack last described them."""
    holds_a_role = exists().where(grants.c.team_id == people.c.team_id, grants.c.user_id == people.c.user_id)
    has_recorded = exists().where(
        updates.c.team_id == people.c.team_id, updates.c.user_id == people.c.user_id
    )
    always = and_(
        people.c.team_id == store.home_team, people.c.user_id.in_(sorted(store.always_coordinators))
    )
    rows = connection.execute(select(people).where(or_(holds_a_role, has_recorded, always))).all()
    return {PersonKey(row.team_id, row.user_id): _person(row) for row in rows}


def remember(connection: Connection, person: Person) -> None:
    """Write how Slack describes a person, in place of what it said before; two processes may at once."""
    described = {
        "display_name": person.display_name,
        "membership": person.membership.value,
        "refreshed_at": person.refreshed_at,
    }
    key = {"team_id": person.key.team_id, "user_id": person.key.user_id}
    statement = upserts.insert(connection, people).on_conflict_do_update(
        index_elements=list(key), set_=described
    )
    connection.execute(statement, key | described)


def mark_left(connection: Connection, user_id: str) -> None:
    """Record that somebody is deactivated, by their user id in the home workspace."""
    left = {"membership": Membership.DEACTIVATED.value}
    connection.execute(update(people).where(people.c.user_id == user_id).values(left))


def forget_when_refreshed(connection: Connection) -> None:
    """Have Slack asked anew about everybody before they are served."""
    connection.execute(update(people).values(refreshed_at=_LONG_AGO))


def granted(
    connection: Connection, *, role: Role | None = None, body_code: str | None = None
) -> tuple[Granted, ...]:
    """Return who holds which role, by body and name."""
    statement = select(
        grants,
        people.c.display_name,
        people.c.membership,
        policing_bodies.c.short_name,
        policing_bodies.c.slug,
    ).select_from(
        grants.outerjoin(
            people, and_(people.c.team_id == grants.c.team_id, people.c.user_id == grants.c.user_id)
        ).outerjoin(policing_bodies, policing_bodies.c.code == grants.c.body_code)
    )
    if role is not None:
        statement = statement.where(grants.c.role == role.value)
    if body_code is not None:
        statement = statement.where(grants.c.body_code == body_code)
    rows = connection.execute(statement.order_by(policing_bodies.c.short_name, people.c.display_name)).all()
    return tuple(
        Granted(
            who=PersonKey(row.team_id, row.user_id),
            display_name=row.display_name or "somebody whose name is not known yet",
            membership=Membership(row.membership) if row.membership else None,
            role=Role(row.role),
            body_code=row.body_code,
            body_name=row.short_name or "",
            body_slug=row.slug or "",
            kind=ContactKind(row.contact_kind),
            granted_at=row.granted_at,
        )
        for row in rows
    )


def contacts(connection: Connection, body_code: str | None = None) -> tuple[Granted, ...]:
    """Return who records for a body, or for any, by body and name; those who have left Slack too."""
    return granted(connection, role=Role.CONTACT, body_code=body_code)


def active_contacts(connection: Connection, body_code: str | None = None) -> tuple[Granted, ...]:
    """Return those of `contacts` who have not left Slack."""
    return tuple(holder for holder in contacts(connection, body_code) if holder.is_active)


def new_contacts(connection: Connection, after: datetime) -> dict[PersonKey, datetime]:
    """Return who became a contact after a UTC instant, of whatever body first, and when."""
    first = func.min(grants.c.granted_at).label("first")
    statement = (
        select(grants.c.team_id, grants.c.user_id, first)
        .where(grants.c.role == Role.CONTACT.value)
        .group_by(grants.c.team_id, grants.c.user_id)
        .having(first > after)
    )
    return {PersonKey(row.team_id, row.user_id): row.first for row in connection.execute(statement).all()}


def last_recorded(connection: Connection) -> dict[tuple[PersonKey, str], datetime]:
    """Return the UTC instant at which each contact last recorded for each of their bodies, by body code;
    those who have not are left out."""
    return {
        (PersonKey(row.team_id, row.user_id), row.body_code): row.last
        for row in connection.execute(_LAST_RECORDED).all()
        if row.last is not None
    }


def coordinators(connection: Connection, store: Store) -> tuple[Person, ...]:
    """Return all coordinators whose names are known, those in the settings and those granted, by name."""
    keys = {grant.who for grant in granted(connection, role=Role.COORDINATOR)}
    keys.update(store.keys_of_always_coordinators())
    if not keys:
        return ()
    is_among_keys = or_(
        *(and_(people.c.team_id == key.team_id, people.c.user_id == key.user_id) for key in keys)
    )
    rows = connection.execute(select(people).where(is_among_keys).order_by(people.c.display_name)).all()
    found_people = (_person(row) for row in rows)
    return tuple(person for person in found_people if person.membership is not Membership.DEACTIVATED)


def grant(
    connection: Connection,
    person: PersonKey,
    role: Role,
    body_code: str,
    instant: datetime,
    kind: ContactKind = ContactKind.MAIN,
) -> bool:
    """Give a role from the UTC `instant`, or make a contact one of another kind; False when the person is
    that already."""
    the_grant = _the_grant(person, role, body_code)
    kind_before = connection.execute(select(grants.c.contact_kind).where(*the_grant)).scalar_one_or_none()
    if kind_before == kind:
        return False
    if kind_before is not None:
        change_one(connection, update(grants).where(*the_grant).values(contact_kind=kind.value))
        return True
    connection.execute(
        insert(grants),
        {
            "team_id": person.team_id,
            "user_id": person.user_id,
            "role": role.value,
            "body_code": body_code,
            "granted_at": instant,
            "contact_kind": kind.value,
        },
    )
    return True


def revoke(connection: Connection, person: PersonKey, role: Role, body_code: str) -> bool:
    """Take a role away; False when the person did not hold it."""
    return connection.execute(delete(grants).where(*_the_grant(person, role, body_code))).rowcount > 0


def _the_grant(person: PersonKey, role: Role, body_code: str) -> tuple[Any, ...]:
    return (
        grants.c.team_id == person.team_id,
        grants.c.user_id == person.user_id,
        grants.c.role == role.value,
        grants.c.body_code == body_code,
    )


def _person(row: Any) -> Person:
    return Person(
        key=PersonKey(row.team_id, row.user_id),
        display_name=row.display_name,
        membership=Membership(row.membership),
        refreshed_at=row.refreshed_at,
    )
