"""One commit for several writers: those who wait for their turn go on in the transaction of the one before,
each within a savepoint of their own, and the last of them commits.

Nobody is told that anything was saved before that commit is done (decision 030)."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from storage.fifo_lock import FifoLock
from storage.time_left import seconds_left
from storage.unavailable import Busy, ConnectionLost, OutcomeUnknown, busy_when_away

# A group takes nobody else in after so many members.
MOST_MEMBERS = 64
# In seconds, for a commit that is under way.
_A_MOMENT = 0.1
# By the connection of a group, which has one for its transaction alone.
_LEFT_TO_NEXT: WeakKeyDictionary[Connection, dict[str, Any]] = WeakKeyDictionary()


def left_to_next(connection: Connection) -> dict[str, Any]:
    """Return what the members of a group leave to those after them, for as long as nobody is taken back; of
    a transaction that nobody shares what goes nowhere."""
    return _LEFT_TO_NEXT.get(connection, {})


class CommitGroups:
    """Has the short transactions of one database share their commits. The group that is open is touched only
    by who has the turn, and the turn goes to one who does not join only when it is closed.

    `transaction` begins one, and commits it or takes it back at its end. `next_begins` is told of each member
    that goes on in one. A group takes nobody else in after `longest` seconds, and a member waits for its end
    for `waits_at_most`."""

    def __init__(
        self,
        turns: FifoLock,
        transaction: Callable[[], AbstractContextManager[Connection]],
        *,
        next_begins: Callable[[Connection], None],
        longest: float,
        waits_at_most: float,
    ) -> None:
        self._turns = turns
        self._transaction = transaction
        self._next_begins = next_begins
        self._longest = longest
        self._waits_at_most = waits_at_most
        self._open: _Group | None = None

    @contextmanager
    def member(self) -> Iterator[Connection]:
        """Write in the group that is open, or open one; the caller has taken the turn, to join, and it is
        handed on here. Raises Busy, ConnectionLost, with nothing saved, or OutcomeUnknown."""
        group = self._open
        if group is None:
            try:
                group = self._open = _Group(self._transaction(), self._longest)
            except BaseException:
                self._turns.hand_on()
                raise
        try:
            with busy_when_away(), group.part(self._next_begins):
                yield group.connection
        except BaseException:
            has_ended_it = group.is_over
            self._go_on(group)
            if not has_ended_it:
                # Whoever is refused was told of what the others wrote, and waits until it is saved.
                group.wait(self._seconds_to_wait())
            raise
        self._go_on(group)
        group.wait(self._seconds_to_wait())

    def _seconds_to_wait(self) -> float:
        # What has been written is worth a moment's wait to whoever has no time left, too.
        return min(self._waits_at_most, max(_A_MOMENT, seconds_left()))

    def _go_on(self, group: "_Group") -> None:
        """Leave the group open to the next one who joins; where nobody does, or it is full, commit."""
        if not group.is_over and not group.is_full and self._turns.hand_on_to_joiner():
            return
        self._open = None
        try:
            group.commit()
        finally:
            self._turns.hand_on()


class _Group:
    """One transaction, in which one member after the other writes."""

    def __init__(self, transaction: AbstractContextManager[Connection], longest: float) -> None:
        self._transaction = transaction
        self.connection = transaction.__enter__()
        _LEFT_TO_NEXT[self.connection] = {}
        self._takes_in_until = time.monotonic() + longest
        self._members = 0
        self._ended = threading.Event()
        # What every member is told, where it was not saved.
        self._failure: Exception | None = None

    @property
    def is_full(self) -> bool:
        return self._members >= MOST_MEMBERS or time.monotonic() > self._takes_in_until

    @property
    def is_over(self) -> bool:
        """Whether it was committed, or taken back as a whole."""
        return self._ended.is_set()

    @contextmanager
    def part(self, begins: Callable[[Connection], None]) -> Iterator[None]:
        """Write what is kept if the block ends well, and taken back alone if it does not: the first member's
        together with the transaction, the others' to their savepoint."""
        self._members += 1
        if self._members == 1:
            try:
                yield
            except BaseException as error:
                self._take_back(error)
                raise
            return
        begins(self.connection)
        try:
            # It is released by the commit. Of those of one name the latest counts.
            self._execute("SAVEPOINT member")
            yield
        except BaseException as error:
            self._take_back_to_savepoint(error)
            raise

    def commit(self) -> None:
        """Commit what the members wrote, unless it is over already, and let them know."""
        if self.is_over:
            return
        self._failure = OutcomeUnknown()
        try:
            self._transaction.__exit__(None, None, None)
            self._failure = None
        except (Busy, OutcomeUnknown) as error:
            self._failure = error
        finally:
            self._ended.set()

    def wait(self, seconds: float) -> None:
        """Wait until it is committed. Raises what came of it: Busy, ConnectionLost, OutcomeUnknown."""
        if not self._ended.wait(seconds):
            raise OutcomeUnknown
        if self._failure is not None:
            # Each member raises one of their own: a traceback belongs to one thread.
            raise type(self._failure)(*self._failure.args)

    def _take_back_to_savepoint(self, error: BaseException) -> None:
        left_to_next(self.connection).clear()
        try:
            self._execute("ROLLBACK TO SAVEPOINT member")
            self._execute("RELEASE SAVEPOINT member")
        except SQLAlchemyError:
            # A full disk, a statement that took too long or a lost connection ends the whole transaction.
            self._failure = ConnectionLost("taken back with another's")
            self._take_back(error)

    def _take_back(self, error: BaseException) -> None:
        try:
            self._transaction.__exit__(type(error), error, error.__traceback__)
        finally:
            self._ended.set()

    def _execute(self, statement: str) -> None:
        self.connection.exec_driver_sql(statement)
