"""`/recs map 15`: that the picture comes, what it shows, or why it did not come."""

from bot.domain.questions.map import TileMap
from bot.rendering.mrkdwn import escaped, inert
from bot.rendering.pictures import sentences
from bot.rendering.screen import Screen, lines, screen, small


def arriving(tile_map: TileMap) -> Screen:
    return screen(
        f"{sentences.title(tile_map)}; the map arrives as a picture in a direct message.",
        lines(
            [
                escaped(f"Responses: {sentences.responses(tile_map)}"),
                escaped(f"Progress: {sentences.progress(tile_map)}"),
            ]
        ),
        small(escaped(f"{sentences.when(tile_map)}.")),
    )


def here_it_is(tile_map: TileMap) -> str:
    """The text beside the picture, escaped."""
    return inert(f"{sentences.title(tile_map)}. {sentences.when(tile_map)}.")


def interrupted() -> Screen:
    """Said where nobody knows what became of it."""
    return screen(
        "Your map did not come: recbot was interrupted, or too much else was being made.",
        lines(["Nothing in the register has changed. Please ask for it again, unless it arrived after all."]),
    )


def failed(code: str) -> Screen:
    """`code` is in the log too."""
    return screen(
        "Your map could not be drawn or sent; nothing in the register has changed.",
        lines(
            [f"Please ask for it again; if it happens twice, give the association this reference: {code}."]
        ),
    )
