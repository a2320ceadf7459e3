"""`/recs redact 137: wrong person`: shows what would be erased, and erases it when confirmed."""

import logging

from bot.domain.people import Occasion
from bot.domain.typed.requests import Redact
from bot.operations import redact as operation
from bot.operations.desk import Desk
from bot.rendering.blocks import redact as blocks
from bot.rendering.screen import Screen

log = logging.getLogger(__name__)


def redact(desk: Desk, occasion: Occasion, asked: Redact) -> Screen:
    if asked.ground is None or not asked.confirmed:
        return blocks.would_erase(operation.look(desk.store, occasion, asked.seq, asked.ground))
    done = operation.redact(desk.store, occasion, asked.seq, asked.ground, blocks.message_without)
    desk.chores(lambda: _scrub(desk))
    desk.digest.wake()
    desk.changed(occasion.who, done.update.draft.body_code)
    return blocks.erased(done)


def _scrub(desk: Desk) -> None:
    if not operation.scrub(desk.store):
        log.warning(
            "erased words may still stand in the database's files: run recbot redact without a number"
        )
