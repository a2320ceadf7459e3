"""A command that was written in a message: it is offered as a button, and not done."""

from bot.rendering.blocks.recording.lacking_text import LacksText
from bot.rendering.blocks.refusals.refused import as_it_can_be_used, shown
from bot.rendering.blocks.refusals.wording import RefusalContext, offer
from bot.rendering.screen import Screen


def offered(command: str, lacking: LacksText | None = None) -> Screen:
    """Offer `command`, which is written as Slack sent it; its button asks for the text that it is lacking."""
    context = RefusalContext(command)
    wording = offer((command,))
    return shown(as_it_can_be_used(wording, {command: lacking}, context) if lacking else wording, context)
