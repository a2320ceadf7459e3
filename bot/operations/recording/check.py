"""A coordinator agrees that what a body calls complete is complete."""

from bot.domain.questions.grammar.typed_recordings import Check
from bot.domain.questions.receipts import Recorded
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def check(store: Store, request: Request, command: Check) -> Recorded:
    """Record the check. Raises NotComplete, NotACoordinator, and the refusals of `record`."""
    return record(
        store,
        request,
        UpdateKind.CHECK,
        command.recommendations,
        command.body,
        lambda addressee, _: addressee.check(),
        coordinators_only=True,
    )
