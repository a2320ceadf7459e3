"""`/recs check 15 kent`: a coordinator agrees that it is complete."""

from bot.domain.questions.grammar.requests import Check
from bot.domain.register.people import Request
from bot.operations.recording import check as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording.check import checked
from bot.rendering.screen import Screen
from handlers.replies import told


def check(services: Services, request: Request, asked: Check) -> Screen:
    return checked(told(services, request, operation.check(services.store, request, asked)))
