"""`/recs accept|partly|decline 15: why`: a body says whether it accepts."""

from bot.domain.questions.grammar.requests import Respond
from bot.domain.register.people import Request
from bot.operations.recording import respond as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.recorded import recorded
from bot.rendering.screen import Screen
from handlers.replies import told


def respond(services: Services, request: Request, asked: Respond) -> Screen:
    return recorded(told(services, request, operation.respond(services.store, request, asked)))
