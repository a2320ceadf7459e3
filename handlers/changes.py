"""`/recs changes`: what changed, newest first, day by day."""

from bot.domain.questions.grammar.requests import Changes
from bot.domain.register.people import Request
from bot.operations.questions import changes as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import changes as blocks
from bot.rendering.screen import Screen


def changes(services: Services, request: Request, asked: Changes) -> Screen:
    return blocks.changes(operation.changes(services.store, request, asked))
