"""`/recs 15 as at 22 Nov 2024`, `/recs 15 kent as known at 22 Nov 2024`; also a body, region or report."""

from bot.domain.questions.grammar.requests import AsAt, Ref
from bot.domain.questions.names import Body, Region, ReportName
from bot.domain.register.people import Request
from bot.operations.questions import as_at as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import as_at as blocks
from bot.rendering.screen import Screen


def as_at(services: Services, request: Request, asked: AsAt) -> Screen:
    match asked.of:
        case (Ref() as ref,):
            return _recommendation(services, request, asked, ref)
        case tuple() as refs:
            return _several(services, request, asked, refs)
        case ReportName():
            return blocks.recommendations(operation.report(services.store, request, asked, asked.of))
        case Region():
            return blocks.region(operation.region(services.store, request, asked, asked.of))
        case Body():
            return blocks.body(operation.body(services.store, request, asked, asked.of))


def _recommendation(services: Services, request: Request, asked: AsAt, ref: Ref) -> Screen:
    if asked.body is not None:
        return blocks.with_body(operation.with_body(services.store, request, asked, ref, asked.body))
    stood = operation.recommendation(services.store, request, asked, ref)
    return blocks.recommendation(stood) if asked.page == 1 else blocks.every_body(stood)


def _several(services: Services, request: Request, asked: AsAt, refs: tuple[Ref, ...]) -> Screen:
    if asked.body is not None:
        return blocks.body(operation.chosen_with_body(services.store, request, asked, refs, asked.body))
    return blocks.recommendations(operation.chosen(services.store, request, asked, refs))
