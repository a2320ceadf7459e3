"""What the asker's own bodies owe."""

from bot.domain.questions.answers import BodyCounts, Mine, Page
from bot.domain.register.people import Actor, Request
from bot.operations.questions.standing import PAGE, standings
from bot.operations.request import actors
from bot.operations.request.scope import Scope, nearest
from storage import addressees, people
from storage.database import Connection
from storage.store import Store


def mine(store: Store, occasion: Request, page: int) -> Mine:
    """Nearest deadline first, then what is done. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, occasion)
        return of_speaker(connection, store, actor, occasion, page)


def of_speaker(connection: Connection, store: Store, actor: Actor, occasion: Request, page: int) -> Mine:
    if not actor.is_contact:
        return _nobodys(connection, store, actor, occasion)
    codes = sorted(actor.speaks_for)
    sums = addressees.sums_of_bodies(connection, codes, occasion.today)
    at = Page.at(page, sums.addressed, PAGE)
    shown = addressees.page_of_bodies(connection, codes, limit=PAGE, offset=(at.number - 1) * PAGE)
    return Mine(
        bodies=tuple(sorted(actor.speaks_for.values())),
        rows=standings(connection, shown, actor),
        sums=sums,
        nearest=nearest(connection, Scope(codes=tuple(codes)), occasion.today),
        today=occasion.today,
        is_coordinator=actor.is_coordinator,
        page=at,
    )


def _nobodys(connection: Connection, store: Store, actor: Actor, occasion: Request) -> Mine:
    return Mine(
        bodies=(),
        rows=(),
        sums=BodyCounts(),
        nearest=(),
        today=occasion.today,
        is_coordinator=actor.is_coordinator,
        coordinators=tuple(person.display_name for person in people.coordinators(connection, store)),
    )
