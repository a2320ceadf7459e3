"""An answer as it is shared with a channel: without its buttons, and with the name of who shared it."""

from bot.rendering.mrkdwn import escaped
from bot.rendering.screen import Screen, small


def shared(shown: Screen, sharer: str) -> Screen:
    blocks = [block for block in shown.blocks if block["type"] != "actions"]
    return Screen(shown.text, (*blocks, small(f"Shared by {escaped(sharer)}.")), for_channel=True)
