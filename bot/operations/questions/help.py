"""Who asks for help, which says what works for them."""

from bot.domain.questions.answers import Asking
from bot.domain.questions.grammar.samples import Sample
from bot.domain.register.people import Request
from bot.operations.questions.samples import sample
from bot.operations.request import actors
from storage.store import Store


def asking(store: Store, request: Request) -> tuple[Asking, Sample]:
    """Return the asker's rights, and a sample of the register for examples. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        example_names = sample(connection, actor, request.today)
    bodies = tuple(sorted(actor.speaks_for.values()))
    if actor.is_coordinator:
        return Asking("coordinator", bodies), example_names
    return Asking("contact" if bodies else "anyone", bodies), example_names
