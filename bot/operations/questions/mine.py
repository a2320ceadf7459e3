"""What the asker's own bodies owe."""

from bot.domain.questions.answers import BodyCounts, Mine, Page
from bot.domain.register.people import Actor, Request
from bot.operations.questions.standing import PAGE, standings
from bot.operations.request import actors
from bot.operations.request.scope import Scope, nearest
from storage import addressees, people
from storage.database import Connection
from storage.store import Store


def mine(store: Store, request: Request, page: int) -> Mine:
    """Nearest deadline first, then what is done. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        return of_speaker(connection, store, actor, request, page)


def of_speaker(connection: Connection, store: Store, actor: Actor, request: Request, page: int) -> Mine:
    if not actor.is_contact:
        return _nobodys(connection, store, actor, request)
    return page_of_mine(connection, actor, request, page, PAGE, done_too=True)


def page_of_mine(
    connection: Connection, actor: Actor, request: Request, page: int, size: int, *, done_too: bool
) -> Mine:
    """Read a page of `size` rows of what the actor's bodies owe, nearest deadline first.

    With `done_too` what is done comes after it."""
    codes = sorted(actor.speaks_for)
    sums = addressees.sums_of_bodies(connection, codes, request.today)
    total = sums.addressed if done_too else sums.owing
    at = Page.at(page, total, size)
    before = (at.number - 1) * size
    # What is owed comes first, so that as many as are owed leave out what is done.
    shown = addressees.page_of_bodies(connection, codes, limit=min(size, total - before), offset=before)
    return Mine(
        bodies=tuple(sorted(actor.speaks_for.values())),
        rows=standings(connection, shown, actor),
        sums=sums,
        nearest=nearest(connection, Scope(codes=tuple(codes)), request.today),
        today=request.today,
        is_coordinator=actor.is_coordinator,
        page=at,
    )


def _nobodys(connection: Connection, store: Store, actor: Actor, request: Request) -> Mine:
    return Mine(
        bodies=(),
        rows=(),
        sums=BodyCounts(),
        nearest=(),
        today=request.today,
        is_coordinator=actor.is_coordinator,
        coordinators=tuple(person.display_name for person in people.coordinators(connection, store)),
    )
