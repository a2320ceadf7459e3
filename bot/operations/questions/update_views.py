"""Updates with the names of what they are about, as a reader may read them."""

from collections.abc import Iterable

from bot.domain.questions.answers import UpdateView
from bot.domain.register.people import Actor, PersonKey, Role
from bot.domain.register.update import Update
from storage import bodies, people, recommendations
from storage.database import Connection


def update_views(connection: Connection, updates: Iterable[Update], reader: Actor) -> tuple[UpdateView, ...]:
    """Name what each update is about, and leave out the words that `reader` may not read."""
    all_updates = tuple(updates)
    by_id = recommendations.by_ids(
        connection,
        {update.draft.recommendation_id for update in all_updates if update.draft.recommendation_id},
    )
    names = bodies.names(
        connection, {update.draft.body_code for update in all_updates if update.draft.body_code}
    )
    return tuple(
        UpdateView(
            update=update.as_read_by(reader),
            recommendation=by_id.get(update.draft.recommendation_id or ""),
            body_name=names.get(update.draft.body_code or "", ""),
            person_name=_person(connection, update),
        )
        for update in all_updates
    )


def _person(connection: Connection, update: Update) -> str:
    """Return the name of whoever was granted a role or lost it; empty for other updates."""
    for change in update.draft.changes:
        if change.what in tuple(Role):
            person = people.get(connection, PersonKey.read(change.now or change.was))
            return person.display_name if person else ""
    return ""
