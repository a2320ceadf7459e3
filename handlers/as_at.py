"""`/recs 15 as at 22 Nov 2024`, `/recs 15 kent as known at 22 Nov 2024`; also a body, region or report."""

from bot.domain.questions.grammar.typed_commands import AsAt, Ref
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.people import Request
from bot.operations.questions import as_at as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import as_at as blocks
from bot.rendering.screen import Screen
from handlers.routes import Routes

routes = Routes()


@routes.verb(AsAt)
def as_at(services: Services, request: Request, command: AsAt) -> Screen:
    match command.subject:
        case (Ref() as ref,):
            return _recommendation(services, request, command, ref)
        case tuple() as refs:
            return _several(services, request, command, refs)
        case ReportName():
            return blocks.recommendations(operation.report(services.store, request, command, command.subject))
        case Region():
            return blocks.region(operation.region(services.store, request, command, command.subject))
        case Body():
            return blocks.body(operation.body(services.store, request, command, command.subject))


def _recommendation(services: Services, request: Request, command: AsAt, ref: Ref) -> Screen:
    if command.body is not None:
        return blocks.with_body(operation.with_body(services.store, request, command, ref, command.body))
    stood = operation.recommendation(services.store, request, command, ref)
    return blocks.recommendation(stood) if command.page == 1 else blocks.every_body(stood)


def _several(services: Services, request: Request, command: AsAt, refs: tuple[Ref, ...]) -> Screen:
    if command.body is not None:
        return blocks.body(operation.chosen_with_body(services.store, request, command, refs, command.body))
    return blocks.recommendations(operation.chosen(services.store, request, command, refs))
