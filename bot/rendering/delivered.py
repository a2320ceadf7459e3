"""A screen as a delivery: what Slack is given, marked so that the post is known again."""

from bot.domain.messages.delivery import Payload
from bot.domain.values import replace
from bot.rendering.screen import Screen


def delivered(screen: Screen, key: str, **facts: str | int) -> Payload:
    """Return a screen as a delivery's payload, with its key in the metadata and on the first block.

    Further facts stand in the metadata, where no reader sees them."""
    first, *others = screen.blocks
    marked = replace(screen, blocks=({**first, "block_id": key}, *others))
    return {
        **marked.as_message(),
        "metadata": {"event_type": "recbot_delivery", "event_payload": {"key": key, **facts}},
        "unfurl_links": False,
        "unfurl_media": False,
    }
