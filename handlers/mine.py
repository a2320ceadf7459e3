"""`/recs mine`: what my body owes."""

from bot.domain.questions.grammar.requests import Mine
from bot.domain.register.people import Occasion
from bot.operations.questions import mine as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.questions import mine as blocks
from bot.rendering.screen import Screen


def mine(desk: Desk, occasion: Occasion, asked: Mine) -> Screen:
    return blocks.mine(operation.mine(desk.store, occasion, asked.page))
