"""What is late, with whom, and since when."""

from datetime import date, datetime, timedelta

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
from storage.late_duties import LatePage
from storage.store import Store


def overdue(store: Store, request: Request, command: typed_commands.Overdue) -> OverdueList:
    """List what is late: of everything, or of a recommendation (also with one body or in one region), report,
    body or region.

    Raises NotRecordable, NotAddressed, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        last_digest = actors.load_with_last_digest(
            connection, store, request, before=beginning_of(request.today)
        )
        register = RegisterNow(connection, request.today)
        scope = scope_of(register, command.subject, command.body, command.region)
        return _since(register, scope, command.page, _last_told(last_digest, request.today))


def within(register: RegisterNow, scope: LookupScope, page: int) -> OverdueList:
    """List what is late within a scope, for anyone who may see the register."""
    last_digest = deliveries.last_digest_before(register.connection, beginning_of(register.day))
    return _since(register, scope, page, _last_told(last_digest, register.day))


def _since(register: RegisterNow, scope: LookupScope, page: int, since: date) -> OverdueList:
    """List what is late, and how much of it has come to be so since a London date."""
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
    listing, late_page = _page(register, page, since)
    due = [(duty, deadline, stated.id) for duty, deadline, stated in late_page.due]
    recommendations = {id_: stated for (*_, id_), (*_, stated) in zip(due, late_page.due, strict=True)}
    rows, heirs = register.late_with(due)
    keys = dict.fromkeys((duty, id_) for duty, _, id_ in due)
    return (
        owing.in_groups(register, keys, rows, recommendations, heirs),
        listing,
        late_page.late,
        late_page.late.recommendations - late_page.late_before,
    )


def _page(register: RegisterNow, page: int, since: date) -> tuple[Listing, LatePage]:
    """Read a page, or the last one there is."""
    unbounded = Listing(page, 0)
    late_page = register.late_page(since, limit=unbounded.size, offset=unbounded.first)
    total = late_page.total or register.count_due(before=register.day)
    listing = Listing.at(page, total)
    if listing.number != page and total:
        late_page = register.late_page(since, limit=listing.size, offset=listing.first)
    return listing, late_page


def _within(register: RegisterNow, scope: LookupScope, page: int, since: date) -> _PageOfGroups:
    listing, page_keys, _ = owing.page_of(register, scope, Duty, page, before=register.day)
    late, late_before = _late(register, scope, since)
    groups = owing.of_keys(register, scope, page_keys, before=register.day)
    return groups, listing, late, late.recommendations - late_before


def _late(register: RegisterNow, scope: LookupScope, since: date) -> tuple[OverdueSummary, int]:
    """Sum up what is late, and count how much of it was late on an earlier London date."""
    if scope.codes is not None and scope.ids is None:
        return register.late_of_bodies(scope.codes, since)
    counts = owing.counts(register, scope, Duty, before=register.day)
    first: dict[str, date] = {}
    for _, deadline, id_ in counts:
        if deadline:
            first[id_] = min(first.get(id_, deadline), deadline)
    late_before = sum(deadline < since for deadline in first.values())
    return OverdueSummary(len(first), min(first.values(), default=None)), late_before


def _last_told(last_digest: datetime | None, today: date) -> date:
    """Return the London date of the last digest, else the Monday before today."""
    return london_date(last_digest) if last_digest else today - timedelta(days=today.weekday() or 7)
