"""Whose Homes a change concerns, and which are owed a drawing."""

from bot.domain.register.people import PersonKey
from storage import homes, owed
from storage.store import Store


def key_of(store: Store, user_id: str) -> PersonKey | None:
    """Return the person known by a user id, if anybody is. Raises Busy."""
    with store.reading() as connection:
        return homes.key_of(connection, store, user_id)


def note_opened(store: Store, person: PersonKey) -> bool:
    """Record that a person has a Home; False for somebody never seen. Raises Busy."""
    with store.reading() as connection:
        opened = homes.has_opened(connection, person)
    if opened is False:
        with store.begin() as connection:
            homes.open_first(connection, person)
    return opened is not None


def readers(store: Store, person: PersonKey, body_code: str | None) -> tuple[PersonKey, ...]:
    """Return whose Homes a change concerns: the body's contacts', the coordinators', and that of `person`.

    Raises Busy."""
    with store.reading() as connection:
        concerned = homes.readers(connection, store, body_code)
        if person in concerned or not homes.has_opened(connection, person):
            return concerned
        return (person, *concerned)


def owed_homes(store: Store) -> tuple[PersonKey, ...]:
    """Return whose Homes may show what was erased or taken back, the longest owed first. Raises Busy."""
    with store.reading() as connection:
        return owed.homes(connection)


def owed_since(store: Store, person: PersonKey) -> int | None:
    """Return the update since which a Home is owed; None where it is not. Raises Busy."""
    with store.autocommit_read() as connection:
        return owed.home(connection, person)


def record_drawn(store: Store, person: PersonKey, through: int) -> None:
    """Record that a Home shows, or never will show, what stood after update `through`. Raises Busy."""
    with store.begin() as connection:
        owed.home_drawn(connection, person, through)
