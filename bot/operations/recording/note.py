"""A body adds a note; nothing else changes."""

from bot.domain.questions.grammar.typed_recordings import Note
from bot.domain.questions.receipts import Recorded
from bot.domain.refusals.recording import TextRequired
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def note(store: Store, request: Request, command: Note) -> Recorded:
    """Record the note. Raises TextRequired, and the refusals of `record`."""

    def with_text(addressee: Addressee, _: Recommendation) -> Addressee:
        if not command.text:
            raise TextRequired("note", addressee.recommendation_id, addressee.body_name)
        return addressee

    return record(
        store,
        request,
        UpdateKind.NOTE,
        (command.recommendation,),
        command.body,
        with_text,
        text=command.text,
        details=command.details,
        no_victim=command.no_victim,
    )
