"""A body says how far it is, with a recommendation or with one part of it."""

from bot.domain.questions.grammar.typed_recordings import Progress
from bot.domain.questions.receipts import Recorded
from bot.domain.register.addressee import Addressee
from bot.domain.register.part_states import change_of, must_say_why, with_part
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def progress(store: Store, request: Request, command: Progress) -> Recorded:
    """Record the progress. Raises BlockedOnWhat, ClosedByInspectorate, PartsOpen, NoSuchPart, and the
    refusals of `record`."""
    stage, text, part = command.stage, command.text, command.part

    def moved(addressee: Addressee, recommendation: Recommendation) -> Addressee:
        if part:
            return with_part(addressee, recommendation, part, stage, text)
        must_say_why(addressee, stage, text, recommendation.parts)
        return addressee.progress(stage, text)

    return record(
        store,
        request,
        UpdateKind.PART if part else UpdateKind.PROGRESS,
        command.recommendations,
        command.body,
        moved,
        text=text,
        details=command.details,
        no_victim=command.no_victim,
        changes=lambda before: (change_of(before, part, stage),) if part else (),
    )
