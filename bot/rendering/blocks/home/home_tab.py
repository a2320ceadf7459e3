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


def home(home_content: Home) -> dict[str, Any]:
    """Return a Home as Slack publishes it."""
    return _view([*screen(_headline(home_content)).blocks, *(_page(home_content) or _front(home_content))])


def refused(why: Screen) -> dict[str, Any]:
    """Return a Home that says why somebody may not see the register."""
    return _view(list(why.blocks))


def _view(blocks: list[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": fitted(blocks, VIEW)}


def _headline(home_content: Home) -> str:
    """Say first what a contact owes, else how everything stands."""
    if home_content.contact:
        return mine.headline(home_content.contact.owed)
    live = home_content.coordinator.live if home_content.coordinator else home_content.live
    return overview.headline(live) if live else "There is nothing to show."


def _front(home_content: Home) -> list[Block]:
    """Return what waits for the reader, then how everything stands, then what they recorded last."""
    contact_part, coordinator_part = home_content.contact, home_content.coordinator
    return [
        *(contact.approvals(contact_part) if contact_part else []),
        *(contact.questions(contact_part) if contact_part else []),
        *(contact.owed(contact_part) if contact_part else []),
        *(contact.to_publish(contact_part) if contact_part else []),
        *(coordinator.waiting(coordinator_part) if coordinator_part else []),
        *(coordinator.state(coordinator_part, with_headline=bool(contact_part)) if coordinator_part else []),
        *(_live(home_content.live) if home_content.live else []),
        *contact.recent(home_content.recent),
        *contact.follows(home_content.follows),
        *(contact.reminders(contact_part) if contact_part else []),
        *(coordinator.people() if coordinator_part else []),
    ]


def _page(home_content: Home) -> list[Block]:
    """Return one list alone, where its reader went to a page of it; nothing for the front."""
    topic = home_content.place.topic
    blocks: list[Block] = []
    if home_content.contact and topic is Topic.OWED:
        blocks = contact.owed(home_content.contact)
    elif home_content.contact and topic is Topic.REMINDERS:
        blocks = contact.reminders(home_content.contact)
    elif home_content.coordinator and topic:
        blocks = coordinator.page(
            home_content.coordinator,
            topic,
            home_content.place.page,
            is_contact=home_content.contact is not None,
        )
    elif home_content.live and topic is Topic.LIVE:
        blocks = _live(home_content.live)
    return [*blocks, *back()] if blocks else []


def _live(live: RegisterOverview) -> list[Block]:
    further = more(Topic.LIVE, live.page.number + 1, "recommendations", live.page.more)
    return [
        *written(overview.row_lines(live)),
        *further,
        *([small(overview.hint(live))] if live.rows else []),
    ]
