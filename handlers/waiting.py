"""`/recs waiting`: who has not responded."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Waiting
from bot.operations import waiting as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import waiting as blocks
from bot.rendering.screen import Screen


def waiting(desk: Desk, occasion: Occasion, asked: Waiting) -> Screen:
    return blocks.waiting(operation.waiting(desk.store, occasion, asked))
