"""Looking, some time after a message was sent, whether it stands there twice, and removing the later one.

Nothing that recbot does leads there by design, but a process that was frozen for long between its last look
at the clock and its request would."""

import logging
from dataclasses import dataclass, field

from bot.domain.messages.delivery import Sendable
from bot.operations.messages.deliveries import RealTime
from bot.outbox.channel_history import History, Unreadable
from bot.outbox.ledger import Ledger
from bot.outbox.poster import Left, Poster
from bot.outbox.reconciler import place_of

log = logging.getLogger(__name__)


@dataclass
class _Sweep:
    """One under way: what was found on the pages so far, and which page comes next, not before a reading of
    the monotonic clock."""

    of: Sendable
    cursor: str = ""
    found: set[str] = field(default_factory=set)
    look_at: float = 0.0


class DuplicateSweeper:
    def __init__(self, ledger: Ledger, poster: Poster, history: History, *, real: RealTime) -> None:
        self._ledger = ledger
        self._poster = poster
        self._history = history
        self._real = real
        self._sweep: _Sweep | None = None
        self._wait: float | None = None

    def sweep(self) -> bool:
        """Reads one page; False when there is nothing to sweep now."""
        sweep = self._sweep = self._sweep or self._begin()
        if sweep is None or sweep.look_at > self._real.monotonic():
            return False
        try:
            self._go_on(sweep)
        except Left:
            self._end(sweep, 0)
        except Unreadable as unreadable:
            self._could_not(sweep, unreadable)
        return True

    def next_in(self) -> float | None:
        """Seconds until there is something to sweep, as of the last look."""
        if self._sweep is not None:
            return max(0.0, self._sweep.look_at - self._real.monotonic())
        return self._wait

    def _begin(self) -> _Sweep | None:
        self._wait = None
        coming = self._ledger.next_sweep()
        if coming is None or coming.delivery.sweep_at is None:
            return None
        wait = (coming.delivery.sweep_at - self._real.now()).total_seconds()
        if wait > 0:
            self._wait = wait
            return None
        return _Sweep(coming) if self._ledger.take_sweep(coming.delivery) else None

    def _go_on(self, sweep: _Sweep) -> None:
        place = place_of(self._poster, sweep.of.delivery, sweep.of.thread_ts, self._real)
        page = self._history.page(sweep.of.delivery.key, place, sweep.cursor)
        sweep.found.update(page.found)
        sweep.cursor = page.cursor
        if not page.cursor:
            self._end(sweep, self._remove_duplicates(sweep, place.channel))

    def _remove_duplicates(self, sweep: _Sweep, channel: str) -> int:
        """The one that is known stays, since its thread is under it; else the earliest."""
        delivery = sweep.of.delivery
        stays = delivery.ts if delivery.ts in sweep.found else min(sweep.found, default=None)
        removed = 0
        for ts in sorted(sweep.found - {stays}):
            if self._history.remove(channel, ts):
                removed += 1
                log.error("%s stood there twice: the message %s is removed", delivery.key, ts)
        return removed

    def _end(self, sweep: _Sweep, removed: int) -> None:
        self._ledger.swept(sweep.of.delivery, removed)
        self._sweep = None

    def _could_not(self, sweep: _Sweep, unreadable: Unreadable) -> None:
        log.warning("%s could not be swept (%s)", sweep.of.delivery.key, unreadable.reason)
        if unreadable.closed:
            self._end(sweep, 0)
        elif unreadable.wait is None:
            # Whoever comes first begins it again, when it is free.
            self._sweep = None
        else:
            sweep.look_at = self._real.monotonic() + unreadable.wait
