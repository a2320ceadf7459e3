"""A body says whether it accepts a recommendation."""

from bot.domain.questions.grammar.typed_recordings import Respond
from bot.domain.questions.receipts import Recorded
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def respond(store: Store, request: Request, command: Respond) -> Recorded:
    """Record the response. Raises ReasonRequired, and the refusals of `record`."""
    return record(
        store,
        request,
        UpdateKind.RESPONSE,
        command.recommendations,
        command.body,
        lambda addressee, _: addressee.respond(command.answer, command.reason),
        text=command.reason,
        details=command.details,
        no_victim=command.no_victim,
    )
