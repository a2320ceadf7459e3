"""`/recs note 15: text`."""

from bot.domain.questions.grammar.requests import Note
from bot.domain.register.people import Request
from bot.operations.recording import note as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.recorded import recorded
from bot.rendering.screen import Screen
from handlers.replies import told


def note(services: Services, request: Request, asked: Note) -> Screen:
    return recorded(told(services, request, operation.note(services.store, request, asked)))
