"""Who asks for help, which says what works for them."""

from bot.domain.lookups import Asking
from bot.domain.people import Occasion
from bot.operations import speakers
from storage.store import Store


def asking(store: Store, occasion: Occasion) -> Asking:
    """Raises CannotSee."""
    with store.reading() as connection:
        speaker = speakers.load(connection, store, occasion)
    bodies = tuple(sorted(speaker.speaks_for.values()))
    if speaker.is_coordinator:
        return Asking("coordinator", bodies)
    return Asking("contact" if bodies else "anyone", bodies)
