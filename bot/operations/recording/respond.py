"""A body says whether it accepts a recommendation."""

from bot.domain.questions.answers import Recorded
from bot.domain.questions.grammar.requests import Respond
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def respond(store: Store, request: Request, asked: Respond) -> Recorded:
    """Raises ReasonRequired, MayIdentify, and the refusals of `finding` and `recording`."""
    return record(
        store,
        request,
        UpdateKind.RESPONSE,
        asked.recommendations,
        asked.body,
        asked.reason,
        lambda addressee: addressee.respond(asked.answer, asked.reason),
        changes=must_identify_nobody(asked.reason, confirmed=asked.no_victim),
    )
