"""What plain words ask for, read against the register as it stands and the asker's own bodies."""

from bot.domain.questions.names import Names
from bot.domain.questions.plain_words.surroundings import Asker, Surroundings
from bot.domain.questions.plain_words.typed import recordings_in, understand_instead, understand_person
from bot.domain.questions.plain_words.understanding import Understanding, is_left_open
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.people import Request
from bot.operations.request import actors
from bot.operations.request.surroundings import SurroundingsBook
from storage import people
from storage.store import Store


def understood(
    store: Store, request: Request, names: Names, book: SurroundingsBook, text: str, problem: Refusal
) -> Understanding | None:
    """Return what `text`, as Slack sent it, asks for, where `problem` is that it is no command.

    None where the problem itself says more. Raises CannotSee, NotIntroduced."""
    asker, around = _read_by(store, request, names, book)
    understanding = understand_instead(problem, text, asker, around)
    if understanding is not None and not is_left_open(understanding):
        return understanding
    # Seldom needed, and read only where nothing else is understood.
    with store.reading() as connection:
        people_known = people.with_a_role_or_recordings(connection, store)
    display_names = {key.user_id: person.display_name for key, person in people_known.items()}
    return understand_person(text, asker, around, display_names) or understanding


def recordings_of_statement(
    store: Store, request: Request, names: Names, book: SurroundingsBook, text: str
) -> tuple[str, ...]:
    """Return what `text` would record for each report that it can mean; nothing where it is no statement.

    Raises CannotSee, NotIntroduced."""
    return recordings_in(text, *_read_by(store, request, names, book))


def _read_by(
    store: Store, request: Request, names: Names, book: SurroundingsBook
) -> tuple[Asker, Surroundings]:
    """Return who asks, and what their words are read against."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        around = book.current(connection, names, request.today)
    own = tuple(body for body in around.bodies if body.code in actor.speaks_for)
    return Asker(own, actor.is_coordinator), around
