"""`/recs contacts`: who records for which body."""

from bot.domain.questions.answers import BodyContacts, Contact, ContactList
from bot.rendering import terms, words
from bot.rendering.blocks.questions.lists import list_buttons, written
from bot.rendering.screen import Screen, screen


def contacts(found: ContactList) -> Screen:
    has_more = not found.in_full and len(_without(found)) > words.NAMES_SHOWN
    page = 2 if found.in_full else 1
    return screen(
        _headline(found), *written(_lines(found)), list_buttons(found.typed, page, has_more=has_more)
    )


def _headline(found: ContactList) -> str:
    with_one = [body for body in found.bodies if body.has_one]
    if found.is_one_body:
        return _of_one_body(found.of, with_one)
    counts = f"{len(with_one)} of {words.bodies(len(found.bodies))} {_have(len(with_one))} a contact"
    return f"{found.of}: {counts}." if found.of else f"{counts}; {_coordinators(found)}."


def _of_one_body(name: str, with_one: list[BodyContacts]) -> str:
    if not with_one:
        return f"{name} has no contact."
    names = [contact.name for contact in with_one[0].contacts if contact.is_active]
    return f"{words.both(names)} {'records' if len(names) == 1 else 'record'} for {name}."


def _have(n: int) -> str:
    return "has" if n == 1 else "have"


def _coordinators(found: ContactList) -> str:
    if not found.coordinators:
        return "no coordinator is known yet"
    coordinate = "coordinates" if len(found.coordinators) == 1 else "coordinate"
    return f"{words.both(found.coordinators)} {coordinate}"


def _lines(found: ContactList) -> list[str]:
    texts = [
        f"{body.body_name}: {', '.join(map(_contact, body.contacts))}"
        for body in found.bodies
        if body.contacts
    ]
    without = _without(found)
    if without and not found.is_one_body:
        shown = len(without) if found.in_full else words.NAMES_SHOWN
        texts.append(f"Without a contact: {words.names(without, shown)}")
    if found.of:
        texts.append(f"{words.capital(_coordinators(found))} and can add contacts.")
    return texts


def _without(found: ContactList) -> list[str]:
    return [body.body_name for body in found.bodies if not body.has_one]


def _contact(contact: Contact) -> str:
    recorded = contact.recorded_at
    notes = [
        terms.contact_kind(contact.kind),
        terms.membership(contact.membership),
        f"last recorded {words.moment(recorded)}" if recorded else "has recorded nothing yet",
    ]
    return f"{contact.name} ({', '.join(note for note in notes if note)})"
