"""`/recs check 15 kent`: a coordinator agrees that it is complete."""

from bot.domain.questions.grammar.requests import Check
from bot.domain.register.people import Occasion
from bot.operations.recording import check as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.recording.check import checked
from bot.rendering.screen import Screen
from handlers.replies import told


def check(desk: Desk, occasion: Occasion, asked: Check) -> Screen:
    return checked(told(desk, occasion, operation.check(desk.store, occasion, asked)))
