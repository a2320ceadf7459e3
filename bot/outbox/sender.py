"""Sending one delivery: the claim is committed before any network, then one request, then its outcome.

A claim whose process is gone, and an answer that was not heard, leave the delivery unknown: the reconciler
finds out."""

import logging
from collections.abc import Callable

from bot.domain.messages.delivery import (
    ABANDONED,
    BEFORE_START,
    NOT_FOUND,
    SAID_BY_A_PERSON,
    Delivery,
    Outbox,
    Outcome,
    Payload,
    Sendable,
)
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.native_chart import holds_chart, without_chart
from bot.domain.values import replace
from bot.operations.messages.claiming import Claimed
from bot.operations.request.native_charts import NativeCharts
from bot.outbox.abandoned_claims import AbandonedClaims
from bot.outbox.ledger import DeliveryLedger
from bot.outbox.poster import NotOpened, Poster, ReaderHasLeft
from bot.runtime.clock import Clock
from bot.runtime.slack_answers import INVALID_BLOCKS
from storage.database import Busy, OutcomeUnknown

log = logging.getLogger(__name__)

# In seconds. A process that was frozen after its claim must not wake up and post.
SEND_WITHIN = 2.0
# In seconds, between attempts to write the outcome: the message is out, so it is written as soon as the
# database is back.
_PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)


class Sender:
    """Sends one delivery at a time."""

    def __init__(
        self,
        ledger: DeliveryLedger,
        poster: Poster,
        claim: Callable[[Delivery], Claimed | None],
        clock: Clock,
        channel_now: Callable[[Delivery], str],
        charts: NativeCharts,
    ) -> None:
        """Claim deliveries by `claim`, in one commit with what Slack is to be given; it returns None when
        another process was quicker or nothing is left to say. `channel_now` returns the channel in which a
        delivery belongs by the present settings; `charts` knows whether the workspace has Slack's own."""
        self._ledger = ledger
        self._poster = poster
        self._claim = claim
        self._clock = clock
        self._channel_now = channel_now
        self._charts = charts
        self._abandoned_claims = AbandonedClaims(clock)
        # When this process began, a UTC instant of recbot's clock.
        self._started = clock.now()
        self._there_at_start: frozenset[str] = frozenset()  # keys
        # By key and channel: those to be looked for before they are sent, and those that may be sent now.
        self._to_be_looked_for: set[tuple[str, str]] = set()
        self._may_be_sent: set[tuple[str, str]] = set()

    def begin_with(self, outbox: Outbox) -> None:
        """Note what waits to be sent as this process begins."""
        self._there_at_start = frozenset(delivery.key for delivery in outbox.open)

    def send(self, sendable: Sendable) -> bool:
        """Take a delivery one step further, and return whether Slack was asked to post it.

        Raises Busy, OutcomeUnknown."""
        delivery = sendable.delivery
        if self._may_have_been_sent_before(delivery):
            if self._ledger.record_outcome(delivery, Outcome(DeliveryState.UNKNOWN, error=BEFORE_START)):
                self._to_be_looked_for.add(_place(delivery))
            return False
        # Only now, when it is known not to stand in the channel that it was made for.
        if (channel_now := self._channel_now(delivery)) != delivery.channel:
            if self._ledger.move(delivery, channel_now):
                log.info("%s goes to the channel that is set now", delivery.key)
            return False
        try:
            channel = self._poster.channel_of(delivery)
        except ReaderHasLeft:
            self._ledger.record_leaver(delivery)
            log.warning("%s is not posted: its reader has left Slack", delivery.key)
            return False
        except NotOpened as not_opened:
            if self._ledger.record_outcome(delivery, not_opened.outcome):
                log.warning("%s could not be posted (%s)", delivery.key, not_opened.outcome.error)
            return False
        if delivery.is_to_a_person:
            # Kept by the claim, so that it is known where to look for it.
            delivery = replace(delivery, conversation=channel)
        claimed = self._claim(delivery)
        return claimed is not None and self._post(claimed, channel, sendable.thread_ts)

    def may_send(self, delivery: Delivery) -> None:
        """Note that no history has a message: it may be sent although it is older than this process."""
        self._may_be_sent.add(_place(delivery))

    def give_up_abandoned(self, outbox: Outbox) -> None:
        """Have those looked for that a process claimed and left. Raises Busy, OutcomeUnknown."""
        for delivery in self._abandoned_claims.among(outbox.sending):
            if self._ledger.record_outcome(delivery, Outcome(DeliveryState.UNKNOWN, error=ABANDONED)):
                log.warning("it is not known whether %s was posted: it will be looked for", delivery.key)

    def next_in(self) -> float | None:
        """Return the seconds until a claim counts as abandoned; None where none is being sent."""
        return self._abandoned_claims.next_in()

    def _may_have_been_sent_before(self, delivery: Delivery) -> bool:
        """Tell whether to look for it first: a restored database does not know what was sent after it was
        copied."""
        place, error = _place(delivery), delivery.error
        if error == SAID_BY_A_PERSON or (error == NOT_FOUND and place in self._to_be_looked_for):
            self._may_be_sent.add(place)
        if place in self._may_be_sent:
            return False
        return delivery.key in self._there_at_start or delivery.was_requested_before(self._started)

    def _post(self, claimed: Claimed, channel: str, thread_ts: str | None) -> bool:
        delivery = claimed.delivery
        if self._clock.monotonic() - claimed.began > SEND_WITHIN:
            log.warning("%s is not posted now: the claim took too long", delivery.key)
            return False
        payload = _payload(delivery)
        if not self._charts.may_be_tried(self._clock.monotonic()):
            payload = without_chart(payload)
        outcome = self._poster.post(channel, payload, thread_ts)
        if outcome.error == INVALID_BLOCKS and holds_chart(payload):
            # A plain no: it is sent again without the chart, as another request.
            self._charts.were_refused(self._clock.monotonic())
            outcome = replace(outcome, state=DeliveryState.DUE)
        _log_outcome(delivery, outcome)
        self._record_outcome(delivery, outcome)
        return True

    def _record_outcome(self, delivery: Delivery, outcome: Outcome) -> None:
        for pause in (*_PAUSES, None):
            try:
                self._ledger.record_outcome(delivery, outcome)
                return
            except (Busy, OutcomeUnknown):
                if pause is not None:
                    self._clock.sleep(self._clock.scaled(pause))
        log.error("%s: how its sending ended could not be written", delivery.key)


def _place(delivery: Delivery) -> tuple[str, str]:
    return (delivery.key, delivery.channel)


def _payload(delivery: Delivery) -> Payload:
    if delivery.payload is None:
        raise ValueError("a delivery is rendered before it is sent")
    return delivery.payload


def _log_outcome(delivery: Delivery, outcome: Outcome) -> None:
    if outcome.state is DeliveryState.SENT:
        log.info("%s is posted", delivery.key)
    elif outcome.state is DeliveryState.UNKNOWN:
        log.warning(
            "it is not known whether %s was posted (%s): it will be looked for", delivery.key, outcome.error
        )
    else:
        log.warning("%s could not be posted (%s)", delivery.key, outcome.error)
