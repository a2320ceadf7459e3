"""A body says how far it is."""

from bot.domain.questions.answers import Recorded
from bot.domain.questions.grammar.requests import Progress
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def progress(store: Store, request: Request, asked: Progress) -> Recorded:
    """Raises BlockedOnWhat, and the refusals of `record`."""
    return record(
        store,
        request,
        UpdateKind.PROGRESS,
        asked.recommendations,
        asked.body,
        lambda addressee: addressee.progress(asked.stage, asked.text),
        text=asked.text,
        no_victim=asked.no_victim,
    )
