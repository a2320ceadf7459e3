"""The order of work on the deliveries: what may go is sent first, then what is in doubt is looked for, then
what was sent is swept."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.domain.messages.delivery import Delivery, DeliveryState, Outbox
from bot.operations.messages.deliveries import Claimed, RealTime
from bot.outbox.channel_history import History
from bot.outbox.duplicate_sweeper import DuplicateSweeper
from bot.outbox.ledger import Ledger
from bot.outbox.poster import Poster
from bot.outbox.reconciler import Reconciler
from bot.outbox.sending import Sending

log = logging.getLogger(__name__)

# Slack takes about one message a second in a channel.
_BETWEEN_MESSAGES = 1.0  # seconds
_STILL_TO_BE_FOUND_OUT = (DeliveryState.SENDING, DeliveryState.UNKNOWN)


class Dispatch:
    """One process's work on a ledger that others may work on too."""

    def __init__(
        self,
        ledger: Ledger,
        poster: Poster,
        history: History,
        claim: Callable[[Delivery], Claimed | None],
        *,
        now: Callable[[], datetime],
        real: RealTime,
        sleep: Callable[[float], None],
        digest_channel: str | None = None,
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._real = real
        self._sending = Sending(
            ledger, poster, claim, started=now(), real=real, sleep=sleep, digest_channel=digest_channel
        )
        self._reconciling = Reconciler(
            ledger,
            poster,
            history,
            self._sending.was_looked_for,
            real=real,
            digest_channel=digest_channel,
        )
        self._sweeping = DuplicateSweeper(ledger, poster, history, real=real)
        self._has_begun = False
        self.is_at_rest = False
        self.has_sent_all = False

    def begin(self) -> None:
        """Looks, the first time, at what waits already: some of it may have been sent."""
        if not self._has_begun:
            self._sending.begin_with(self._ledger.outbox())
            self._has_begun = True

    def step(self) -> float:
        """Does at most one thing, once it has begun. Returns in how many seconds it is worth looking again,
        0 for at once."""
        now, outbox = self._now(), self._ledger.outbox()
        self.is_at_rest = not any(delivery.state in _STILL_TO_BE_FOUND_OUT for delivery in outbox.open)
        sendable = outbox.next(self._real.now())
        self.has_sent_all = sendable is None
        self._sending.mark_left_behind(outbox)
        self._reconciling.watch(outbox, now)
        if over := outbox.over(now):
            self._give_up(over)
            return 0
        if sendable:
            return _BETWEEN_MESSAGES * self._real.settle if self._sending.send(sendable) else 0
        if self._reconciling.look(outbox) or self._sweeping.sweep():
            return 0
        return self._wait(outbox)

    def _give_up(self, over: tuple[Delivery, ...]) -> None:
        for delivery in over:
            if self._ledger.give_up(delivery):
                log.warning("%s is passed over: it could not be posted in time", delivery.key)

    def _wait(self, outbox: Outbox) -> float:
        waits = [self._sending.next_in(), self._reconciling.next_in(), self._sweeping.next_in()]
        if again := outbox.next_at():
            waits.append((again - self._real.now()).total_seconds())
        return max(0.0, min((wait for wait in waits if wait is not None), default=float("inf")))
