"""What every screen has to be, and how a person reads it."""

from bot.rendering.screen import Screen
from bot.standin.block_kit import block_faults, readable_length

MOST_BLOCKS = 49
MOST_CHARACTERS = 10_000
LONGEST_TEXT = 3_000


def assert_valid(shown: Screen) -> None:
    """Slack takes it, and shows it as one message."""
    blocks = list(shown.blocks)
    assert block_faults(blocks) == []
    assert len(blocks) <= MOST_BLOCKS
    assert 0 < len(shown.text) <= LONGEST_TEXT
    assert readable_length(blocks) <= MOST_CHARACTERS


def read(shown: Screen) -> list[str]:
    """All lines below the first sentence, as a person sees them, without the buttons."""
    texts = []
    for block in shown.blocks[1:]:
        if block["type"] == "section":
            texts += block["text"]["text"].split("\n")
        elif block["type"] == "context":
            texts += [element["text"] for element in block["elements"]]
    return [_unescaped(line) for line in texts]


def buttons(shown: Screen) -> dict[str, str]:
    """The value of each button by its label."""
    return {
        element["text"]["text"]: element["value"]
        for block in shown.blocks
        if block["type"] == "actions"
        for element in block["elements"]
    }


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
