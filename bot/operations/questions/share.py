"""Sharing an answer with a channel."""

from bot.domain.register.people import Request
from bot.operations.request import actors
from storage.store import Store


def sharer_of(store: Store, request: Request) -> str:
    """Return the display name of whoever shares. Raises CannotSee, NotIntroduced."""
    with store.reading() as connection:
        return actors.load(connection, store, request).person.display_name
