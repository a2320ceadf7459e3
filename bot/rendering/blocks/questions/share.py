"""An answer as it is shared with a channel: without its buttons, and with the name of who shared it."""

from bot.rendering.mrkdwn import inert
from bot.rendering.screen import Screen, as_written, screen, small


def shared(screen: Screen, sharer: str) -> Screen:
    blocks = [block for block in screen.blocks if block["type"] != "actions"]
    return Screen(screen.text, (*blocks, small(f"Shared by {inert(sharer)}.")), for_channel=True)


def already_shared(typed: str) -> Screen:
    """Say that the answer is in the channel already; `typed` is the command whose answer it was."""
    return screen("Already shared.", as_written(typed, "To share it once more, ask again: /recs "))


def needs_a_channel(typed: str) -> Screen:
    """Say how to share an answer that stands in a form, which belongs to no channel."""
    return screen(
        "Nothing was shared: an answer can be shared from a channel only.",
        as_written(typed, "Type this in the channel, then press Share in channel: /recs "),
    )
