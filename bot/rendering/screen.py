"""What recbot says in Slack: one first sentence that stands alone, and blocks below it."""

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from bot.domain.free_text import from_slack
from bot.rendering.limits import BYTES, Room, bytes_sent, fitted, shortened
from bot.rendering.mrkdwn import cut, escaped, has_formatting

Block = dict[str, Any]

# Slack's limits (https://docs.slack.dev/reference/block-kit/blocks) and, for a whole message, the bound
# below which none was ever refused.
SECTION = 3000
BLOCKS = 49
CHARACTERS = 10_000
BUTTON_LABEL = 75
BUTTON_VALUE = 2000
HEADLINE = 600
# In bytes, for what stands around the blocks of an answer: its kind, a delivery's key, the envelope.
_AROUND_BLOCKS = 1_000


class Screen(Struct, frozen=True):
    """`text` is the first sentence, escaped; the blocks say it too. `for_channel` shows it to everybody."""

    text: str
    blocks: tuple[Block, ...]
    for_channel: bool = False

    def as_reply(self) -> dict[str, Any]:
        """Return a reply that only the person who asked sees, unless it is for the channel."""
        return {"response_type": "in_channel" if self.for_channel else "ephemeral", **self.as_message()}

    @property
    def in_one_line(self) -> str:
        """Its sentences as they stand beside a field of a form, where nothing is formatted."""
        further = [block["text"]["text"] for block in self.blocks[1:] if block["type"] == "section"]
        return from_slack(" ".join([self.text, *further]))

    def as_message(self) -> dict[str, Any]:
        return {"text": self.text, "blocks": list(self.blocks)}


def screen(headline: str, *blocks: Block | None) -> Screen:
    """Return a screen whose `headline` is plain text; blocks that are None are left out.

    What is more than Slack takes is shortened, or left out from the end, buttons last."""
    first = cut(headline, HEADLINE)
    as_it_is = has_formatting(first) or "\n" in first
    opening = plain_section(first) if as_it_is else lines([f"*{first}*"])
    room = Room(BLOCKS, CHARACTERS - HEADLINE, BYTES - _AROUND_BLOCKS - bytes_sent(first))
    return Screen(first, tuple(fitted([opening, *(block for block in blocks if block is not None)], room)))


def lines(texts: Iterable[str]) -> Block:
    """Return lines of mrkdwn made by us, with every word that came from elsewhere escaped."""
    text = shortened("\n".join(texts), SECTION, BYTES)
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def paragraphs(texts: Iterable[str]) -> list[Block]:
    """Return lines of mrkdwn in as many sections as they need."""
    return [lines(section) for section in in_sections(texts)]


def in_sections(texts: Iterable[str]) -> list[list[str]]:
    """Part lines into as many sections as they need."""
    sections: list[list[str]] = [[]]
    size = 0
    for line in texts:
        if size + len(line) + 1 > SECTION and sections[-1]:
            sections.append([])
            size = 0
        sections[-1].append(line)
        size += len(line) + 1
    return [section for section in sections if section]


def as_written(
    text: str, before: str = "", after: str = "", limit: int = SECTION, size: int = BYTES
) -> Block:
    """Show what a person wrote, exactly: no formatting, no links, no mentions. `limit` counts characters,
    `size` bytes."""
    first, last = escaped(before), escaped(after)
    around = first + last
    words = cut(text, max(1, limit - len(around)), max(1, size - bytes_sent(around)))
    return plain_section(first + words + last)


def small(text: str) -> Block:
    """Return a line of small print, in mrkdwn made by us."""
    words = shortened(text, SECTION, BYTES)
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": words, "verbatim": True}]}


def button(label: str, action: str, value: str, spoken_label: str = "") -> Block:
    """Return a button. `spoken_label` is what a screen reader says where buttons have the same label."""
    element: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": cut(label, BUTTON_LABEL), "emoji": False},
        "action_id": action,
        "value": value,
    }
    if spoken_label:
        element["accessibility_label"] = cut(spoken_label, BUTTON_LABEL)
    return element


def asking_first(element: Block, title: str, text: str, yes: str, no: str, style: str = "danger") -> Block:
    """Return a button whose press counts only after `yes`; its style is `danger` for what cannot be taken
    back, else `primary`. `title` has at most 100 characters, `text` 300, the words of the two buttons 30."""
    dialog_texts = {"title": title, "text": text, "confirm": yes, "deny": no}
    dialog: Block = {
        part: {"type": "plain_text", "text": escaped(words), "emoji": False}
        for part, words in dialog_texts.items()
    }
    return {**element, "confirm": {**dialog, "style": style}}


def actions(*buttons: Block | None) -> Block | None:
    """Return a row of buttons; None when there are none."""
    present = [block for block in buttons if block is not None]
    return {"type": "actions", "elements": present[:25]} if present else None


def plain_section(text: str) -> Block:
    """Return a section whose text is shown as it is: nothing in it formats, links or notifies."""
    return {"type": "section", "text": {"type": "plain_text", "text": text, "emoji": False}}
