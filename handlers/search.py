"""`/recs search words`: recommendations, bodies and texts in which the words stand."""

from bot.domain.questions.grammar.requests import Search
from bot.domain.register.people import Request
from bot.operations.questions import search as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import search as blocks
from bot.rendering.screen import Screen


def search(services: Services, request: Request, asked: Search) -> Screen:
    return blocks.search(operation.search(services.store, request, asked))
