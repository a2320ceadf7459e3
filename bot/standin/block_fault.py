"""What is wrong with something the bot sent, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class BlockFault:
    """A fault and its place; `refused` tells whether Slack itself would not take the payload."""

    place: str
    words: str
    refused: bool = True
