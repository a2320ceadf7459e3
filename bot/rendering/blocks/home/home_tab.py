"""Home: one sentence, and below it what concerns its reader. A longer list goes on behind **More**."""

from typing import Any

from bot.domain.messages.home import Home, Topic
from bot.domain.questions.answers import Overview
from bot.rendering.blocks.home import contact, coordinator
from bot.rendering.blocks.home.parts import back, more
from bot.rendering.blocks.questions import mine, overview
from bot.rendering.blocks.questions.lists import written
from bot.rendering.form import VIEW
from bot.rendering.limits import fitted
from bot.rendering.screen import Block, Screen, screen, small


def home(of: Home) -> dict[str, Any]:
    """As Slack publishes it."""
    return _view([*screen(_headline(of)).blocks, *(_page(of) or _front(of))])


def refused(why: Screen) -> dict[str, Any]:
    """In words, for somebody who may not see the register."""
    return _view(list(why.blocks))


def _view(blocks: list[Block]) -> dict[str, Any]:
    return {"type": "home", "blocks": fitted(blocks, VIEW)}


def _headline(of: Home) -> str:
    """A contact's own duties come before everybody's."""
    if of.contact:
        return mine.headline(of.contact.owed)
    live = of.coordinator.live if of.coordinator else of.live
    return overview.headline(live) if live else "There is nothing to show."


def _front(of: Home) -> list[Block]:
    blocks: list[Block] = []
    if of.contact:
        blocks += contact.owed(of.contact)
    blocks += contact.recent(of.recent)
    if of.contact:
        blocks += contact.reminders(of.contact)
    if of.coordinator:
        blocks += coordinator.front(of.coordinator, is_contact=of.contact is not None)
    if of.live:
        blocks += _live(of.live)
    return blocks


def _page(of: Home) -> list[Block]:
    """One list alone, where its reader went to a page of it."""
    topic = of.place.topic
    blocks: list[Block] = []
    if of.contact and topic is Topic.OWED:
        blocks = contact.owed(of.contact)
    elif of.contact and topic is Topic.REMINDERS:
        blocks = contact.reminders(of.contact)
    elif of.coordinator and topic:
        blocks = coordinator.page(of.coordinator, topic, of.place.page, is_contact=of.contact is not None)
    elif of.live and topic is Topic.LIVE:
        blocks = _live(of.live)
    return [*blocks, *back()] if blocks else []


def _live(found: Overview) -> list[Block]:
    further = more(Topic.LIVE, found.page.number + 1, "recommendations", found.page.more)
    return [
        *written(overview.row_lines(found)),
        *further,
        *([small(overview.hint(found))] if found.rows else []),
    ]
