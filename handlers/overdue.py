"""`/recs overdue`: what is late, by how long, and with whom."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Overdue
from bot.operations import overdue as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import overdue as blocks
from bot.rendering.screen import Screen


def overdue(desk: Desk, occasion: Occasion, asked: Overdue) -> Screen:
    return blocks.overdue(operation.overdue(desk.store, occasion, asked))
