"""Sharing an answer with a channel."""

from bot.domain.people import Occasion
from bot.operations import speakers
from storage.store import Store


def sharer_of(store: Store, occasion: Occasion) -> str:
    """The display name of whoever shares. Raises CannotSee, NotIntroduced."""
    with store.reading() as connection:
        return speakers.load(connection, store, occasion).person.display_name
