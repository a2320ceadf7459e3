"""Who has not responded."""

from bot.domain.questions.answers import AwaitedResponses, OwingBodies
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.pages import Listing
from bot.domain.register.addressee import Duty
from bot.domain.register.people import Request
from bot.operations.questions import owing
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope
from bot.operations.register.subjects import scope_of
from bot.operations.request import actors
from storage.store import Store


def waiting(store: Store, request: Request, command: typed_commands.Waiting) -> AwaitedResponses:
    """List awaited responses: to everything, or to a recommendation (also with one body or in one region), a
    report, or of a body or region.

    Raises NotRecordable, NotAddressed, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = RegisterNow(connection, request.today)
        return within(
            register, scope_of(register, command.subject, command.body, command.region), command.page
        )


def within(register: RegisterNow, scope: LookupScope, page: int) -> AwaitedResponses:
    """List awaited responses within a scope, for anyone who may see the register."""
    find = _for_everything if scope.is_everything else _within
    groups, listing, awaiting = find(register, scope, page)
    return AwaitedResponses(
        groups=groups,
        listing=listing,
        awaiting=awaiting,
        today=register.day,
        typed=scope.command("waiting"),
        subject=scope.name,
    )


_PageOfGroups = tuple[tuple[OwingBodies, ...], Listing, int]


def _for_everything(register: RegisterNow, _scope: LookupScope, page: int) -> _PageOfGroups:
    total, awaiting = register.count_without_response()
    listing = Listing.at(page, total)
    page_keys = register.without_response(limit=listing.size, offset=listing.first)
    rows = [
        (Duty.RESPONSE, addressee)
        for addressee in register.owing(Duty.RESPONSE, LookupScope(ids=tuple({id_ for _, id_ in page_keys})))
        if (addressee.respond_by, addressee.recommendation_id) in page_keys
    ]
    return owing.grouped(register, owing.keys_in_order(map(owing.key_of, rows)), rows), listing, awaiting


def _within(register: RegisterNow, scope: LookupScope, page: int) -> _PageOfGroups:
    listing, page_keys, awaiting = owing.page_of(register, scope, [Duty.RESPONSE], page)
    return owing.of_keys(register, scope, page_keys), listing, awaiting
