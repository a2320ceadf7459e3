"""How much of a screen Slack takes, and how one that is longer is made shorter.

Characters are what Slack counts. Bytes are what is sent: in the ASCII JSON of an answer a letter beyond ASCII
takes 6 bytes and an emoji 12, and slack_sdk's own client sends no message of more than 65,535."""

import json
import unicodedata
from typing import Any

from msgspec import Struct

Block = dict[str, Any]

# In bytes, of a whole answer.
BYTES = 60_000

# Forms and Homes: Slack takes 250 kB, which is no reason to send them.
VIEW_BLOCKS = 100
VIEW_CHARACTERS = 50_000

_ESCAPE = len("\\u0000")
_MARK_AT_END = "…"
# How many marks and joiners in a row belong to the character before them; more are no writing.
_MARKS_OF_ONE = 16
_JOINER = "\u200d"
# One text may take a half of the room, else a third, and so on until all texts fit.
_SHARES = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96)


class Room(Struct, frozen=True):
    """What the blocks of a screen may take together."""

    blocks: int
    characters: int
    size: int  # bytes

    def holds(self, blocks: list[Block]) -> bool:
        size = bytes_sent(blocks)
        return (
            len(blocks) <= self.blocks
            and size <= self.size
            # No character is sent in less than a byte.
            and (size <= self.characters or sum(map(characters_in, blocks)) <= self.characters)
        )


def bytes_sent(part: Any) -> int:
    """Return how many bytes `part` takes as it is sent."""
    return len(json.dumps(part))


def characters_in(part: Any) -> int:
    """Return how many characters all the words and values in `part` have."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, dict):
        return sum(map(characters_in, part.values()))
    if isinstance(part, list):
        return sum(map(characters_in, part))
    return 0


def _most_bytes(text: str) -> int:
    """Return how many bytes a text takes at most, with its quotation marks: each character as an escape, and
    twice as many of those that need two."""
    return 2 + (_ESCAPE if text.isascii() else 2 * _ESCAPE) * len(text)


def shortened(text: str, characters: int, size: int) -> str:
    """Return escaped text of at most so many characters and bytes, cut between characters as a reader sees
    them."""
    if len(text) <= characters and (_most_bytes(text) <= size or bytes_sent(text) <= size):
        return text
    end = min(len(text), max(0, characters - len(_MARK_AT_END)))
    room = size - bytes_sent(_MARK_AT_END)
    while end > 0 and bytes_sent(text[:end]) > room:
        end -= max(1, (bytes_sent(text[:end]) - room) // 12)
    return text[: _between_characters(text, end)].rstrip() + _MARK_AT_END


def fitted(blocks: list[Block], room: Room) -> list[Block]:
    """Return the blocks within `room`: long texts are shortened first, then sections are left out from the
    end, and what else there is last. The first block always stays; something left out is said."""
    if room.holds(blocks):
        return blocks
    shortened_blocks = with_short_texts(blocks, room)
    if room.holds(shortened_blocks):
        return shortened_blocks
    notice: Block = {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "… There is more than fits here.", "verbatim": True}],
    }
    left = list(shortened_blocks)
    while len(left) > 1 and not room.holds([*left, notice]):
        del left[max(range(1, len(left)), key=lambda place: (left[place]["type"] == "section", place))]
    return [*left, notice]


def with_short_texts(blocks: list[Block], room: Room) -> list[Block]:
    """Return blocks with the texts of all sections but the first shortened as far as `room` asks for."""
    shortened_blocks = blocks
    for share in _SHARES:
        if room.holds(shortened_blocks):
            break
        shortened_blocks = [*blocks[:1], *(_shorter(block, room, share) for block in blocks[1:])]
    return shortened_blocks


def _shorter(block: Block, room: Room, share: int) -> Block:
    if block["type"] != "section" or "text" not in block:
        return block
    text = block["text"]
    cut = shortened(text["text"], room.characters // share, room.size // share)
    return {**block, "text": {**text, "text": cut}}


def _between_characters(text: str, end: int) -> int:
    """Return where to cut at `end` or before it, so that no entity, link or character is cut in two."""
    for opening, closing in (("&", ";"), ("<", ">")):
        start = text.rfind(opening, 0, end)
        if start >= 0 and closing not in text[start:end]:
            end = start
    earliest = max(0, end - _MARKS_OF_ONE)
    before = end
    while before > earliest and _belongs_to_the_one_before(text, before):
        before -= 1
    return before if before > earliest else end


def _belongs_to_the_one_before(text: str, place: int) -> bool:
    """Return whether the character at `place` is a mark, a joiner, or what a joiner or a skin tone belongs
    to."""
    if place >= len(text):
        return False
    character = text[place]
    return (
        unicodedata.category(character).startswith("M")
        or _JOINER in (character, text[place - 1])
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )
