"""The order of work on the deliveries: first send what may go, then look for what is unconfirmed, then look
for duplicates of what was sent."""

import logging
from collections.abc import Callable

from bot.domain.messages.delivery import Delivery, Outbox
from bot.domain.messages.delivery_state import DeliveryState
from bot.operations.messages.claiming import Claimed
from bot.operations.request.native_charts import NativeCharts
from bot.outbox.channel_history import History
from bot.outbox.duplicate_sweeper import DuplicateSweeper
from bot.outbox.ledger import DeliveryLedger
from bot.outbox.poster import Poster
from bot.outbox.reconciler import Reconciler
from bot.outbox.sender import Sender
from bot.runtime.clock import Clock

log = logging.getLogger(__name__)

# In seconds: Slack takes about one message a second in a channel.
_BETWEEN_MESSAGES = 1.0
_OUTCOME_NOT_KNOWN_YET = (DeliveryState.SENDING, DeliveryState.UNKNOWN)


class Dispatcher:
    """Does one process's work on a ledger that others may work on too."""

    def __init__(
        self,
        ledger: DeliveryLedger,
        poster: Poster,
        history: History,
        claim: Callable[[Delivery], Claimed | None],
        clock: Clock,
        *,
        channel_now: Callable[[Delivery], str],
        charts: NativeCharts | None = None,
    ) -> None:
        """Put its parts together; `claim`, `channel_now` and `charts` are as in `Sender`."""
        self._ledger = ledger
        self._clock = clock
        self._sender = Sender(ledger, poster, claim, clock, channel_now, charts or NativeCharts())
        self._reconciler = Reconciler(
            ledger, poster, history, clock, channel_now, was_not_sent=self._sender.may_send
        )
        self._sweeper = DuplicateSweeper(ledger, poster, history, clock)
        self._has_begun = False
        # Both as of the last step. Whether the outcome of all that was sent is known:
        self.is_at_rest = False
        # Whether nothing waits that could be sent at once:
        self.has_sent_all = False

    def begin(self) -> None:
        """Note, the first time, what waits already: some of it may have been sent."""
        if not self._has_begun:
            self._sender.begin_with(self._ledger.outbox())
            self._has_begun = True

    def step(self) -> float:
        """Do at most one thing. Return in how many seconds it is worth looking again, 0 for at once.

        Raises Busy, OutcomeUnknown."""
        now, outbox = self._clock.now(), self._ledger.outbox()
        self.is_at_rest = not any(delivery.state in _OUTCOME_NOT_KNOWN_YET for delivery in outbox.open)
        sendable = outbox.next(self._clock.real_now())
        self.has_sent_all = sendable is None
        self._sender.give_up_abandoned(outbox)
        self._reconciler.watch(outbox.unconfirmed(now))
        if too_late := outbox.too_late(now):
            self._pass_over(too_late)
            return 0
        if sendable:
            return self._clock.scaled(_BETWEEN_MESSAGES) if self._sender.send(sendable) else 0
        if self._reconciler.look(outbox) or self._sweeper.sweep():
            return 0
        return self._wait(outbox)

    def _pass_over(self, too_late: tuple[Delivery, ...]) -> None:
        for delivery in too_late:
            if self._ledger.pass_over(delivery):
                log.warning("%s is passed over: it could not be posted in time", delivery.key)

    def _wait(self, outbox: Outbox) -> float:
        waits = [self._sender.next_in(), self._reconciler.next_in(), self._sweeper.next_in()]
        if next_at := outbox.next_at():
            waits.append((next_at - self._clock.real_now()).total_seconds())
        return max(0.0, min((wait for wait in waits if wait is not None), default=float("inf")))
