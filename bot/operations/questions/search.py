"""Recommendations, bodies and texts in which words stand, of those that the asker may see.

Of the texts those of the latest updates, and the answer says so: each is read, while somebody waits."""

from datetime import date

from bot.domain.calendar import london_date
from bot.domain.questions.answers import SearchResult
from bot.domain.questions.grammar.command import command_of
from bot.domain.questions.grammar.typed_commands import Search
from bot.domain.questions.pages import Page
from bot.domain.questions.written import place_words
from bot.domain.register.people import Request
from bot.domain.register.policing_body import PolicingBody
from bot.operations.questions.update_views import update_views
from bot.operations.request import actors, resolve
from storage import bodies, updates
from storage import recommendations as nouns
from storage import search as storage
from storage.database import Connection
from storage.store import Store

PAGE = 8
_MOST_WORDS = 8
# The updates that are read, from the newest back: a tenth of a second's work.
LATEST = 50_000


def search(store: Store, request: Request, command: Search, *, latest: int = LATEST) -> SearchResult:
    """Find recommendations, bodies and texts that hold every word, in any order and case; newest texts first,
    of the `latest` updates. Where a body is named, its texts alone.

    Raises CannotSee."""
    search_words, body = command.words.split()[:_MOST_WORDS], command.body
    with store.reading() as connection:
        actor, last = actors.load_with_seq(connection, store, request)
        everywhere = body is None
        body_names = tuple(
            known.short_name
            for known in bodies.everyone(connection)
            if everywhere and _is_called(known, search_words)
        )
        before = last - latest
        recommendations = storage.recommendations(connection, search_words) if everywhere else ()
        texts = storage.texts(
            connection, search_words, actor, after=before, body_code=body.code if body else None
        )
        page = Page.at(command.page, max(len(recommendations), len(texts)), PAGE)
        page_ids = page.of(recommendations)
        by_id = nouns.by_ids(connection, page_ids)
        return SearchResult(
            words=command.words,
            bodies=body_names,
            recommendations=tuple(by_id[id_] for id_ in page_ids),
            recommendation_total=len(recommendations),
            texts=update_views(connection, updates.in_order(connection, page.of(texts)), actor),
            text_total=len(texts),
            typed=command_of("search", place_words(body), text=command.words)
            if body
            else command_of("search", command.words),
            names=str(command.ref) if command.ref and resolve.is_known(connection, command.ref) else "",
            page=page,
            latest=latest if before > 0 else 0,
            read_back_to=_day_of(connection, before + 1) if before > 0 else None,
            of_body=body.short_name if body else "",
        )


def _day_of(connection: Connection, seq: int) -> date | None:
    update = updates.get(connection, seq)
    return london_date(update.recorded_at) if update else None


def _is_called(body: PolicingBody, typed_words: list[str]) -> bool:
    names = (body.short_name, body.name, body.force_name, body.area_name, *body.aliases)
    return any(all(word.casefold() in name.casefold() for word in typed_words) for name in names)
