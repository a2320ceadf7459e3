"""One round of the schedule: what is due is claimed, posted and settled, one delivery at a time."""

import logging
import os
import socket
import time
from collections.abc import Callable
from datetime import datetime

from bot.clock import Clock
from bot.domain.delivery import Delivery, DeliveryKind, DeliveryState, Outbox, Outcome, Payload, Sendable
from bot.domain.reminders import seconds_until_time
from bot.domain.slots import next_slot
from bot.operations import deliveries
from bot.operations import digest as digests
from bot.operations.deliveries import Claimed, RealTime
from bot.operations.digest import DigestPlan, Render
from bot.operations.reminders import has_left
from bot.schedule import reminders
from bot.schedule.poster import Left, Poster
from bot.schedule.watch import Watch
from storage.database import Busy, OutcomeUnknown
from storage.store import Store

log = logging.getLogger(__name__)

# In seconds. A process that was frozen after its claim must not wake up and post.
SEND_WITHIN = 2.0
LONGEST_WAIT = 30.0
# Slack takes about one message a second in a channel.
_BETWEEN_MESSAGES = 1.0
# The message is out: that it was sent is written as soon as the database is back.
_TRY_AGAIN_AFTER = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0)


class Schedule:
    """`owner` tells in the store which process claimed a delivery; several may work on one store."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        plan: DigestPlan,
        render: Render,
        poster: Poster,
        real: RealTime,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._plan = plan
        self._render = render
        self._poster = poster
        self._real = real
        self._sleep = sleep
        self._watch = Watch(real.settle)
        self._owner = f"{socket.gethostname()}:{os.getpid()}"

    def tick(self) -> float:
        """Does at most one sending. Returns in how many seconds it is worth looking again, 0 for at once.

        Raises Busy while the database is away: nothing is sent then."""
        now = self._clock.now()
        digests.record_start(self._store, now)
        digests.note_due(self._store, self._plan, now)
        reminders.note_due(self._store, now)
        outbox = deliveries.outbox(self._store)
        self._mark_left_behind(outbox, now)
        over = outbox.over(now)
        for delivery in over:
            if deliveries.give_up(self._store, delivery, now):
                log.warning("%s is passed over: it could not be posted in time", delivery.key)
        if over:
            return 0
        sendable = outbox.next(self._real.now())
        if sendable is None:
            return self._wait(outbox, now)
        self._send(sendable)
        return _BETWEEN_MESSAGES * self._real.settle

    def _send(self, sendable: Sendable) -> None:
        try:
            channel = self._poster.channel_of(sendable.delivery)
        except Left:
            has_left(self._store, sendable.delivery, self._clock.now())
            log.warning("%s is not posted: its reader has left Slack", sendable.delivery.key)
            return
        claimed = self._claim(sendable.delivery)
        if claimed is None:
            return
        delivery = claimed.delivery
        if self._real.monotonic() - claimed.began > SEND_WITHIN:
            log.warning("%s is not posted now: the claim took too long", delivery.key)
            return
        outcome = self._poster.post(channel, _payload(delivery), sendable.thread_ts)
        _tell(delivery, outcome)
        self._settle(delivery, outcome)

    def _claim(self, delivery: Delivery) -> Claimed | None:
        now = self._clock.now()
        if delivery.kind is DeliveryKind.REMINDER:
            return reminders.claim(self._store, delivery, owner=self._owner, at=now, real=self._real)
        if delivery.payload is not None:
            return deliveries.claim(self._store, delivery, self._owner, now, self._real)
        return digests.claim(
            self._store,
            delivery,
            self._plan,
            self._render,
            owner=self._owner,
            at=now,
            real=self._real,
        )

    def _settle(self, delivery: Delivery, outcome: Outcome) -> None:
        for pause in (*_TRY_AGAIN_AFTER, None):
            try:
                deliveries.settle(self._store, delivery, outcome, self._clock.now(), self._real)
                return
            except (Busy, OutcomeUnknown):
                if pause is not None:
                    self._sleep(pause * self._real.settle)
        log.error("%s: how its sending ended could not be written", delivery.key)

    def _mark_left_behind(self, outbox: Outbox, now: datetime) -> None:
        for delivery in self._watch.left_behind(outbox.sending, self._real.monotonic()):
            outcome = Outcome(DeliveryState.UNKNOWN, error="left_behind")
            if deliveries.settle(self._store, delivery, outcome, now, self._real):
                log.warning("it is not known whether %s was posted: it is not posted again", delivery.key)

    def _wait(self, outbox: Outbox, now: datetime) -> float:
        waits = [LONGEST_WAIT]
        if self._plan.channel is not None and (coming := next_slot(self._plan.rule, now)):
            waits.append((coming.instant - now).total_seconds())
        if (until_reminders := seconds_until_time(now)) is not None:
            waits.append(until_reminders)
        if again := outbox.next_at():
            waits.append((again - self._real.now()).total_seconds())
        watched = self._watch.next_in(self._real.monotonic())
        if watched is not None:
            waits.append(watched)
        return max(0.0, min(waits))


def _payload(delivery: Delivery) -> Payload:
    if delivery.payload is None:
        raise ValueError("a delivery is rendered before it is sent")
    return delivery.payload


def _tell(delivery: Delivery, outcome: Outcome) -> None:
    if outcome.state is DeliveryState.SENT:
        log.info("%s is posted", delivery.key)
    elif outcome.state is DeliveryState.UNKNOWN:
        log.warning(
            "it is not known whether %s was posted (%s): it is not posted again", delivery.key, outcome.error
        )
    else:
        log.warning("%s could not be posted (%s)", delivery.key, outcome.error)
