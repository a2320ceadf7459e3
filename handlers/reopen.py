"""`/recs reopen 15 kent: why`: a coordinator finds that it is not complete after all."""

from bot.domain.questions.grammar.requests import Reopen
from bot.domain.register.people import Request
from bot.operations.recording import reopen as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.reopen import message, reopened
from bot.rendering.screen import Screen
from handlers.replies import told


def reopen(services: Services, request: Request, asked: Reopen) -> Screen:
    recorded = told(services, request, operation.reopen(services.store, request, asked, message))
    services.digest.wake()
    return reopened(recorded)
