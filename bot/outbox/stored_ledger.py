"""The ledger in the database: each step is one transaction."""

from datetime import datetime, timedelta

from bot.domain.messages.delivery import MISSED, Delivery, Outbox, Outcome, Sendable
from bot.domain.messages.delivery_state import WAITING, DeliveryState
from bot.domain.values import replace
from bot.operations.messages import doubt
from bot.operations.messages.doubt import Notices
from bot.runtime.clock import Clock
from storage import deliveries, people, redaction
from storage.store import Store

# In seconds after a message was sent: when it is swept for duplicates.
SWEEPS = (60.0, 600.0, 3600.0)
# In seconds: for how long a sweep belongs to whoever took it.
_SWEEP_TAKES = 60.0
# Slack's code for a reader who is deactivated.
_LEFT = "user_disabled"


class StoredLedger:
    """Implements `Ledger`. `notices` word what coordinators are told."""

    def __init__(self, store: Store, clock: Clock, notices: Notices) -> None:
        self._store = store
        self._clock = clock
        self._notices = notices

    def outbox(self) -> Outbox:
        with self._store.reading() as connection:
            return deliveries.outbox(connection)

    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        """Write how a sending ended, and tell coordinators of what goes to a channel and is blocked."""
        now = self._clock.now()
        with self._store.begin() as connection:
            if outcome.state is DeliveryState.SENT and outcome.ts is not None:
                sweep_at = self._clock.real_after(SWEEPS[0])
                is_new = deliveries.record_sent(
                    connection, seen.key, outcome.ts, now, sweep_at, outcome.error
                )
                # Words may have been erased while Slack was given them.
                redaction.mark_unedited(connection, seen.key)
                return is_new
            if not deliveries.record_outcome(connection, seen, outcome, self._not_before(seen, outcome), now):
                return False
            if outcome.state is DeliveryState.BLOCKED:
                blocked = replace(seen, error=outcome.error)
                doubt.tell_blocked(connection, self._store, blocked, now, self._notices)
            return True

    def move(self, unsent: Delivery, channel: str) -> bool:
        if unsent.state not in WAITING:
            return False
        with self._store.begin() as connection:
            return deliveries.move(connection, unsent, channel, self._clock.now())

    def pass_over(self, too_late: Delivery) -> bool:
        """Give up a delivery; why it waited stays with it."""
        outcome = Outcome(DeliveryState.SKIPPED, error=too_late.error or MISSED)
        with self._store.begin() as connection:
            return deliveries.record_outcome(connection, too_late, outcome, None, self._clock.now())

    def ask_coordinators(self, seen: Delivery, reason: str) -> bool:
        return doubt.ask(self._store, seen, reason, self._clock.now(), self._notices)

    def record_leaver(self, unsent: Delivery) -> None:
        outcome = Outcome(DeliveryState.SKIPPED, error=_LEFT)
        with self._store.begin() as connection:
            people.mark_left(connection, unsent.channel)
            deliveries.record_outcome(connection, unsent, outcome, None, self._clock.now())

    def next_sweep(self) -> Sendable | None:
        with self._store.reading() as connection:
            delivery = deliveries.next_sweep(connection)
            if delivery is None:
                return None
            head = deliveries.get(connection, delivery.follows) if delivery.follows else None
            return Sendable(delivery, head.ts if head else None)

    def take_sweep(self, seen: Delivery) -> bool:
        until = self._clock.real_after(_SWEEP_TAKES)
        with self._store.begin() as connection:
            return deliveries.take_sweep(connection, seen, until)

    def record_sweep(self, seen: Delivery, removed: int) -> bool:
        this_one, *later = SWEEPS[seen.sweeps :]
        next_at = self._clock.real_after(later[0] - this_one) if later else None
        with self._store.begin() as connection:
            return deliveries.record_sweep(connection, seen, removed, next_at)

    def _not_before(self, seen: Delivery, outcome: Outcome) -> datetime | None:
        """Return the instant of real time before which it is not tried again, where it is tried again."""
        pause = outcome.pause(seen.attempts)
        if pause is None:
            return None
        # What Slack asks for is not shortened by a test's setting.
        seconds = self._clock.scaled(pause) if outcome.wait is None else outcome.wait
        return self._clock.real_now() + timedelta(seconds=seconds)
