"""Who records for whom, and who can help."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.domain.questions.answers import BodyContacts, Contact, ContactList, PersonContacts
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.model import Question, Shape
from bot.domain.questions.names import Body
from bot.domain.questions.written import canonical
from bot.domain.register.people import ContactKind, Granted, Membership, PersonKey, Request
from bot.domain.register.policing_body import PolicingBody
from bot.domain.values import replace
from bot.operations.questions.people_asked_about import person_meant
from bot.operations.request import actors
from storage import bodies, people
from storage.database import Connection
from storage.store import Store


def contacts(store: Store, request: Request, command: typed_commands.Contacts) -> ContactList:
    """List the contacts of one body, a region or all bodies that exist today. Raises CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        contacts = by_body(connection)
        asked_bodies = [body for body in bodies.everyone(connection) if _is_asked_for(body, command, request)]
        return ContactList(
            bodies=tuple(
                BodyContacts(body.short_name, tuple(contacts.get(body.code, ()))) for body in asked_bodies
            ),
            coordinators=coordinators(connection, store),
            typed=command_of("contacts", unmistakable(command.subject) if command.subject else ""),
            subject=_name(command),
            is_one_body=isinstance(command.subject, Body),
            in_full=command.page > 1,
        )


def of_person(store: Store, request: Request, question: Question) -> PersonContacts:
    """Tell for whom somebody records. Raises CannotSee, CannotBeAnswered."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        person, typed = person_meant(connection, store, request.who, question)
        last = people.last_recorded(connection)
        roles = [grant for grant in people.contacts(connection) if grant.who == person.key]
        coordinating = {other.key for other in people.coordinators(connection, store)}
        return PersonContacts(
            name=person.display_name,
            bodies=tuple((grant.body_name, _contact(grant, last)) for grant in roles),
            is_coordinator=person.key in coordinating,
            typed=canonical(replace(question, by=typed, page=1)),
            is_active=person.membership is not Membership.DEACTIVATED,
            history=canonical(Question(shape=Shape.HISTORY, by=typed)),
        )


def of_all(store: Store, today: date) -> tuple[BodyContacts, ...]:
    """Return each body that exists on a London date, with its contacts: for whoever runs recbot."""
    with store.reading() as connection:
        contacts = by_body(connection)
        existing = bodies.existing_on(connection, today)
    return tuple(BodyContacts(body.short_name, tuple(contacts.get(body.code, ()))) for body in existing)


def who_can_help(store: Store) -> tuple[str, ...]:
    """Return the coordinators' display names, by name. Anybody may know them: a refusal names them."""
    with store.reading() as connection:
        return coordinators(connection, store)


def coordinators(connection: Connection, store: Store) -> tuple[str, ...]:
    return tuple(person.display_name for person in people.coordinators(connection, store))


def by_body(connection: Connection) -> dict[str, list[Contact]]:
    """Return the contacts of each body, main contacts first, approvers last."""
    contacts: dict[str, list[Contact]] = {}
    last = people.last_recorded(connection)
    granted = people.contacts(connection)
    for grant in sorted(granted, key=lambda holder: list(ContactKind).index(holder.kind)):
        contacts.setdefault(grant.body_code, []).append(_contact(grant, last))
    return contacts


def _contact(grant: Granted, last: Mapping[tuple[PersonKey, str], datetime]) -> Contact:
    recorded_at = last.get((grant.who, grant.body_code))
    return Contact(grant.display_name, grant.membership, grant.kind, recorded_at, grant.who.user_id)


def _is_asked_for(body: PolicingBody, command: typed_commands.Contacts, request: Request) -> bool:
    if isinstance(command.subject, Body):
        return body.code == command.subject.code
    return body.exists_on(request.today) and (command.subject is None or body.region == command.subject.name)


def _name(command: typed_commands.Contacts) -> str:
    if command.subject is None:
        return ""
    return command.subject.short_name if isinstance(command.subject, Body) else command.subject.name
