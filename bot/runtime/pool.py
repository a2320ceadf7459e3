"""Threads for one kind of work, so that slow work of one kind holds up no other."""

import logging
import threading
import time
from collections.abc import Callable, Hashable

from msgspec import Struct
from msgspec.structs import replace

log = logging.getLogger(__name__)

Work = Callable[[], None]


class QueueFull(Exception):
    """The work was not taken. `of_owner` is True where only its owner has too much waiting."""

    def __init__(self, of_owner: bool) -> None:
        super().__init__("of one owner" if of_owner else "in all")
        self.of_owner = of_owner


class _Piece(Struct, frozen=True, eq=False):
    work: Work
    owner: Hashable | None
    # Not before this instant of the monotonic clock.
    ready_at: float


class Pool:
    """Does pieces of work on `threads` threads, in the order in which they came.

    At most `most` pieces wait, and at most `most_of_owner` of one owner. One owner's are done one at a
    time."""

    def __init__(self, name: str, threads: int, most: int, most_of_owner: int | None = None) -> None:
        self.name = name
        self._size = threads
        self._most = most
        self._most_of_owner = most_of_owner
        self._changed = threading.Condition()
        self._waiting: list[_Piece] = []
        self._busy_owners: set[Hashable] = set()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._is_closing = False

    @property
    def waiting(self) -> int:
        """How many pieces wait, without those under way."""
        return len(self._waiting)

    def submit(self, work: Work, owner: Hashable | None = None, after: float = 0.0) -> None:
        """Have `work` done, not before `after` seconds have passed.

        Raises QueueFull. Where the owner has too much waiting, a piece of theirs that waits for a later time
        is brought forward instead."""
        ready_at = time.monotonic() + after
        with self._changed:
            if self._has_enough_of(owner):
                self._bring_forward(owner, ready_at)
                raise QueueFull(of_owner=True)
            if self._is_closing or len(self._waiting) >= self._most:
                raise QueueFull(of_owner=False)
            self._waiting.append(_Piece(work, owner, ready_at))
            if len(self._waiting) > self._idle and len(self._threads) < self._size:
                # Daemons: a process that has waited long enough for them ends without them.
                name = f"{self.name}-{len(self._threads) + 1}"
                self._threads.append(threading.Thread(target=self._run, name=name, daemon=True))
                self._threads[-1].start()
            self._changed.notify()

    def close(self, until: float, *, begins_more: bool = True) -> bool:
        """Take nothing more, and finish what is under way; what waits too, if it `begins_more`. Return False
        where that is not done by `until`, an instant of the monotonic clock."""
        with self._changed:
            self._is_closing = True
            if not begins_more:
                self._waiting.clear()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        unfinished = sum(thread.is_alive() for thread in self._threads)
        if unfinished:
            log.warning("%s: %s under way and %s waiting are given up", self.name, unfinished, self.waiting)
        return not unfinished

    def _has_enough_of(self, owner: Hashable | None) -> bool:
        if owner is None or self._most_of_owner is None:
            return False
        return sum(piece.owner == owner for piece in self._waiting) >= self._most_of_owner

    def _bring_forward(self, owner: Hashable | None, ready_at: float) -> None:
        numbers = [number for number, piece in enumerate(self._waiting) if piece.owner == owner]
        first = min(numbers, key=lambda number: self._waiting[number].ready_at)
        if ready_at < self._waiting[first].ready_at:
            self._waiting[first] = replace(self._waiting[first], ready_at=ready_at)
            self._changed.notify_all()

    def _run(self) -> None:
        while (piece := self._next()) is not None:
            try:
                piece.work()
            except Exception as error:
                # Nobody waits for what runs here, so the log gets its failure.
                log.error("%s: a piece of work failed: %s", self.name, type(error).__name__)
            finally:
                with self._changed:
                    self._busy_owners.discard(piece.owner)
                    self._changed.notify_all()

    def _next(self) -> _Piece | None:
        """Wait for a piece that can be done now. None when there is nothing more to wait for."""
        with self._changed:
            while True:
                now = time.monotonic()
                free = [piece for piece in self._waiting if piece.owner not in self._busy_owners]
                ready = next((piece for piece in free if piece.ready_at <= now), None)
                if ready is not None:
                    self._waiting.remove(ready)
                    if ready.owner is not None:
                        self._busy_owners.add(ready.owner)
                    return ready
                if self._is_closing and all(piece.ready_at > now for piece in self._waiting):
                    # A closing pool does not wait for pieces whose time has not come.
                    return None
                self._idle += 1
                self._changed.wait(min((piece.ready_at - now for piece in free), default=None))
                self._idle -= 1
