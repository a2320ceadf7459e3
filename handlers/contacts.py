"""`/recs contacts`: who records for which body."""

from bot.domain.questions.grammar.requests import Contacts
from bot.domain.register.people import Occasion
from bot.operations.questions import contacts as operation
from bot.operations.request.context import Desk
from bot.rendering.blocks.questions import contacts as blocks
from bot.rendering.screen import Screen


def contacts(desk: Desk, occasion: Occasion, asked: Contacts) -> Screen:
    return blocks.contacts(operation.contacts(desk.store, occasion, asked))
