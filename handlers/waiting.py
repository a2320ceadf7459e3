"""`/recs waiting`: who has not responded."""

from bot.domain.questions.grammar.requests import Waiting
from bot.domain.register.people import Request
from bot.operations.questions import waiting as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import waiting as blocks
from bot.rendering.screen import Screen


def waiting(services: Services, request: Request, asked: Waiting) -> Screen:
    return blocks.waiting(operation.waiting(services.store, request, asked))
