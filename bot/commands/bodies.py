"""The body that somebody names on the command line."""

from bot.domain.questions.names import Body
from bot.operations.request.name_book import names_of
from bot.rendering import words
from storage import bodies
from storage.store import Store


class UnknownBody(Exception):
    """No body has the name; the words are for whoever typed it."""


def body_named(store: Store, name: str) -> Body:
    """Return the body with a name, whichever of its names it is. Raises UnknownBody, Busy."""
    with store.reading() as connection:
        names = names_of(bodies.everyone(connection), ())
    matches = names.bodies_exact(name)
    if len(matches) == 1:
        return matches[0]
    near = [match.short_name for match in names.near(name, (Body,)) if isinstance(match, Body)]
    advice = f" Did you mean {words.either(near)}?" if near else ""
    raise UnknownBody(f"There is no body “{name}”.{advice}")
