"""A body says when it expects to be done."""

from bot.domain.questions.grammar.typed_recordings import Expect
from bot.domain.questions.receipts import Recorded
from bot.domain.register.people import Request
from bot.domain.register.update import UpdateKind
from bot.operations.recording.recording import record
from storage.store import Store


def expect(store: Store, request: Request, command: Expect) -> Recorded:
    """Record the day. Raises NothingToExpect, ExpectedInThePast, and the refusals of `record`."""
    return record(
        store,
        request,
        UpdateKind.EXPECTED,
        command.recommendations,
        command.body,
        lambda addressee, _: addressee.expect(command.on, command.reason, request.today),
        text=command.reason,
        no_victim=command.no_victim,
    )
