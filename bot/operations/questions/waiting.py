"""Who has not responded."""

from bot.domain.questions.answers import Group, Listing, Waiting
from bot.domain.questions.grammar import requests
from bot.domain.register.addressee import Duty
from bot.domain.register.people import Request
from bot.operations.questions import owing
from bot.operations.request import actors
from bot.operations.request.scope import Scope, scope_of
from storage import addressees
from storage.database import Connection
from storage.store import Store


def waiting(store: Store, request: Request, asked: requests.Waiting) -> Waiting:
    """For everything, or for a recommendation (also with one body or in one region), report, body or region.

    Raises NotRecordable, NotAddressed, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        scope = scope_of(connection, asked.of, asked.body, asked.region)
        find = _for_everything if scope.is_everything else _within
        groups, listing, awaiting = find(connection, scope, asked.page)
        return Waiting(
            groups=groups,
            listing=listing,
            awaiting=awaiting,
            today=request.today,
            typed=scope.command("waiting"),
            of=scope.name,
        )


_Found = tuple[tuple[Group, ...], Listing, int]


def _for_everything(connection: Connection, _scope: Scope, page: int) -> _Found:
    total, awaiting = addressees.count_without_response(connection)
    listing = Listing.at(page, total)
    shown = addressees.without_response(connection, limit=listing.size, offset=listing.first)
    some = [
        (Duty.RESPONSE, addressee)
        for addressee in addressees.of_recommendations(connection, {name for _, name in shown})
        if addressee.owes(Duty.RESPONSE) and (addressee.respond_by, addressee.recommendation_id) in shown
    ]
    return owing.grouped(connection, owing.keys_in_order(some), some), listing, awaiting


def _within(connection: Connection, scope: Scope, page: int) -> _Found:
    some = owing.owing(connection, scope, [Duty.RESPONSE])
    keys = owing.keys_in_order(some)
    listing = Listing.at(page, len(keys))
    shown = keys[listing.first : listing.first + listing.size]
    return owing.grouped(connection, shown, some), listing, len(some)
