"""What is late, with whom, and since when."""

from datetime import date, timedelta

from bot.domain.calendar import beginning_of, london_date
from bot.domain.questions.answers import OverdueList, OverdueSummary, OwingBodies
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.pages import Listing
from bot.domain.register.addressee import Duty
from bot.domain.register.people import Request
from bot.operations.questions import owing
from bot.operations.register.now import RegisterNow
from bot.operations.register.scope import LookupScope
from bot.operations.register.subjects import nearest, scope_of
from bot.operations.request import actors
from storage import deliveries
from storage.database import Connection
from storage.store import Store


def overdue(store: Store, request: Request, command: typed_commands.Overdue) -> OverdueList:
    """List what is late: of everything, or of a recommendation (also with one body or in one region), report,
    body or region.

    Raises NotRecordable, NotAddressed, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = RegisterNow(connection, request.today)
        return within(
            register, scope_of(register, command.subject, command.body, command.region), command.page
        )


def within(register: RegisterNow, scope: LookupScope, page: int) -> OverdueList:
    """List what is late within a scope, for anyone who may see the register."""
    since = _last_told(register.connection, register.day)
    find = _of_everything if scope.is_everything else _within
    groups, listing, late, newly = find(register, scope, page, since)
    return OverdueList(
        groups=groups,
        listing=listing,
        late=late,
        newly=newly,
        since=since,
        # It is told where nothing is late.
        nearest=() if late.recommendations else nearest(register, scope),
        today=register.day,
        typed=scope.command("overdue"),
        subject=scope.name,
    )


_PageOfGroups = tuple[tuple[OwingBodies, ...], Listing, OverdueSummary, int]


def _of_everything(register: RegisterNow, _scope: LookupScope, page: int, since: date) -> _PageOfGroups:
    """Read a page from the tallies and its own addressees alone, so that its cost does not grow."""
    today = register.day
    listing = Listing.at(page, register.count_due(before=today))
    due = register.due_page(before=today, limit=listing.size, offset=listing.first)
    page_keys = {(row.duty, row.recommendation_id, row.deadline) for row in due}
    late_rows = [
        (duty, addressee)
        for addressee in register.overdue({row.recommendation_id for row in due})
        for duty in Duty
        if addressee.is_overdue(duty, today)
        and (duty, addressee.recommendation_id, addressee.deadline(duty)) in page_keys
    ]
    late, late_before = register.late_since(since)
    return (
        owing.grouped(register, owing.keys_in_order(map(owing.key_of, late_rows)), late_rows),
        listing,
        late,
        late.recommendations - late_before,
    )


def _within(register: RegisterNow, scope: LookupScope, page: int, since: date) -> _PageOfGroups:
    counts = owing.counts(register, scope, Duty, before=register.day)
    keys = owing.keys_in_order(counts)
    listing = Listing.at(page, len(keys))
    page_keys = keys[listing.first : listing.first + listing.size]
    late = _late(counts)
    newly = late.recommendations - _late(counts, before=since).recommendations
    return owing.of_keys(register, scope, page_keys, before=register.day), listing, late, newly


def _late(counts: owing.Counts, before: date = date.max) -> OverdueSummary:
    """Sum up what was due before a London date."""
    first: dict[str, date] = {}
    for _, deadline, id_ in counts:
        if deadline and deadline < before:
            first[id_] = min(first.get(id_, deadline), deadline)
    return OverdueSummary(len(first), min(first.values(), default=None))


def _last_told(connection: Connection, today: date) -> date:
    """Return the London date of the last digest before today, else the Monday before today."""
    last = deliveries.last_digest_before(connection, beginning_of(today))
    return london_date(last) if last else today - timedelta(days=today.weekday() or 7)
