"""`/recs withdraw 15: why`: shows what it would change, and ends the recommendation when confirmed."""

from bot.domain.questions.grammar.requests import Withdraw
from bot.domain.register.people import Request
from bot.operations.recording import withdraw as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.withdraw import ended, would_end
from bot.rendering.screen import Screen


def withdraw(services: Services, request: Request, asked: Withdraw) -> Screen:
    if not asked.confirmed:
        return would_end(operation.look(services.store, request, asked), no_victim=asked.no_victim)
    ending = operation.withdraw(services.store, request, asked)
    services.changed(request.who, None)
    return ended(ending)
