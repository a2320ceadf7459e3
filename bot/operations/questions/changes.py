"""What changed since the last digest, or since a day."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from bot.domain.calendar import beginning_of
from bot.domain.questions.answers import ChangeList, ToldChange
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.pages import Page
from bot.domain.register.net_changes import Event, NetChange, net_changes
from bot.domain.register.people import Actor, Request
from bot.domain.values import replace
from bot.operations.questions.update_views import update_views
from bot.operations.request import actors
from storage import deliveries, earlier_updates, succession, updates
from storage.database import Connection
from storage.store import Store

_SHOWN = 15


def changes(store: Store, request: Request, command: typed_commands.Changes) -> ChangeList:
    """List net changes, one for each body and recommendation, and notes, newest first. Raises CannotSee.

    Before the first digest everything is new but the loaded example."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        after, digest_at = last_told(connection)
        if command.since is not None:
            after, digest_at = earlier_updates.last_seq_before(connection, beginning_of(command.since)), None
        events = updates.events_after(connection, after)
        typed = f"changes since {command.since.isoformat()}" if command.since else "changes"
        result = change_list(connection, actor, events, request.today, command.page, typed)
        return replace(
            result,
            since=command.since,
            since_digest=digest_at,
            handovers=succession.named(connection, succession.passed_on(connection, after)),
        )


def last_told(connection: Connection) -> tuple[int, datetime | None]:
    """Return the last update that a digest told, and the UTC instant of that digest."""
    last = deliveries.last_told(connection)
    return (last.through_seq or 0, last.created_at) if last else (0, None)


def change_list(
    connection: Connection, reader: Actor, events: Iterable[Event], today: date, page: int, typed: str
) -> ChangeList:
    """Sum events up: net changes and the notes that the reader may read, newest first."""
    all_events = list(events)
    net = net_changes(all_events)
    notes = [event for event in all_events if event.is_note]
    readable = [event for event in notes if _may_read(reader, event)]
    reports = [event for event in all_events if event.is_report]
    alone = (NetChange((), event) for event in (*readable, *reports))
    lines = sorted([*net, *alone], key=_newest_first)
    current_page = Page.at(page, len(lines), _SHOWN)
    page_lines = current_page.of(lines)
    return ChangeList(
        changes=_told_changes(connection, page_lines, reader),
        total=len(net),
        bodies=len({change.last.body_code for change in net}),
        today=today,
        typed=typed,
        page=current_page,
        notes=len(notes),
        hidden=len(notes) - len(readable),
        reports=len(reports),
    )


def _may_read(reader: Actor, note: Event) -> bool:
    return not note.has_words or reader.may_read(note.body_code, note.quotable)


def _newest_first(change: NetChange) -> int:
    return -change.last.seq


def _told_changes(connection: Connection, net: Sequence[NetChange], reader: Actor) -> tuple[ToldChange, ...]:
    last = updates.by_seq(connection, [change.last.seq for change in net])
    views = update_views(connection, [last[change.last.seq] for change in net], reader)
    return tuple(
        ToldChange(view, change.values, change.last.taken_back)
        for view, change in zip(views, net, strict=True)
    )
