"""Asking coordinators whether a message appeared where recbot cannot look, and recording what they say."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from bot.domain.messages.delivery import MISSED, SAID_BY_A_PERSON, Delivery, Outcome, Payload
from bot.domain.messages.delivery_state import UNCONFIRMED, DeliveryState
from bot.domain.messages.doubt import Decided, Doubt, Verdict, blocked_key, is_question, question_key
from bot.domain.refusals.deadlines import NothingToDecide
from bot.domain.register.people import PersonKey, Request
from bot.domain.values import replace
from bot.operations.request import actors
from bot.operations.request.direct_messages import enqueue
from storage import deliveries, people
from storage.database import Connection
from storage.store import Store


class Notices(Struct, frozen=True):
    """What words the messages to coordinators; each is given the key of the message that it words."""

    in_doubt: Callable[[Doubt, str], Payload]  # the question whether a message appeared
    blocked: Callable[[Delivery, str], Payload]  # that what goes to a channel was not posted


# While Slack answers with one of these, no message of recbot's reaches anybody: the health paths tell of it.
_NOBODY_IS_REACHED = frozenset(
    ("account_inactive", "ekm_access_denied", "invalid_auth", "token_expired", "token_revoked")
)


def ask(store: Store, seen: Delivery, reason: str, instant: datetime, notices: Notices) -> bool:
    """Ask each coordinator whether a message appeared; `reason` is why recbot cannot look. False when the
    delivery had moved on. Raises Busy, OutcomeUnknown."""
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
                person=coordinator.key,
                payload=notices.in_doubt(doubt, key),
                instant=instant,
            )
        return True


def tell_blocked(
    connection: Connection, store: Store, blocked: Delivery, instant: datetime, notices: Notices
) -> None:
    """Tell each coordinator, once for each digest and for what a channel follows, that it was not posted and
    what to do."""
    if not blocked.kind.facts.is_missed_by_many or blocked.error in _NOBODY_IS_REACHED:
        return
    for coordinator in people.coordinators(connection, store):
        key = blocked_key(blocked.key, coordinator.key.user_id)
        enqueue(
            connection,
            key=key,
            person=coordinator.key,
            payload=notices.blocked(blocked, key),
            instant=instant,
        )


def decide(store: Store, request: Request, key: str, verdict: Verdict) -> Decided:
    """Record what a coordinator says of a message. The first decision stands, whoever answers how often.

    Raises NothingToDecide, NotACoordinator."""
    with store.begin() as connection:
        actors.load(connection, store, request).must_coordinate()
        unconfirmed = deliveries.get(connection, key, for_update=True)
        if unconfirmed is None:
            raise NothingToDecide
        if unconfirmed.state not in UNCONFIRMED:
            return Decided(_doubt(connection, store, unconfirmed), before_this_answer=True)
        outcome = _outcome(unconfirmed, verdict, request.instant)
        deliveries.record_outcome(connection, unconfirmed, outcome, None, request.instant)
        answered_delivery = replace(unconfirmed, state=outcome.state, error=outcome.error)
        return Decided(_doubt(connection, store, answered_delivery), before_this_answer=False)


def _outcome(unconfirmed: Delivery, verdict: Verdict, instant: datetime) -> Outcome:
    if verdict is Verdict.APPEARED:
        return Outcome(DeliveryState.SENT, error=SAID_BY_A_PERSON)
    if unconfirmed.is_over(instant):
        return Outcome(DeliveryState.SKIPPED, error=MISSED)
    return Outcome(DeliveryState.DUE, error=SAID_BY_A_PERSON)


def _doubt(connection: Connection, store: Store, delivery: Delivery) -> Doubt:
    if not delivery.is_to_a_person:
        return Doubt(delivery)
    reader = people.get(connection, PersonKey(store.home_team, delivery.channel))
    return Doubt(delivery, reader.display_name if reader else "somebody")
