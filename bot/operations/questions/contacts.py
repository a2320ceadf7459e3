"""Who records for whom, and who can help."""

from datetime import date

from bot.domain.questions.answers import BodyContacts, Contact, ContactList
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.names import Body
from bot.domain.register.people import ContactKind, Request, Role
from bot.domain.register.policing_body import PolicingBody
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


def of_all(store: Store, today: date) -> tuple[BodyContacts, ...]:
    """Return each body that exists on a London date, with its contacts: for whoever runs recbot."""
    with store.reading() as connection:
        contacts = by_body(connection)
        everyone = bodies.everyone(connection)
    return tuple(
        BodyContacts(body.short_name, tuple(contacts.get(body.code, ())))
        for body in everyone
        if body.exists_on(today)
    )


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
    granted = people.granted(connection, role=Role.CONTACT)
    for grant in sorted(granted, key=lambda holder: list(ContactKind).index(holder.kind)):
        contact = Contact(
            grant.display_name,
            grant.membership,
            grant.kind,
            last.get((grant.who, grant.body_code)),
            grant.who.user_id,
        )
        contacts.setdefault(grant.body_code, []).append(contact)
    return contacts


def _is_asked_for(body: PolicingBody, command: typed_commands.Contacts, request: Request) -> bool:
    if isinstance(command.subject, Body):
        return body.code == command.subject.code
    return body.exists_on(request.today) and (command.subject is None or body.region == command.subject.name)


def _name(command: typed_commands.Contacts) -> str:
    if command.subject is None:
        return ""
    return command.subject.short_name if isinstance(command.subject, Body) else command.subject.name
