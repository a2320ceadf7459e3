"""A file that an answer promises: one for each request, however often it is delivered; where none comes, the
person is told.

The message that tells them is written before anything is made, to be sent after a while, and taken back once
the file is there. So it is sent also where whoever made the file is gone."""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from bot.domain.messages.delivery import Outcome, Payload
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.promised_file import PromisedFile
from bot.domain.refusals.request import TooManyFiles
from bot.domain.register.people import Request
from bot.operations.request.context import Services
from bot.operations.request.direct_messages import enqueue
from bot.runtime.pool import QueueFull
from storage import deliveries
from storage.database import Connection
from storage.store import Store

# In seconds: a file counts as given up after so long without `renew()`.
_GIVEN_UP_AFTER = 600.0
_ARRIVED, _TOLD_OTHERWISE = "arrived", "told otherwise"
# Why a file was refused at once: too many waited, of everybody or of this person.
_NO_ROOM, _NO_ROOM_FOR_THEM = "no room", "no room for one person's"

# Given the key of its delivery.
Render = Callable[[str], Payload]


class PendingFile(Struct, frozen=True):
    """One request promises one of each kind at most. All may raise Busy."""

    services: Services
    request: Request
    promised: PromisedFile

    def make(self, work: Callable[[], None], if_it_does_not_come: Render) -> None:
        """Have the file made, unless the same request was delivered before.

        Raises TooManyFiles, also when the refused request is delivered again."""
        if not self._announce(if_it_does_not_come):
            self._must_have_had_room()
            return
        try:
            self.services.slowly(work, self.request.who)
        except QueueFull as refusal:
            error = _NO_ROOM_FOR_THEM if refusal.of_owner else _NO_ROOM
            with self.services.store.begin() as connection:
                self._record_outcome(connection, Outcome(DeliveryState.SKIPPED, error=error))
            raise TooManyFiles(refusal.of_owner) from None

    def _announce(self, if_it_does_not_come: Render) -> bool:
        """Store the message that the file does not come; False where this request has one already."""
        with self.services.store.begin() as connection:
            return enqueue(
                connection,
                key=self._key,
                person=self.request.who,
                payload=if_it_does_not_come(self._key),
                instant=self.request.instant,
                not_before=self._given_up_at(),
            )

    def _must_have_had_room(self) -> None:
        with self.services.store.reading() as connection:
            delivery = deliveries.get(connection, self._key)
        if delivery is not None and delivery.error in (_NO_ROOM, _NO_ROOM_FOR_THEM):
            raise TooManyFiles(delivery.error == _NO_ROOM_FOR_THEM)

    def renew(self) -> bool:
        """Say that somebody is at work on the file; False where the person has been told that it does not
        come."""
        with self._store.begin() as connection:
            return self._record_outcome(connection, Outcome(DeliveryState.DUE), self._given_up_at())

    def keep(self) -> None:
        """Cancel the message: the file arrived."""
        with self._store.begin() as connection:
            self._record_outcome(connection, Outcome(DeliveryState.SKIPPED, error=_ARRIVED))

    def fail(self, why: Render) -> None:
        """Tell the person at once why the file does not come, unless they have been told."""
        with self._store.begin() as connection:
            if self._record_outcome(connection, Outcome(DeliveryState.SKIPPED, error=_TOLD_OTHERWISE)):
                key = f"{self.promised}:failed:{self.request.key}"
                now = self.services.clock.now()
                enqueue(connection, key=key, person=self.request.who, payload=why(key), instant=now)
        self.services.schedule.wake()

    @property
    def _key(self) -> str:
        return f"{self.promised}:{self.request.key}"

    @property
    def _store(self) -> Store:
        """Nobody waits for what is done after the answer."""
        return self.services.unhurried or self.services.store

    def _given_up_at(self) -> datetime:
        return self.services.clock.real_after(_GIVEN_UP_AFTER)

    def _record_outcome(
        self, connection: Connection, outcome: Outcome, not_before: datetime | None = None
    ) -> bool:
        """Record how it ended; return False, with nothing recorded, where the message is on its way or was
        sent."""
        delivery = deliveries.get(connection, self._key, for_update=True)
        if delivery is None or delivery.state is not DeliveryState.DUE:
            return False
        return deliveries.record_outcome(connection, delivery, outcome, not_before, self.services.clock.now())
