"""`/recs help`, `/recs help accept`: what can be typed."""

from bot.domain.people import Occasion
from bot.domain.typed.requests import Help
from bot.domain.typed.verbs import VERB_OF, VERBS
from bot.operations import help as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import help as blocks
from bot.rendering.screen import Screen


def help(desk: Desk, occasion: Occasion, asked: Help) -> Screen:
    asking = operation.asking(desk.store, occasion)
    if asked.verb is None:
        return blocks.everything(asking, VERBS)
    return blocks.one_verb(asking, VERB_OF[asked.verb])
