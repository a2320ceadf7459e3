"""Updates with the names of what they are about, as a reader may read them."""

from collections.abc import Iterable

from bot.domain.questions.answers import UpdateView
from bot.domain.register.people import Actor, PersonKey, Role
from bot.domain.register.update import Update
from storage import bodies, people, recommendations
from storage.database import Connection


def told(connection: Connection, some: Iterable[Update], reader: Actor) -> tuple[UpdateView, ...]:
    shown = tuple(some)
    found = recommendations.by_ids(
        connection, {one.draft.recommendation_id for one in shown if one.draft.recommendation_id}
    )
    names = bodies.names(connection, {one.draft.body_code for one in shown if one.draft.body_code})
    return tuple(
        UpdateView(
            update=one.as_read_by(reader),
            recommendation=found.get(one.draft.recommendation_id or ""),
            body_name=names.get(one.draft.body_code or "", ""),
            person_name=_person(connection, one),
        )
        for one in shown
    )


def _person(connection: Connection, update: Update) -> str:
    """Who was granted a role or lost it."""
    for change in update.draft.changes:
        if change.what in tuple(Role):
            team_id, _, user_id = (change.now or change.was).partition("/")
            person = people.get(connection, PersonKey(team_id, user_id))
            return person.display_name if person else ""
    return ""
