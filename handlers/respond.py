"""`/recs accept|partly|decline 15: why`: a body says whether it accepts."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Respond
from bot.operations import respond as operation
from bot.operations.desk import Desk
from bot.rendering.blocks.recorded import recorded
from bot.rendering.screen import Screen
from handlers.replies import told


def respond(desk: Desk, occasion: Occasion, asked: Respond) -> Screen:
    return recorded(told(desk, occasion, operation.respond(desk.store, occasion, asked)))
