"""Asking coordinators whether a message appeared where recbot cannot look, and doing what they say."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.messages.delivery import MISSED, SAID_BY_A_PERSON, Delivery, DeliveryKind, Outcome, Payload
from bot.domain.messages.delivery_state import UNCONFIRMED, DeliveryState
from bot.domain.messages.doubt import Doubt, Settled, Verdict, blocked_key, is_question, question_key
from bot.domain.refusals import NothingToDecide
from bot.domain.register.people import PersonKey, Request
from bot.operations.request import actors
from bot.operations.request.direct_messages import enqueue
from storage import deliveries, people
from storage.database import Connection
from storage.store import Store


@dataclass(frozen=True)
class Notices:
    """What coordinators are told, each given the key of the message: the question about one whose fate is not
    known, and that a digest was not posted."""

    in_doubt: Callable[[Doubt, str], Payload]
    blocked: Callable[[Delivery, str], Payload]


# No message of recbot's reaches anybody while one of these stands: the health paths tell of it.
_NOBODY_IS_REACHED = frozenset(
    ("account_inactive", "ekm_access_denied", "invalid_auth", "token_expired", "token_revoked")
)


def ask(store: Store, seen: Delivery, reason: str, instant: datetime, notices: Notices) -> bool:
    """Hands a message whose fate cannot be found out to the coordinators; False when it had moved on."""
    with store.begin() as connection:
        outcome = Outcome(DeliveryState.NEEDS_HUMAN, error=reason)
        if not deliveries.record_outcome(connection, seen, outcome, None, instant):
            return False
        if is_question(seen.key):
            return True
        doubt = _doubt(connection, store, replace(seen, state=outcome.state, error=reason))
        for coordinator in people.coordinators(connection, store):
            key = question_key(seen.key, coordinator.key.user_id)
            enqueue(
                connection,
                key=key,
                who=coordinator.key,
                payload=notices.in_doubt(doubt, key),
                instant=instant,
            )
        return True


def tell_blocked(
    connection: Connection, store: Store, blocked: Delivery, instant: datetime, notices: Notices
) -> None:
    """Tells each coordinator, once for each digest, that it was not posted and what to do."""
    if blocked.kind is not DeliveryKind.DIGEST or blocked.error in _NOBODY_IS_REACHED:
        return
    for coordinator in people.coordinators(connection, store):
        key = blocked_key(blocked.key, coordinator.key.user_id)
        enqueue(
            connection, key=key, who=coordinator.key, payload=notices.blocked(blocked, key), instant=instant
        )


def decide(store: Store, request: Request, key: str, verdict: Verdict) -> Settled:
    """Decided once, whoever answers how often; whatever settled it first stands.

    Raises NothingToDecide, NotACoordinator."""
    with store.begin() as connection:
        actors.load(connection, store, request).must_coordinate()
        doubted = deliveries.get(connection, key, for_update=True)
        if doubted is None:
            raise NothingToDecide
        if doubted.state not in UNCONFIRMED:
            return Settled(_doubt(connection, store, doubted), again=True)
        outcome = _outcome(doubted, verdict, request.at)
        deliveries.record_outcome(connection, doubted, outcome, None, request.at)
        now = replace(doubted, state=outcome.state, error=outcome.error)
        return Settled(_doubt(connection, store, now), again=False)


def _outcome(doubted: Delivery, verdict: Verdict, instant: datetime) -> Outcome:
    if verdict is Verdict.APPEARED:
        return Outcome(DeliveryState.SENT, error=SAID_BY_A_PERSON)
    if doubted.is_over(instant):
        return Outcome(DeliveryState.SKIPPED, error=MISSED)
    return Outcome(DeliveryState.DUE, error=SAID_BY_A_PERSON)


def _doubt(connection: Connection, store: Store, delivery: Delivery) -> Doubt:
    if not delivery.is_to_a_person:
        return Doubt(delivery)
    reader = people.get(connection, PersonKey(store.home_team, delivery.channel))
    return Doubt(delivery, reader.display_name if reader else "somebody")
