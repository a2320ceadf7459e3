"""Looking, some time after a message was sent, whether it stands there twice, and removing the later one.

Nothing that recbot does leads there by design, but a process that was frozen for long between its last look
at the clock and its request would."""

import logging
from dataclasses import dataclass, field

from bot.domain.messages.delivery import Sendable
from bot.outbox.channel_history import History, Unreadable
from bot.outbox.ledger import DeliveryLedger
from bot.outbox.poster import Poster, ReaderHasLeft
from bot.outbox.reconciler import place_of
from bot.runtime.clock import Clock

log = logging.getLogger(__name__)


@dataclass
class _Sweep:
    """A sweep that is under way."""

    sent: Sendable  # the message, and the thread that it stands in
    cursor: str = ""  # leads to the next page to read
    matches: set[str] = field(default_factory=set)  # the ts on the pages so far
    not_before: float = 0.0  # by the monotonic clock: when the next page may be read


class DuplicateSweeper:
    """Sweeps one message at a time, a page at a step."""

    def __init__(self, ledger: DeliveryLedger, poster: Poster, history: History, clock: Clock) -> None:
        self._ledger = ledger
        self._poster = poster
        self._history = history
        self._clock = clock
        self._sweep: _Sweep | None = None
        # Seconds until the next sweep is due, as of the last look; None where none is to come.
        self._wait: float | None = None

    def sweep(self) -> bool:
        """Read one page; False when there is nothing to sweep now. Raises Busy, OutcomeUnknown."""
        sweep = self._sweep = self._sweep or self._begin()
        if sweep is None or sweep.not_before > self._clock.monotonic():
            return False
        try:
            self._read_page(sweep)
        except ReaderHasLeft:
            self._end(sweep, 0)
        except Unreadable as unreadable:
            self._postpone(sweep, unreadable)
        return True

    def next_in(self) -> float | None:
        """Return the seconds until there is something to sweep, as of the last look."""
        if self._sweep is not None:
            return max(0.0, self._sweep.not_before - self._clock.monotonic())
        return self._wait

    def _begin(self) -> _Sweep | None:
        self._wait = None
        sent = self._ledger.next_sweep()
        if sent is None or sent.delivery.sweep_at is None:
            return None
        wait = (sent.delivery.sweep_at - self._clock.real_now()).total_seconds()
        if wait > 0:
            self._wait = wait
            return None
        return _Sweep(sent) if self._ledger.take_sweep(sent.delivery) else None

    def _read_page(self, sweep: _Sweep) -> None:
        delivery = sweep.sent.delivery
        place = place_of(self._poster, delivery, sweep.sent.thread_ts, self._clock)
        page = self._history.page(delivery.key, place, sweep.cursor)
        sweep.matches.update(page.matches)
        sweep.cursor = page.cursor
        if not page.cursor:
            self._end(sweep, self._remove_duplicates(sweep, place.channel))

    def _remove_duplicates(self, sweep: _Sweep, channel: str) -> int:
        """Remove all but the message whose ts is known, since its thread is under it; else all but the
        earliest. Return how many were removed."""
        delivery = sweep.sent.delivery
        kept_ts = delivery.ts if delivery.ts in sweep.matches else min(sweep.matches, default=None)
        removed = 0
        for ts in sorted(sweep.matches - {kept_ts}):
            if self._history.remove(channel, ts):
                removed += 1
                log.error("%s stood there twice: the message %s is removed", delivery.key, ts)
        return removed

    def _end(self, sweep: _Sweep, removed: int) -> None:
        self._ledger.record_sweep(sweep.sent.delivery, removed)
        self._sweep = None

    def _postpone(self, sweep: _Sweep, unreadable: Unreadable) -> None:
        log.warning("%s could not be swept (%s)", sweep.sent.delivery.key, unreadable.reason)
        if unreadable.closed:
            self._end(sweep, 0)
        elif unreadable.wait is None:
            # Any process may begin it again once nobody holds it.
            self._sweep = None
        else:
            sweep.not_before = self._clock.monotonic() + unreadable.wait
