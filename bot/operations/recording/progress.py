"""A body says how far it is."""

from bot.domain.questions.answers import Recorded
from bot.domain.questions.grammar.typed_commands import Progress
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def progress(store: Store, request: Request, command: Progress) -> Recorded:
    """Record the progress. Raises BlockedOnWhat, and the refusals of `record`."""
    return record(
        store,
        request,
        UpdateKind.PROGRESS,
        command.recommendations,
        command.body,
        lambda addressee: addressee.progress(command.stage, command.text),
        text=command.text,
        details=command.details,
        no_victim=command.no_victim,
    )
