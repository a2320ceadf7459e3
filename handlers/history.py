"""`/recs history 15`: every update, newest first, with the number it is cited by."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import History
from bot.operations import history as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import history as blocks
from bot.rendering.screen import Screen


def history(desk: Desk, occasion: Occasion, asked: History) -> Screen:
    return blocks.history(operation.history(desk.store, occasion, asked))
