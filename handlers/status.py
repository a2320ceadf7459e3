"""`/recs 15`, `/recs status 15`, `/recs 15 wales`, `/recs 15 kent`, `/recs 15 16 25`."""

from bot.domain.questions.grammar.requests import InRegion, Ref, Status
from bot.domain.questions.names import Body
from bot.domain.register.people import Occasion
from bot.operations.questions import overview, standing
from bot.operations.questions import status as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.questions import overview as list_blocks
from bot.rendering.blocks.questions import standing as body_blocks
from bot.rendering.blocks.questions import status as blocks
from bot.rendering.screen import Screen


def status(desk: Desk, occasion: Occasion, asked: Status) -> Screen:
    if len(asked.recommendations) > 1:
        return _several(desk, occasion, asked)
    if asked.body is not None:
        return _with_body(desk, occasion, asked.recommendations[0], asked.body)
    found = operation.recommendation(desk.store, occasion, asked.recommendations[0])
    return blocks.recommendation(found) if asked.page == 1 else blocks.every_body(found)


def in_region(desk: Desk, occasion: Occasion, asked: InRegion) -> Screen:
    return blocks.in_region(operation.in_region(desk.store, occasion, asked.recommendation, asked.region))


def _with_body(desk: Desk, occasion: Occasion, ref: Ref, body: Body) -> Screen:
    return blocks.with_body(operation.with_body(desk.store, occasion, ref, body))


def _several(desk: Desk, occasion: Occasion, asked: Status) -> Screen:
    refs = asked.recommendations
    if asked.body is None:
        return list_blocks.overview(overview.of_chosen(desk.store, occasion, refs, asked.page))
    return body_blocks.body(standing.chosen(desk.store, occasion, refs, asked.body, asked.page))
