"""What is late, with whom, and since when."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.domain.calendar import beginning_of, london_date
from bot.domain.questions.answers import Group, Listing, Overdue, OverdueSummary
from bot.domain.questions.grammar import requests
from bot.domain.register.addressee import Duty
from bot.domain.register.people import Request
from bot.operations.questions import owing
from bot.operations.request import actors
from bot.operations.request.scope import Scope, nearest, scope_of
from storage import addressees, deliveries, tallies
from storage.database import Connection
from storage.store import Store


def overdue(store: Store, request: Request, asked: requests.Overdue) -> Overdue:
    """Of everything, or of a recommendation (also with one body or in one region), report, body or region.

    Raises NotRecordable, NotAddressed, UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        scope = scope_of(connection, asked.of, asked.body, asked.region)
        return within(connection, scope, asked.page, request.today)


def within(connection: Connection, scope: Scope, page: int, today: date) -> Overdue:
    """For anyone who may see the register; `today` a London date."""
    since = _last_told(connection, today)
    find = _of_everything if scope.is_everything else _within
    groups, listing, late, newly = find(connection, scope, page, today, since)
    return Overdue(
        groups=groups,
        listing=listing,
        late=late,
        newly=newly,
        since=since,
        nearest=nearest(connection, scope, today),
        today=today,
        typed=scope.command("overdue"),
        of=scope.name,
    )


_Found = tuple[tuple[Group, ...], Listing, OverdueSummary, int]


def _of_everything(connection: Connection, scope: Scope, page: int, today: date, since: date) -> _Found:
    """From the kept counts, and the addressees of this page alone: however much there is."""
    listing = Listing.at(page, tallies.count_due(connection, before=today))
    due = tallies.due_page(connection, before=today, limit=listing.size, offset=listing.first)
    shown = {(one.duty, one.recommendation_id, one.deadline) for one in due}
    some = [
        (duty, addressee)
        for addressee in addressees.overdue(connection, {one.recommendation_id for one in due}, today)
        for duty in Duty
        if addressee.is_overdue(duty, today)
        and (duty, addressee.recommendation_id, addressee.deadline(duty)) in shown
    ]
    late = tallies.late(connection, today)
    # What was late by then and is still owed.
    newly = late.recommendations - tallies.late(connection, since).recommendations
    return owing.grouped(connection, owing.keys_in_order(some), some), listing, late, newly


def _within(connection: Connection, scope: Scope, page: int, today: date, since: date) -> _Found:
    some = owing.owing(connection, scope, Duty, before=today)
    keys = owing.keys_in_order(some)
    listing = Listing.at(page, len(keys))
    shown = keys[listing.first : listing.first + listing.size]
    late = _late(some)
    newly = late.recommendations - _late(some, before=since).recommendations
    return owing.grouped(connection, shown, some), listing, late, newly


def _late(some: Iterable[owing.Owing], before: date = date.max) -> OverdueSummary:
    """Of what is owed, what was to be done before a London date."""
    deadlines = [
        (deadline, addressee.recommendation_id)
        for duty, addressee in some
        if (deadline := addressee.deadline(duty)) and deadline < before
    ]
    oldest = min((deadline for deadline, _ in deadlines), default=None)
    return OverdueSummary(len({recommendation_id for _, recommendation_id in deadlines}), oldest)


def _last_told(connection: Connection, today: date) -> date:
    """The London date of the last digest before today, else the Monday before today."""
    last = deliveries.last_told(connection, before=beginning_of(today))
    return london_date(last.created_at) if last else today - timedelta(days=today.weekday() or 7)
