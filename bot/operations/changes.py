"""What changed since the last digest, or since a day."""

from bot.domain.calendar import beginning_of
from bot.domain.lookups import Changes, Page
from bot.domain.people import Occasion
from bot.domain.typed import requests
from bot.operations import speakers
from bot.operations.telling import told
from storage import deliveries, updates
from storage.store import Store

_SHOWN = 15


def changes(store: Store, occasion: Occasion, asked: requests.Changes) -> Changes:
    """Newest first. Before the first digest everything is new but the loaded example. Raises CannotSee."""
    with store.reading() as connection:
        speaker = speakers.load(connection, store, occasion)
        after, digest_at = 0, None
        if asked.since is not None:
            after = updates.last_seq_before(connection, beginning_of(asked.since))
        elif last := deliveries.last_told(connection):
            after, digest_at = last.through_seq or 0, last.created_at
        total, with_bodies = updates.count_changes(connection, after)
        at = Page.at(asked.page, total, _SHOWN)
        shown = updates.changes_page(connection, after, limit=_SHOWN, offset=(at.number - 1) * _SHOWN)
        return Changes(
            changes=told(connection, shown, speaker),
            total=total,
            bodies=with_bodies,
            today=occasion.today,
            typed=f"changes since {asked.since.isoformat()}" if asked.since else "changes",
            since=asked.since,
            since_digest=digest_at,
            page=at,
        )
