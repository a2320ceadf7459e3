"""`/recs redact 137: wrong person`: shows what would be erased, and erases it when confirmed."""

from bot.domain.questions.grammar.requests import Redact
from bot.domain.register.people import Request
from bot.operations.recording import redact as operation
from bot.operations.request.context import Services
from bot.rendering.blocks.recording import redact as blocks
from bot.rendering.screen import Screen


def redact(services: Services, request: Request, asked: Redact) -> Screen:
    if asked.ground is None or not asked.confirmed:
        return blocks.would_erase(operation.look(services.store, request, asked.seq, asked.ground))
    done = operation.redact(services.store, request, asked.seq, asked.ground, blocks.message_without)
    # The schedule does what is owed now, whatever becomes of this process: files, posts and Homes.
    services.digest.wake()
    return blocks.erased(done)
