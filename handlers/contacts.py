"""`/recs contacts`: who records for which body."""

from bot.domain.questions.grammar.requests import Contacts
from bot.domain.register.people import Request
from bot.operations.questions import contacts as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import contacts as blocks
from bot.rendering.screen import Screen


def contacts(services: Services, request: Request, asked: Contacts) -> Screen:
    return blocks.contacts(operation.contacts(services.store, request, asked))
