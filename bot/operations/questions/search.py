"""Recommendations, bodies and texts in which words stand, of those that the asker may see."""

from bot.domain.questions.answers import Page, SearchResult
from bot.domain.questions.grammar.command import command_of
from bot.domain.questions.grammar.typed_commands import Search
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.operations.questions.update_views import update_views
from bot.operations.request import actors, resolve
from storage import bodies
from storage import search as storage
from storage.store import Store

PAGE = 8
_MOST_WORDS = 8


def search(store: Store, request: Request, command: Search) -> SearchResult:
    """Find recommendations, bodies and texts that hold every word, in any order and case; newest texts first.

    Raises CannotSee."""
    wanted = command.words.split()[:_MOST_WORDS]
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        named = tuple(body.short_name for body in bodies.everyone(connection) if _is_called(body, wanted))
        recommendations = storage.count_recommendations(connection, wanted)
        texts = storage.count_texts(connection, wanted, actor)
        page = Page.at(command.page, max(recommendations, texts), PAGE)
        offset = (page.number - 1) * PAGE
        return SearchResult(
            words=command.words,
            bodies=named,
            recommendations=storage.recommendations(connection, wanted, limit=PAGE, offset=offset),
            recommendation_total=recommendations,
            texts=update_views(
                connection, storage.texts(connection, wanted, actor, limit=PAGE, offset=offset), actor
            ),
            text_total=texts,
            typed=command_of("search", command.words),
            names=str(command.ref) if command.ref and resolve.is_known(connection, command.ref) else "",
            page=page,
        )


def _is_called(body: PolicingBody, wanted: list[str]) -> bool:
    names = (body.short_name, body.name, body.force_name, body.area_name, *body.aliases)
    return any(all(word.casefold() in name.casefold() for word in wanted) for name in names)
