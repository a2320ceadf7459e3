"""`/recs deadlines`: what falls due, in order, and how many have not done it."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Deadlines
from bot.operations import deadlines as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import deadlines as blocks
from bot.rendering.screen import Screen


def deadlines(desk: Desk, occasion: Occasion, asked: Deadlines) -> Screen:
    return blocks.deadlines(operation.deadlines(desk.store, occasion, asked))
