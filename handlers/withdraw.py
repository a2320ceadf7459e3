"""`/recs withdraw 15: why`: shows what it would change, and ends the recommendation when confirmed."""

from bot.domain.questions.grammar.requests import Withdraw
from bot.domain.register.people import Occasion
from bot.operations.recording import withdraw as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.recording.withdraw import ended, would_end
from bot.rendering.screen import Screen


def withdraw(desk: Desk, occasion: Occasion, asked: Withdraw) -> Screen:
    if not asked.confirmed:
        return would_end(operation.look(desk.store, occasion, asked), no_victim=asked.no_victim)
    ending = operation.withdraw(desk.store, occasion, asked)
    desk.changed(occasion.who, None)
    return ended(ending)
