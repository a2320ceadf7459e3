"""`/recs map 15`: the answer at once, and the map as a picture in a direct message."""

from bot.domain.questions.grammar.requests import Map
from bot.domain.questions.map import TileMap
from bot.domain.register.people import Request
from bot.operations.questions import map as operation
from bot.operations.request.context import Services
from bot.operations.request.pending_file import PendingFile
from bot.rendering.blocks.questions import map as blocks
from bot.rendering.delivered import delivered
from bot.rendering.pictures.sentences import alt_text, title
from bot.rendering.screen import Screen
from handlers.errors import logged
from handlers.replies import send_file


def map(services: Services, occasion: Request, asked: Map) -> Screen:
    found = operation.map(services.store, occasion, asked)
    promise = PendingFile(services, occasion, "map")
    promise.make(
        lambda: _send(services, occasion, found, promise), lambda key: delivered(blocks.interrupted(), key)
    )
    return blocks.arriving(found)


def _send(services: Services, occasion: Request, found: TileMap, promise: PendingFile) -> None:
    """Draws and sends the picture, or tells the asker that it did not come."""
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.pictures.map import picture  # noqa: PLC0415

    if not promise.renew():
        return
    try:
        send_file(
            services,
            occasion,
            name=f"map-{found.recommendation.id}-{found.day.isoformat()}.png",
            title=title(found),
            content=picture(found),
            comment=blocks.here_it_is(found),
            alt_text=alt_text(found),
        )
    except Exception as error:
        why = blocks.failed(logged(error))
        promise.fail(lambda key: delivered(why, key))
    else:
        promise.keep()
