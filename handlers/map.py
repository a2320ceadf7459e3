"""`/recs map 15`: the answer at once, and the map as a picture in a direct message."""

from bot.domain.messages.promised_file import PromisedFile
from bot.domain.questions.grammar.typed_commands import Map
from bot.domain.questions.map import TileMap
from bot.domain.register.people import Request
from bot.operations.questions import map as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import map as blocks
from bot.rendering.pictures.sentences import alt_text, title
from bot.rendering.screen import Screen
from handlers import files
from handlers.replies import send_file
from handlers.routes import Routes

routes = Routes()


@routes.verb(Map)
def map(services: Services, request: Request, command: Map) -> Screen:
    tile_map = operation.map(services.store, request, command)
    files.promise(services, request, PromisedFile.MAP, lambda _, again: _send(services, again, tile_map))
    return blocks.arriving(tile_map)


def _send(services: Services, request: Request, tile_map: TileMap) -> None:
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.pictures.map import picture  # noqa: PLC0415

    send_file(
        services,
        request,
        name=f"map-{tile_map.recommendation.id}-{tile_map.day.isoformat()}.png",
        title=title(tile_map),
        content=picture(tile_map),
        comment=blocks.here_it_is(tile_map),
        alt_text=alt_text(tile_map),
    )
