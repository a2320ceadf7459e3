"""How one recommendation stands in each area, now or at the end of an earlier day."""

from bot.domain.questions.grammar.typed_commands import Map
from bot.domain.questions.map import TileMap, laid_out
from bot.domain.register.people import Request
from bot.operations.register.opening import register_on
from bot.operations.register.subjects import answerable
from bot.operations.request import actors
from storage.store import Store


def map(store: Store, request: Request, command: Map) -> TileMap:
    """Return how a recommendation stands in each area. Raises NotRecordable, DayToCome, NotPublishedYet,
    UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actors.load(connection, store, request)
        register = register_on(connection, request.today, command.as_at, known=command.known)
        recommendation = answerable(register, command.recommendation)
        addressed = register.addressees(recommendation)
        return laid_out(
            recommendation,
            addressed,
            register.bodies().values(),
            register.day,
            known=command.known,
            origin=register.origin(recommendation),
        )
