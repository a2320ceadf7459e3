"""`/recs waiting`: who has not responded."""

from bot.domain.questions.grammar.requests import Waiting
from bot.domain.register.people import Occasion
from bot.operations.questions import waiting as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.questions import waiting as blocks
from bot.rendering.screen import Screen


def waiting(desk: Desk, occasion: Occasion, asked: Waiting) -> Screen:
    return blocks.waiting(operation.waiting(desk.store, occasion, asked))
