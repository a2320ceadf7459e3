"""`/recs history 15`: every update, newest first, with the number it is cited by."""

from bot.domain.questions.grammar.requests import History
from bot.domain.register.people import Occasion
from bot.operations.questions import history as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.questions import history as blocks
from bot.rendering.screen import Screen


def history(desk: Desk, occasion: Occasion, asked: History) -> Screen:
    return blocks.history(operation.history(desk.store, occasion, asked))
