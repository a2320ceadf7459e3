"""A coordinator finds that it is not complete after all; the body's contacts are told."""

from collections.abc import Callable

from bot.domain.messages.delivery import Payload
from bot.domain.questions.grammar.typed_recordings import Reopen
from bot.domain.questions.receipts import Recorded
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.reopening import Reopening
from bot.domain.register.update import Update, UpdateKind
from bot.operations.recording.recording import record
from bot.operations.request.writing import Work
from storage import people
from storage.store import Store


def reopen(
    store: Store, request: Request, command: Reopen, message: Callable[[Reopening, str], Payload]
) -> Recorded:
    """Record the reopening; `message` words what the contacts are told, for the key of its delivery.

    Raises NothingToReopen, ReasonRequired, NotACoordinator, and the refusals of `record`."""

    def tell(work: Work, recommendation: Recommendation, addressee: Addressee, update: Update) -> None:
        reopening = Reopening(
            seq=update.seq,
            recommendation=recommendation,
            body_name=addressee.body_name,
            by=work.actor.person.display_name,
            reason=command.reason,
        )
        for contact in people.active_contacts(work.connection, addressee.body_code):
            key = f"reopened:{update.seq}:{contact.who.user_id}"
            work.tell(contact.who, key, message(reopening, key))

    return record(
        store,
        request,
        UpdateKind.REOPEN,
        (command.recommendation,),
        command.body,
        lambda addressee, _: addressee.reopen(command.reason),
        text=command.reason,
        no_victim=command.no_victim,
        coordinators_only=True,
        tell=tell,
    )
