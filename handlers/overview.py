"""`/recs`: for a contact what their body owes, for anyone else the live recommendations."""

from bot.domain.questions import answers
from bot.domain.questions.grammar.requests import Overview
from bot.domain.register.people import Request
from bot.operations.questions import overview as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import mine
from bot.rendering.blocks.questions import overview as blocks
from bot.rendering.screen import Screen


def overview(services: Services, request: Request, asked: Overview) -> Screen:
    found = operation.overview(services.store, request, asked.page)
    return mine.mine(found) if isinstance(found, answers.Mine) else blocks.overview(found)
