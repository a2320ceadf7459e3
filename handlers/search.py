"""`/recs search words`: recommendations, bodies and texts in which the words stand."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Search
from bot.operations import search as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import search as blocks
from bot.rendering.screen import Screen


def search(desk: Desk, occasion: Occasion, asked: Search) -> Screen:
    return blocks.search(operation.search(desk.store, occasion, asked))
