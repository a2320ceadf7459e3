"""`/recs mine`: what my body owes."""

from bot.domain.questions.grammar.requests import Mine
from bot.domain.register.people import Request
from bot.operations.questions import mine as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import mine as blocks
from bot.rendering.screen import Screen


def mine(services: Services, request: Request, asked: Mine) -> Screen:
    return blocks.mine(operation.mine(services.store, request, asked.page))
