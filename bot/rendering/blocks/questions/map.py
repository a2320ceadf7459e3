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
    """Return the text beside the picture, escaped."""
    return inert(f"{sentences.title(tile_map)}. {sentences.when(tile_map)}.")
