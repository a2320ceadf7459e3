"""`/recs history 15`: every update, newest first, with the number it is cited by."""

from bot.domain.questions.grammar.requests import History
from bot.domain.register.people import Request
from bot.operations.questions import history as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import history as blocks
from bot.rendering.screen import Screen


def history(services: Services, request: Request, asked: History) -> Screen:
    return blocks.history(operation.history(services.store, request, asked))
