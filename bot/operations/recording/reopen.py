"""A coordinator finds that it is not complete after all; the body's contacts are told."""

from collections.abc import Callable

from bot.domain.messages.delivery import Payload
from bot.domain.questions.answers import Recorded
from bot.domain.questions.grammar.requests import Reopen
from bot.domain.register.addressee import Addressee
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Membership, Request, Role
from bot.domain.register.recommendation import Recommendation
from bot.domain.register.reopening import Reopening
from bot.domain.register.update import Update, UpdateKind
from bot.operations.messages.direct_messages import enqueue
from bot.operations.recording.recording import record
from storage import people
from storage.database import Connection
from storage.store import Store


def reopen(
    store: Store, request: Request, asked: Reopen, message: Callable[[Reopening, str], Payload]
) -> Recorded:
    """`message` words what the contacts are told, for the key of its delivery.

    Raises NothingToReopen, ReasonRequired, NotACoordinator, and the refusals of `finding` and `recording`."""
    confirmed = must_identify_nobody(asked.reason, asked.no_victim)

    def tell(
        connection: Connection, recommendation: Recommendation, addressee: Addressee, update: Update
    ) -> None:
        coordinator = people.get(connection, request.who)
        reopening = Reopening(
            seq=update.seq,
            recommendation=recommendation,
            body_name=addressee.body_name,
            by=coordinator.display_name if coordinator else "",
            reason=asked.reason,
        )
        for contact in people.granted(connection, role=Role.CONTACT, body_code=addressee.body_code):
            if contact.membership is not Membership.DEACTIVATED:
                key = f"reopened:{update.seq}:{contact.who.user_id}"
                enqueue(
                    connection, key=key, who=contact.who, payload=message(reopening, key), instant=request.at
                )

    return record(
        store,
        request,
        UpdateKind.REOPEN,
        (asked.recommendation,),
        asked.body,
        asked.reason,
        lambda addressee: addressee.reopen(asked.reason),
        changes=confirmed,
        coordinators_only=True,
        tell=tell,
    )
