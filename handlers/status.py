"""`/recs 15`, `/recs status 15`, `/recs 15 wales`, `/recs 15 kent`, `/recs 15 16 25`."""

from bot.domain.questions.grammar.typed_commands import InRegion, Ref, Status
from bot.domain.questions.names import Body
from bot.domain.register.people import Request
from bot.operations.questions import overview, standing
from bot.operations.questions import status as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import overview as list_blocks
from bot.rendering.blocks.questions import standing as body_blocks
from bot.rendering.blocks.questions import status as blocks
from bot.rendering.screen import Screen
from handlers.routes import Routes

routes = Routes()


@routes.verb(Status)
def status(services: Services, request: Request, command: Status) -> Screen:
    if len(command.recommendations) > 1:
        return _several(services, request, command)
    if command.body is not None:
        return _with_body(services, request, command.recommendations[0], command.body)
    result = operation.recommendation(services.store, request, command.recommendations[0])
    return blocks.recommendation(result) if command.page == 1 else blocks.every_body(result)


@routes.verb(InRegion)
def in_region(services: Services, request: Request, command: InRegion) -> Screen:
    return blocks.in_region(
        operation.in_region(services.store, request, command.recommendation, command.region)
    )


def _with_body(services: Services, request: Request, ref: Ref, body: Body) -> Screen:
    return blocks.with_body(operation.with_body(services.store, request, ref, body))


def _several(services: Services, request: Request, command: Status) -> Screen:
    refs = command.recommendations
    if command.body is None:
        return list_blocks.overview(overview.of_chosen(services.store, request, refs, command.page))
    return body_blocks.body(standing.chosen(services.store, request, refs, command.body, command.page))
