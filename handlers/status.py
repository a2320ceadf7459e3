"""`/recs 15`, `/recs status 15`, `/recs 15 wales`, `/recs 15 kent`, `/recs 15 16 25`."""

from bot.domain.questions.grammar.requests import InRegion, Ref, Status
from bot.domain.questions.names import Body
from bot.domain.register.people import Request
from bot.operations.questions import overview, standing
from bot.operations.questions import status as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import overview as list_blocks
from bot.rendering.blocks.questions import standing as body_blocks
from bot.rendering.blocks.questions import status as blocks
from bot.rendering.screen import Screen


def status(services: Services, request: Request, asked: Status) -> Screen:
    if len(asked.recommendations) > 1:
        return _several(services, request, asked)
    if asked.body is not None:
        return _with_body(services, request, asked.recommendations[0], asked.body)
    found = operation.recommendation(services.store, request, asked.recommendations[0])
    return blocks.recommendation(found) if asked.page == 1 else blocks.every_body(found)


def in_region(services: Services, request: Request, asked: InRegion) -> Screen:
    return blocks.in_region(operation.in_region(services.store, request, asked.recommendation, asked.region))


def _with_body(services: Services, request: Request, ref: Ref, body: Body) -> Screen:
    return blocks.with_body(operation.with_body(services.store, request, ref, body))


def _several(services: Services, request: Request, asked: Status) -> Screen:
    refs = asked.recommendations
    if asked.body is None:
        return list_blocks.overview(overview.of_chosen(services.store, request, refs, asked.page))
    return body_blocks.body(standing.chosen(services.store, request, refs, asked.body, asked.page))
