"""`/recs contacts`: who records for which body."""

from bot.domain.questions.answers import BodyContacts, Contact, ContactList, PersonContacts
from bot.domain.register.people import ContactKind
from bot.rendering import terms, words
from bot.rendering.blocks.questions.lists import list_buttons, written
from bot.rendering.screen import Screen, screen, small


def contacts(result: ContactList) -> Screen:
    has_more = not result.in_full and len(_without(result)) > words.NAMES_SHOWN
    page = 2 if result.in_full else 1
    return screen(
        _headline(result),
        *written(_lines(result)),
        small(terms.SECOND_CONTACTS) if _has_second(result) else None,
        list_buttons(result.typed, page, has_more=has_more),
    )


def of_person(result: PersonContacts) -> Screen:
    """`/recs contacts by kim hale`: for whom somebody records."""
    lines = [f"{body_name}: {_contact(contact)}" for body_name, contact in result.bodies]
    return screen(
        _about_a_person(result),
        *written(lines),
        small(f"What they recorded: `/recs {result.history}`."),
        list_buttons(result.typed, 1, has_more=False),
    )


def _about_a_person(result: PersonContacts) -> str:
    names = words.both([body_name for body_name, _ in result.bodies])
    if not result.is_active:
        was = f", and is still down for {names}" if names else ""
        return f"{result.name} has left this Slack{was}."
    records = f"records for {names}" if names else ""
    coordinates = "coordinates" if result.is_coordinator else ""
    roles = " and ".join(role for role in (coordinates, records) if role)
    return f"{result.name} {roles or 'is no contact and no coordinator'}."


def _has_second(result: ContactList) -> bool:
    return any(contact.kind is ContactKind.DEPUTY for body in result.bodies for contact in body.contacts)


def _headline(result: ContactList) -> str:
    with_one = [body for body in result.bodies if body.has_one]
    if result.is_one_body:
        return _of_one_body(result.subject, with_one)
    counts = f"{len(with_one)} of {words.bodies(len(result.bodies))} {_have(len(with_one))} a contact"
    return f"{result.subject}: {counts}." if result.subject else f"{counts}; {_coordinators(result)}."


def _of_one_body(name: str, with_one: list[BodyContacts]) -> str:
    if not with_one:
        return f"{name} has no contact."
    names = [contact.name for contact in with_one[0].contacts if contact.is_active]
    return f"{words.both(names)} {'records' if len(names) == 1 else 'record'} for {name}."


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def _coordinators(result: ContactList) -> str:
    if not result.coordinators:
        return "no coordinator is known yet"
    coordinate = "coordinates" if len(result.coordinators) == 1 else "coordinate"
    return f"{words.both(result.coordinators)} {coordinate}"


def _lines(result: ContactList) -> list[str]:
    texts = [
        f"{body.body_name}: {', '.join(map(_contact, body.contacts))}"
        for body in result.bodies
        if body.contacts
    ]
    without = _without(result)
    if without and not result.is_one_body:
        most_names = len(without) if result.in_full else words.NAMES_SHOWN
        texts.append(f"Without a contact: {words.names(without, most_names)}")
    if result.subject:
        texts.append(f"{words.capital(_coordinators(result))} and can add contacts.")
    return texts


def _without(result: ContactList) -> list[str]:
    return [body.body_name for body in result.bodies if not body.has_one]


def _contact(contact: Contact) -> str:
    recorded = contact.recorded_at
    notes = [
        terms.contact_kind(contact.kind),
        terms.membership(contact.membership),
        f"last recorded {words.moment(recorded)}" if recorded else "has recorded nothing yet",
    ]
    return f"{contact.name} ({', '.join(note for note in notes if note)})"
