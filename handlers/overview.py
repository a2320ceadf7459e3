"""`/recs`: for a contact what their body owes, for anyone else the live recommendations."""

from bot.domain import lookups
from bot.domain.people import Occasion
from bot.domain.typed.requests import Overview
from bot.operations import overview as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import mine
from bot.rendering.blocks import overview as blocks
from bot.rendering.screen import Screen


def overview(desk: Desk, occasion: Occasion, asked: Overview) -> Screen:
    found = operation.overview(desk.store, occasion, asked.page)
    return mine.mine(found) if isinstance(found, lookups.Mine) else blocks.overview(found)
