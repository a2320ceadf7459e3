"""`/recs mine`: what my body owes."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Mine
from bot.operations import mine as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import mine as blocks
from bot.rendering.screen import Screen


def mine(desk: Desk, occasion: Occasion, asked: Mine) -> Screen:
    return blocks.mine(operation.mine(desk.store, occasion, asked.page))
