"""A body says how far it is."""

from bot.domain.questions.answers import Recorded
from bot.domain.questions.grammar.requests import Progress
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def progress(store: Store, request: Request, asked: Progress) -> Recorded:
    """Raises BlockedOnWhat, MayIdentify, and the refusals of `finding` and `recording`."""
    return record(
        store,
        request,
        UpdateKind.PROGRESS,
        asked.recommendations,
        asked.body,
        asked.text,
        lambda addressee: addressee.progress(asked.stage, asked.text),
        changes=must_identify_nobody(asked.text, confirmed=asked.no_victim),
    )
