"""`/recs check 15 kent`: a coordinator agrees that it is complete."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Check
from bot.operations import check as operation
from bot.operations.desk import Desk
from bot.rendering.blocks.check import checked
from bot.rendering.screen import Screen
from handlers.replies import told


def check(desk: Desk, occasion: Occasion, asked: Check) -> Screen:
    return checked(told(desk, occasion, operation.check(desk.store, occasion, asked)))
