"""What the asker's own bodies owe."""

from collections.abc import Sequence

from bot.domain.questions.answers import BodyCounts, EndedBody, OwnOverview
from bot.domain.questions.pages import Page
from bot.domain.register.people import Actor, Request
from bot.domain.register.published_response import PublishedResponse
from bot.operations.questions.standing import PAGE, standings
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope
from bot.operations.request import actors
from storage import bodies, people
from storage.database import Connection
from storage.store import Store


def mine(store: Store, request: Request, page: int) -> OwnOverview:
    """Return what the asker's bodies owe, nearest deadline first, then what is done. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        return of_actor(connection, store, actor, request, page)


def of_actor(connection: Connection, store: Store, actor: Actor, request: Request, page: int) -> OwnOverview:
    if not actor.is_contact:
        return _nobodys(connection, store, actor, request)
    return page_of_mine(connection, actor, request, page, PAGE, done_too=True)


def page_of_mine(
    connection: Connection, actor: Actor, request: Request, page: int, size: int, *, done_too: bool
) -> OwnOverview:
    """Read a page of `size` rows of what the actor's bodies owe, nearest deadline first.

    With `done_too` what is done comes after it."""
    register = RegisterNow(connection, request.today)
    codes = sorted(actor.records_for)
    sums = register.sums(codes)
    total = sums.addressed if done_too else sums.owing
    current_page = Page.at(page, total, size)
    # What is owed comes first, so that as many as are owed leave out what is done.
    page_rows = register.page_of_bodies(
        codes, limit=min(size, total - current_page.first), offset=current_page.first
    )
    return OwnOverview(
        bodies=tuple(sorted(actor.records_for.values())),
        rows=standings(register, page_rows, actor),
        sums=sums,
        next_due=register.next_due(LookupScope(codes=tuple(codes))),
        today=request.today,
        ended=_ended(connection, actor),
        is_coordinator=actor.is_coordinator,
        page=current_page,
        published_responses=_open_publications(register, codes) if current_page.number == 1 else (),
    )


def _ended(connection: Connection, actor: Actor) -> tuple[EndedBody, ...]:
    """Return those of the actor's bodies that are no more, by name."""
    if not actor.ended:
        return ()
    everyone = bodies.by_code(connection)
    return tuple(
        EndedBody(
            body.short_name,
            body.last_day,
            tuple(everyone[code].short_name for code in body.heirs),
            waits_for_answer=body.takes_contacts_along is None and not actor.speaks_for.keys() & body.heirs,
        )
        for body in everyone.values()
        if body.code in actor.ended and body.last_day is not None
    )


def _open_publications(register: RegisterNow, codes: Sequence[str]) -> tuple[PublishedResponse, ...]:
    return tuple(row for row in register.published_responses(codes) if row.is_open)


def _nobodys(connection: Connection, store: Store, actor: Actor, request: Request) -> OwnOverview:
    return OwnOverview(
        bodies=(),
        rows=(),
        sums=BodyCounts(),
        next_due=None,
        today=request.today,
        is_coordinator=actor.is_coordinator,
        coordinators=tuple(person.display_name for person in people.coordinators(connection, store)),
    )
