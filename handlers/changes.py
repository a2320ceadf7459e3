"""`/recs changes`: what changed, newest first, day by day."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Changes
from bot.operations import changes as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import changes as blocks
from bot.rendering.screen import Screen


def changes(desk: Desk, occasion: Occasion, asked: Changes) -> Screen:
    return blocks.changes(operation.changes(desk.store, occasion, asked))
