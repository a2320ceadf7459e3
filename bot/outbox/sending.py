"""Sending one delivery: the claim is committed before any network, then one request, then how it ended.

A claim whose process is gone, and an answer that was not heard, leave the delivery unknown: see doubts."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.messages.delivery import (
    BEFORE_START,
    LEFT_BEHIND,
    NOT_FOUND,
    SAID_BY_A_PERSON,
    Delivery,
    DeliveryState,
    Outbox,
    Outcome,
    Payload,
    Sendable,
)
from bot.operations.messages.deliveries import Claimed, RealTime
from bot.outbox.ledger import Ledger
from bot.outbox.poster import Left, NotOpened, Poster
from bot.outbox.watch import Watch
from storage.database import Busy, OutcomeUnknown

log = logging.getLogger(__name__)

# In seconds. A process that was frozen after its claim must not wake up and post.
SEND_WITHIN = 2.0
# The message is out: that it was sent is written as soon as the database is back.
_TRY_AGAIN_AFTER = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)


class Sending:
    """`claim` takes a delivery, with what Slack is to be given, in one commit; None when another was quicker
    or nothing is left to say. `started` is when this process began, a UTC instant of recbot's clock;
    `digest_channel` the channel that digests go to, None where none is set."""

    def __init__(
        self,
        ledger: Ledger,
        poster: Poster,
        claim: Callable[[Delivery], Claimed | None],
        *,
        started: datetime,
        real: RealTime,
        sleep: Callable[[float], None],
        digest_channel: str | None = None,
    ) -> None:
        self._ledger = ledger
        self._poster = poster
        self._claim = claim
        self._started = started
        self._real = real
        self._sleep = sleep
        self._digest_channel = digest_channel
        self._watch = Watch(real.settle)
        self._there_at_start: frozenset[str] = frozenset()
        # By key and channel.
        self._to_be_looked_for: set[tuple[str, str]] = set()
        self._looked_for: set[tuple[str, str]] = set()

    def begin_with(self, outbox: Outbox) -> None:
        """What waits to be sent as this process begins."""
        self._there_at_start = frozenset(delivery.key for delivery in outbox.open)

    def send(self, sendable: Sendable) -> bool:
        """Whether Slack was asked to post it."""
        delivery = sendable.delivery
        if self._may_have_been_sent_before(delivery):
            if self._ledger.settle(delivery, Outcome(DeliveryState.UNKNOWN, error=BEFORE_START)):
                self._to_be_looked_for.add(_place(delivery))
            return False
        if self._digest_channel is not None and delivery.belongs_in_another(self._digest_channel):
            # Only now, when it is known not to stand in the channel that it was made for.
            if self._ledger.move(delivery, self._digest_channel):
                log.info("%s goes to the channel that is set now", delivery.key)
            return False
        try:
            channel = self._poster.channel_of(delivery)
        except Left:
            self._ledger.has_left(delivery)
            log.warning("%s is not posted: its reader has left Slack", delivery.key)
            return False
        except NotOpened as not_opened:
            if self._ledger.settle(delivery, not_opened.outcome):
                log.warning("%s could not be posted (%s)", delivery.key, not_opened.outcome.error)
            return False
        if delivery.is_to_a_person:
            # Kept by the claim, so that it is known where to look for it.
            delivery = replace(delivery, conversation=channel)
        claimed = self._claim(delivery)
        return claimed is not None and self._post(claimed, channel, sendable.thread_ts)

    def was_looked_for(self, delivery: Delivery) -> None:
        """The history does not have it, so it may be sent although it is older than this process."""
        self._looked_for.add(_place(delivery))

    def mark_left_behind(self, outbox: Outbox) -> None:
        for delivery in self._watch.left_behind(outbox.sending, self._real.monotonic()):
            if self._ledger.settle(delivery, Outcome(DeliveryState.UNKNOWN, error=LEFT_BEHIND)):
                log.warning("it is not known whether %s was posted: it will be looked for", delivery.key)

    def next_in(self) -> float | None:
        """Seconds until a claim under watch counts as left behind."""
        return self._watch.next_in(self._real.monotonic())

    def _may_have_been_sent_before(self, delivery: Delivery) -> bool:
        """A database that was restored does not know what was sent after it was copied."""
        place, error = _place(delivery), delivery.error
        if error == SAID_BY_A_PERSON or (error == NOT_FOUND and place in self._to_be_looked_for):
            self._looked_for.add(place)
        if place in self._looked_for:
            return False
        return delivery.key in self._there_at_start or delivery.was_asked_for_before(self._started)

    def _post(self, claimed: Claimed, channel: str, thread_ts: str | None) -> bool:
        delivery = claimed.delivery
        if self._real.monotonic() - claimed.began > SEND_WITHIN:
            log.warning("%s is not posted now: the claim took too long", delivery.key)
            return False
        outcome = self._poster.post(channel, _payload(delivery), thread_ts)
        _tell(delivery, outcome)
        self._settle(delivery, outcome)
        return True

    def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        for pause in (*_TRY_AGAIN_AFTER, None):
            try:
                self._ledger.settle(delivery, outcome)
                return
            except (Busy, OutcomeUnknown):
                if pause is not None:
                    self._sleep(pause * self._real.settle)
        log.error("%s: how its sending ended could not be written", delivery.key)


def _place(delivery: Delivery) -> tuple[str, str]:
    return (delivery.key, delivery.channel)


def _payload(delivery: Delivery) -> Payload:
    if delivery.payload is None:
        raise ValueError("a delivery is rendered before it is sent")
    return delivery.payload


def _tell(delivery: Delivery, outcome: Outcome) -> None:
    if outcome.state is DeliveryState.SENT:
        log.info("%s is posted", delivery.key)
    elif outcome.state is DeliveryState.UNKNOWN:
        log.warning(
            "it is not known whether %s was posted (%s): it will be looked for", delivery.key, outcome.error
        )
    else:
        log.warning("%s could not be posted (%s)", delivery.key, outcome.error)
