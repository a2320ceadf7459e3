"""`/recs overdue`: what is late, by how long, and with whom."""

from bot.domain.questions.grammar.requests import Overdue
from bot.domain.register.people import Request
from bot.operations.questions import overdue as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import overdue as blocks
from bot.rendering.screen import Screen


def overdue(services: Services, request: Request, asked: Overdue) -> Screen:
    return blocks.overdue(operation.overdue(services.store, request, asked))
