"""`/recs map 15`: the answer at once, and the map as a picture in a direct message."""

from bot.domain.questions.grammar.typed_commands import Map
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
from handlers.routes import Routes

routes = Routes()


@routes.verb(Map)
def map(services: Services, request: Request, command: Map) -> Screen:
    tile_map = operation.map(services.store, request, command)
    pending = PendingFile(services, request, "map")
    pending.make(
        lambda: _send(services, request, tile_map, pending), lambda key: delivered(blocks.interrupted(), key)
    )
    return blocks.arriving(tile_map)


def _send(services: Services, request: Request, tile_map: TileMap, pending: PendingFile) -> None:
    """Draw and send the picture, or tell the asker that it did not come."""
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.pictures.map import picture  # noqa: PLC0415

    if not pending.renew():
        return
    try:
        send_file(
            services,
            request,
            name=f"map-{tile_map.recommendation.id}-{tile_map.day.isoformat()}.png",
            title=title(tile_map),
            content=picture(tile_map),
            comment=blocks.here_it_is(tile_map),
            alt_text=alt_text(tile_map),
        )
    except Exception as error:
        why = blocks.failed(logged(error))
        pending.fail(lambda key: delivered(why, key))
    else:
        pending.keep()
