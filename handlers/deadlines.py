"""`/recs deadlines`: what falls due, in order, and how many have not done it."""

from bot.domain.questions.grammar.requests import Deadlines
from bot.domain.register.people import Request
from bot.operations.questions import deadlines as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import deadlines as blocks
from bot.rendering.screen import Screen


def deadlines(services: Services, request: Request, asked: Deadlines) -> Screen:
    return blocks.deadlines(operation.deadlines(services.store, request, asked))
