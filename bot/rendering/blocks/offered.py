"""A command that was written in a message: it is offered as a button, and not done."""

from bot.rendering.blocks.refusals.refused import shown
from bot.rendering.blocks.refusals.wording import RefusalContext, offer
from bot.rendering.screen import Screen


def offered(command: str) -> Screen:
    """Offer `command`, which is written as Slack sent it."""
    return shown(offer((command,)), RefusalContext(command))
