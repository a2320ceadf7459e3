"""Charts that Slack draws in a message, where the workspace has them: each message says the same in words."""

from bot.domain.messages.delivery import Payload

# https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block
BLOCK_KIND = "data_visualization"


def holds_chart(payload: Payload) -> bool:
    """Whether a message has a chart that Slack is to draw."""
    return any(block["type"] == BLOCK_KIND for block in payload.get("blocks", ()))


def without_chart(payload: Payload) -> Payload:
    """Return a message without its charts, for a workspace that has none."""
    if not holds_chart(payload):
        return payload
    return {**payload, "blocks": [block for block in payload["blocks"] if block["type"] != BLOCK_KIND]}
