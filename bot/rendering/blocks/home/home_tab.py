"""Home: one sentence, and below it what concerns its reader. A longer list goes on behind **More**."""

from typing import Any

from bot.domain.messages.home import Home, Topic
from bot.domain.questions.answers import RegisterOverview
from bot.rendering.blocks.home import contact, coordinator
from bot.rendering.blocks.home.parts import back, more
from bot.rendering.blocks.questions import mine, overview
from bot.rendering.blocks.questions.lists import written
from bot.rendering.form import VIEW
from bot.rendering.limits import fitted
from bot.rendering.screen import Block, Screen, screen, small


def home(shown: Home) -> dict[str, Any]:
    """Return a Home as Slack publishes it."""
    return _view([*screen(_headline(shown)).blocks, *(_page(shown) or _front(shown))])


def refused(why: Screen) -> dict[str, Any]:
    """Return a Home that says why somebody may not see the register."""
    return _view(list(why.blocks))


def _view(blocks: list[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": fitted(blocks, VIEW)}


def _headline(shown: Home) -> str:
    """Say first what a contact owes, else how everything stands."""
    if shown.contact:
        return mine.headline(shown.contact.owed)
    live = shown.coordinator.live if shown.coordinator else shown.live
    return overview.headline(live) if live else "There is nothing to show."


def _front(shown: Home) -> list[Block]:
    """Return what waits for the reader, then how everything stands, then what they recorded last."""
    contact_part, coordinator_part = shown.contact, shown.coordinator
    return [
        *(contact.approvals(contact_part) if contact_part else []),
        *(contact.questions(contact_part) if contact_part else []),
        *(contact.owed(contact_part) if contact_part else []),
        *(contact.to_publish(contact_part) if contact_part else []),
        *(coordinator.waiting(coordinator_part) if coordinator_part else []),
        *(coordinator.state(coordinator_part, with_headline=bool(contact_part)) if coordinator_part else []),
        *(_live(shown.live) if shown.live else []),
        *contact.recent(shown.recent),
        *contact.follows(shown.follows),
        *(contact.reminders(contact_part) if contact_part else []),
        *(coordinator.people() if coordinator_part else []),
    ]


def _page(shown: Home) -> list[Block]:
    """Return one list alone, where its reader went to a page of it; nothing for the front."""
    topic = shown.place.topic
    blocks: list[Block] = []
    if shown.contact and topic is Topic.OWED:
        blocks = contact.owed(shown.contact)
    elif shown.contact and topic is Topic.REMINDERS:
        blocks = contact.reminders(shown.contact)
    elif shown.coordinator and topic:
        blocks = coordinator.page(
            shown.coordinator, topic, shown.place.page, is_contact=shown.contact is not None
        )
    elif shown.live and topic is Topic.LIVE:
        blocks = _live(shown.live)
    return [*blocks, *back()] if blocks else []


def _live(live: RegisterOverview) -> list[Block]:
    further = more(Topic.LIVE, live.page.number + 1, "recommendations", live.page.more)
    return [
        *written(overview.row_lines(live)),
        *further,
        *([small(overview.hint(live))] if live.rows else []),
    ]
