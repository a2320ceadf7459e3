"""What changed since the last digest, or since a day."""

from collections.abc import Sequence

from bot.domain.calendar import beginning_of
from bot.domain.questions.answers import Changes, Page, ToldChange
from bot.domain.questions.grammar import requests
from bot.domain.register.net_changes import Event, NetChange, net_changes
from bot.domain.register.people import Actor, Request
from bot.operations.questions.telling import told
from bot.operations.request import actors
from storage import deliveries, updates
from storage.database import Connection
from storage.store import Store

_SHOWN = 15


def changes(store: Store, request: Request, asked: requests.Changes) -> Changes:
    """One line for a body and a recommendation, newest first, and the notes. Before the first digest
    everything is new but the loaded example. Raises CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        after, digest_at = 0, None
        if asked.since is not None:
            after = updates.last_seq_before(connection, beginning_of(asked.since))
        elif last := deliveries.last_told(connection):
            after, digest_at = last.through_seq or 0, last.created_at
        events = updates.events_after(connection, after)
        net = net_changes(events)
        notes = [event for event in events if event.is_note]
        readable = [event for event in notes if _may_read(actor, event)]
        lines = sorted([*net, *(NetChange((), event) for event in readable)], key=_newest_first)
        page = Page.at(asked.page, len(lines), _SHOWN)
        shown = lines[(page.number - 1) * _SHOWN : page.number * _SHOWN]
        return Changes(
            changes=_told(connection, shown, actor),
            total=len(net),
            bodies=len({change.last.body_code for change in net}),
            today=request.today,
            typed=f"changes since {asked.since.isoformat()}" if asked.since else "changes",
            since=asked.since,
            since_digest=digest_at,
            page=page,
            notes=len(notes),
            hidden=len(notes) - len(readable),
        )


def _may_read(reader: Actor, note: Event) -> bool:
    return not note.has_words or reader.may_read(note.body_code, note.quotable)


def _newest_first(change: NetChange) -> int:
    return -change.last.seq


def _told(connection: Connection, shown: Sequence[NetChange], reader: Actor) -> tuple[ToldChange, ...]:
    last = updates.by_seq(connection, [change.last.seq for change in shown])
    views = told(connection, [last[change.last.seq] for change in shown], reader)
    return tuple(
        ToldChange(view, change.values, change.last.taken_back)
        for view, change in zip(views, shown, strict=True)
    )
