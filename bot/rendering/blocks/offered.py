"""A command that was written in a message: it is offered as a button, and not done."""

from bot.domain.refusals.refusal import Refusal
from bot.rendering.blocks.recording.lacking_text import LacksText
from bot.rendering.blocks.refusals.refused import as_it_can_be_used, shown
from bot.rendering.blocks.refusals.wording import RefusalContext, offer
from bot.rendering.screen import Screen


def offered(command: str, refusal: Refusal | None = None) -> Screen:
    """Offer `command`, which is written as Slack sent it. Where a text is lacking, as the `refusal` that it
    would meet says, its button asks for that."""
    context = RefusalContext(command)
    wording = offer((command,))
    if isinstance(refusal, LacksText):
        wording = as_it_can_be_used(wording, {command: refusal}, context)
    return shown(wording, context)
