"""One round of the schedule: what is due is noted, and one thing is done that goes over the network."""

import os
import socket
import time
from collections.abc import Callable
from datetime import datetime

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.reminders import seconds_until_time
from bot.domain.messages.slots import next_slot
from bot.operations.messages import deliveries
from bot.operations.messages import digest as digests
from bot.operations.messages.deliveries import Claimed, RealTime
from bot.operations.messages.digest import DigestPlan, Render
from bot.operations.messages.doubt import Notices
from bot.operations.recording.pass_on import pass_on
from bot.outbox import reminders
from bot.outbox.channel_history import History
from bot.outbox.dispatch import Dispatch
from bot.outbox.ledger import StoredLedger
from bot.outbox.poster import Poster
from bot.outbox.upkeep import Upkeep
from bot.runtime.clock import Clock
from storage.store import Store

LONGEST_WAIT = 30.0  # seconds


class Schedule:
    """`owner` tells in the store which process claimed a delivery; several may work on one store."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        plan: DigestPlan,
        render: Render,
        notices: Notices,
        poster: Poster,
        history: History,
        upkeep: Upkeep,
        real: RealTime,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store = store
        self._clock = clock
        self._plan = plan
        self._render = render
        self._upkeep = upkeep
        self._real = real
        self._owner = f"{socket.gethostname()}:{os.getpid()}"
        # Up to when, a UTC instant of recbot's clock, all has gone that may go; None before that is so.
        self.caught_up_at: datetime | None = None
        self._dispatch = Dispatch(
            StoredLedger(store, clock.now, real, notices),
            poster,
            history,
            self._claim,
            now=clock.now,
            real=real,
            sleep=sleep,
            digest_channel=plan.channel,
        )

    def tick(self) -> float:
        """Does at most one thing. Returns in how many seconds it is worth looking again, 0 for at once.

        Raises Busy while the database is away: nothing is sent then."""
        now = self._clock.now()
        self._dispatch.begin()
        digests.record_start(self._store, now)
        pass_on(self._store, now)
        digests.note_due(self._store, self._plan, now)
        reminders.note_due(self._store, now)
        pause = min(self._dispatch.step(), *self._waits(now))
        if self._dispatch.has_sent_all:
            self.caught_up_at = now
        return 0 if pause > 0 and self._upkeep.step(now) else pause

    @property
    def is_at_rest(self) -> bool:
        """Whether, as of the last round, nothing that was sent is still to be found out about."""
        return self._dispatch.is_at_rest

    def _claim(self, delivery: Delivery) -> Claimed | None:
        now = self._clock.now()
        if delivery.kind is DeliveryKind.REMINDER:
            return reminders.claim(self._store, delivery, owner=self._owner, instant=now, real=self._real)
        if delivery.payload is not None:
            return deliveries.claim(self._store, delivery, self._owner, now, self._real)
        return digests.claim(
            self._store,
            delivery,
            self._plan,
            self._render,
            owner=self._owner,
            instant=now,
            real=self._real,
        )

    def _waits(self, now: datetime) -> list[float]:
        """Seconds until the calendar asks for something."""
        waits = [LONGEST_WAIT]
        if self._plan.channel is not None and (coming := next_slot(self._plan.rule, now)):
            waits.append(max(0.0, (coming.instant - now).total_seconds()))
        if (until_reminders := seconds_until_time(now)) is not None:
            waits.append(max(0.0, until_reminders))
        return waits
