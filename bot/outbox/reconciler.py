"""Finding out whether a message was posted, by looking for it where it would stand; or asking a person."""

import logging
from collections.abc import Callable, Iterable

from bot.domain.messages.delivery import BEFORE_START, FROM_HISTORY, NOT_FOUND, Delivery, Outbox, Outcome
from bot.domain.messages.delivery_state import DeliveryState
from bot.outbox.channel_history import History, MessagePlace, Page, Unreadable
from bot.outbox.ledger import DeliveryLedger
from bot.outbox.poster import NotOpened, Poster, ReaderHasLeft
from bot.outbox.unconfirmed_sends import Finding, UnconfirmedSends
from bot.runtime.clock import Clock

log = logging.getLogger(__name__)

_NO_PARENT = "no_parent"
# Slack's codes for a history that recbot may not read although it may post there.
_NOT_PERMITTED = ("missing_scope", "unknown_method")


def place_of(poster: Poster, delivery: Delivery, thread_ts: str | None, clock: Clock) -> MessagePlace:
    """Return where a message stands if it was posted. Raises ReaderHasLeft, Unreadable."""
    if delivery.follows is not None and thread_ts is None:
        raise Unreadable(_NO_PARENT, closed=True)
    try:
        channel = poster.channel_of(delivery)
    except NotOpened as not_opened:
        outcome = not_opened.outcome
        is_closed = outcome.state is DeliveryState.BLOCKED
        raise Unreadable(outcome.error, closed=is_closed, wait=outcome.wait) from None
    return MessagePlace(channel, thread_ts, delivery.may_stand_from(clock.real_now()))


class Reconciler:
    """Looks for one unconfirmed message at a time, a page at a step."""

    def __init__(
        self,
        ledger: DeliveryLedger,
        poster: Poster,
        history: History,
        clock: Clock,
        channel_now: Callable[[Delivery], str],
        *,
        was_not_sent: Callable[[Delivery], None],
    ) -> None:
        """Call `was_not_sent` for each message that certainly was not; `channel_now` is as in `Sender`."""
        self._ledger = ledger
        self._poster = poster
        self._history = history
        self._clock = clock
        self._channel_now = channel_now
        self._was_not_sent = was_not_sent
        self._unconfirmed = UnconfirmedSends(clock)

    def watch(self, unconfirmed: Iterable[Delivery]) -> None:
        """Look for these messages from now on, and for no others."""
        self._unconfirmed.watch(unconfirmed)

    def look(self, outbox: Outbox) -> bool:
        """Read one page for one message; False when there is nothing to look for now.

        Raises Busy, OutcomeUnknown."""
        turn = self._unconfirmed.next()
        if turn is None:
            return False
        delivery, cursor = turn
        try:
            thread_ts = outbox.sent_heads.get(delivery.follows or "")
            place = place_of(self._poster, delivery, thread_ts, self._clock)
            page = self._history.page(delivery.key, place, cursor)
        except ReaderHasLeft:
            self._ledger.record_leaver(delivery)
        except Unreadable as unreadable:
            self._record_unreadable(delivery, unreadable)
        else:
            self._record_page(delivery, page)
        return True

    def next_in(self) -> float | None:
        """Return the seconds until the next look; None where nothing is looked for."""
        return self._unconfirmed.next_in()

    def _record_page(self, delivery: Delivery, page: Page) -> None:
        finding = self._unconfirmed.record_page(delivery, page)
        if finding is Finding.POSTED:
            outcome = Outcome(DeliveryState.SENT, ts=min(page.matches), error=FROM_HISTORY)
            if self._ledger.record_outcome(delivery, outcome):
                log.info("%s was posted: it stands in the history", delivery.key)
        elif finding is Finding.NOT_POSTED:
            self._was_not_sent(delivery)
            at_once = 0.0 if delivery.error == BEFORE_START else None
            outcome = Outcome(DeliveryState.DUE, error=NOT_FOUND, wait=at_once)
            if self._ledger.record_outcome(delivery, outcome):
                log.info("%s was not posted before: it is due", delivery.key)

    def _record_unreadable(self, delivery: Delivery, unreadable: Unreadable) -> None:
        reason = unreadable.reason
        is_for_a_person = self._unconfirmed.record_unreadable(delivery, unreadable)
        if not unreadable.closed:
            log.warning("%s could not be looked for (%s)", delivery.key, reason)
        elif self._would_be_refused_too(delivery, reason):
            self._ledger.record_outcome(delivery, Outcome(DeliveryState.BLOCKED, error=reason))
        elif is_for_a_person:
            if self._ledger.ask_coordinators(delivery, reason):
                log.error("a person has to say whether %s was posted (%s)", delivery.key, reason)
        elif delivery.error != reason:
            log.warning("%s cannot be looked for (%s)", delivery.key, reason)
            self._ledger.record_outcome(delivery, Outcome(delivery.state, error=reason))

    def _would_be_refused_too(self, delivery: Delivery, reason: str) -> bool:
        """Tell whether nothing is on its way and posting would fail like reading does. What is to go to
        another channel by now does not wait for this one: a person says whether it stands here."""
        if delivery.error != BEFORE_START or reason in _NOT_PERMITTED:
            return False
        return self._channel_now(delivery) == delivery.channel
