"""`/recs note 15: text`."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Note
from bot.operations import note as operation
from bot.operations.desk import Desk
from bot.rendering.blocks.recorded import recorded
from bot.rendering.screen import Screen
from handlers.replies import told


def note(desk: Desk, occasion: Occasion, asked: Note) -> Screen:
    return recorded(told(desk, occasion, operation.note(desk.store, occasion, asked)))
