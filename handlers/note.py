"""`/recs note 15: text`."""

from bot.domain.questions.grammar.requests import Note
from bot.domain.register.people import Occasion
from bot.operations.recording import note as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.recording.recorded import recorded
from bot.rendering.screen import Screen
from handlers.replies import told


def note(desk: Desk, occasion: Occasion, asked: Note) -> Screen:
    return recorded(told(desk, occasion, operation.note(desk.store, occasion, asked)))
