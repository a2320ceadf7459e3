"""`/recs contacts`: who records for which body."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Contacts
from bot.operations import contacts as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import contacts as blocks
from bot.rendering.screen import Screen


def contacts(desk: Desk, occasion: Occasion, asked: Contacts) -> Screen:
    return blocks.contacts(operation.contacts(desk.store, occasion, asked))
