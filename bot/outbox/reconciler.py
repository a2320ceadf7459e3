"""Finding out whether a message was sent, by looking for it where it would stand; or asking a person."""

import logging
from collections.abc import Callable
from datetime import datetime

from bot.domain.messages.delivery import (
    BEFORE_START,
    FROM_HISTORY,
    NOT_FOUND,
    Delivery,
    DeliveryState,
    Outbox,
    Outcome,
)
from bot.operations.messages.deliveries import RealTime
from bot.outbox.channel_history import History, Page, Place, Unreadable
from bot.outbox.ledger import Ledger
from bot.outbox.poster import Left, NotOpened, Poster
from bot.outbox.unconfirmed import Known, UnconfirmedSends

log = logging.getLogger(__name__)

_NO_PARENT = "no_parent"
_NOT_PERMITTED = ("missing_scope", "unknown_method")


def place_of(poster: Poster, delivery: Delivery, thread_ts: str | None, real: RealTime) -> Place:
    """Where a message stands if it was sent. Raises Left, Unreadable."""
    if delivery.follows is not None and thread_ts is None:
        raise Unreadable(_NO_PARENT, closed=True)
    try:
        channel = poster.channel_of(delivery)
    except NotOpened as not_opened:
        outcome = not_opened.outcome
        is_closed = outcome.state is DeliveryState.BLOCKED
        raise Unreadable(outcome.error, closed=is_closed, wait=outcome.wait) from None
    return Place(channel, thread_ts, delivery.may_stand_from(real.now()))


class Reconciler:
    """`was_looked_for` is told of what certainly was not sent; `digest_channel` is where digests go, None
    where no channel is set."""

    def __init__(
        self,
        ledger: Ledger,
        poster: Poster,
        history: History,
        was_looked_for: Callable[[Delivery], None],
        *,
        real: RealTime,
        digest_channel: str | None = None,
    ) -> None:
        self._ledger = ledger
        self._poster = poster
        self._history = history
        self._was_looked_for = was_looked_for
        self._real = real
        self._digest_channel = digest_channel
        self._doubts = UnconfirmedSends(real.settle)

    def watch(self, outbox: Outbox, now: datetime) -> None:
        """`now` is an instant of recbot's clock."""
        self._doubts.watch(outbox.in_doubt(now), self._real.monotonic())

    def look(self, outbox: Outbox) -> bool:
        """Reads one page for one message; False when there is nothing to look for now."""
        turn = self._doubts.next(self._real.monotonic())
        if turn is None:
            return False
        doubted, cursor = turn
        try:
            thread_ts = outbox.sent_heads.get(doubted.follows or "")
            place = place_of(self._poster, doubted, thread_ts, self._real)
            page = self._history.page(doubted.key, place, cursor)
        except Left:
            self._ledger.has_left(doubted)
        except Unreadable as unreadable:
            self._could_not_read(doubted, unreadable)
        else:
            self._read(doubted, page)
        return True

    def next_in(self) -> float | None:
        """Seconds until the next look."""
        return self._doubts.next_in(self._real.monotonic())

    def _read(self, doubted: Delivery, page: Page) -> None:
        known = self._doubts.seen(doubted, page, self._real.monotonic())
        if known is Known.THERE:
            outcome = Outcome(DeliveryState.SENT, ts=min(page.found), error=FROM_HISTORY)
            if self._ledger.settle(doubted, outcome):
                log.info("%s was posted: it stands in the history", doubted.key)
        elif known is Known.NOT_THERE:
            self._was_looked_for(doubted)
            at_once = 0.0 if doubted.error == BEFORE_START else None
            if self._ledger.settle(doubted, Outcome(DeliveryState.DUE, error=NOT_FOUND, wait=at_once)):
                log.info("%s was not posted before: it is due", doubted.key)

    def _waits_for_its_channel(self, doubted: Delivery, reason: str) -> bool:
        """What is to go to another channel waits for none: a person says whether it stands in this one."""
        if doubted.error != BEFORE_START or reason in _NOT_PERMITTED:
            return False
        return not doubted.belongs_in_another(self._digest_channel)

    def _could_not_read(self, doubted: Delivery, unreadable: Unreadable) -> None:
        reason = unreadable.reason
        to_be_asked = self._doubts.not_seen(
            doubted, closed=unreadable.closed, wait=unreadable.wait, monotonic=self._real.monotonic()
        )
        if not unreadable.closed:
            log.warning("%s could not be looked for (%s)", doubted.key, reason)
        elif self._waits_for_its_channel(doubted, reason):
            # Where nothing can be read, nothing would be posted either; and nothing is on its way.
            self._ledger.settle(doubted, Outcome(DeliveryState.BLOCKED, error=reason))
        elif to_be_asked:
            if self._ledger.ask(doubted, reason):
                log.error("a person has to say whether %s was posted (%s)", doubted.key, reason)
        elif doubted.error != reason:
            log.warning("%s cannot be looked for (%s)", doubted.key, reason)
            self._ledger.settle(doubted, Outcome(doubted.state, error=reason))
