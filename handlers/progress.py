"""`/recs progress 15 in progress: text`, `/recs complete 15: text`: a body says how far it is."""

from bot.domain.questions.grammar.requests import Progress
from bot.domain.register.people import Request
from bot.operations.recording import progress as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.recorded import recorded
from bot.rendering.screen import Screen
from handlers.replies import told


def progress(services: Services, request: Request, asked: Progress) -> Screen:
    return recorded(told(services, request, operation.progress(services.store, request, asked)))
