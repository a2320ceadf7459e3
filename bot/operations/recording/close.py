"""The inspectorate has closed a recommendation for a body; a coordinator records where it says so."""

from bot.domain.questions.grammar.typed_recordings import Close
from bot.domain.questions.receipts import Recorded
from bot.domain.register.details import Details
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def close(store: Store, request: Request, command: Close) -> Recorded:
    """Record it from the day of the closing. Raises ClosedByInspectorate, ReasonRequired, GivenInFuture,
    GivenTooEarly, NotACoordinator, and the refusals of `record`."""
    return record(
        store,
        request,
        UpdateKind.CLOSE,
        command.recommendations,
        command.body,
        lambda addressee, _: addressee.close(command.on, command.level, command.source),
        text=command.source,
        details=Details(decided_on=command.on),
        no_victim=command.no_victim,
        coordinators_only=True,
    )
