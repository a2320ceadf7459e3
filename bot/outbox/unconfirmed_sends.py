"""When to look for unconfirmed messages, and what the pages read so far tell of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.messages.delivery import BEFORE_START, Delivery
from bot.domain.messages.delivery_state import DeliveryState
from bot.outbox.channel_history import Page, Unreadable
from bot.runtime.clock import Clock

# In seconds. Slack may take so long to finish a request after we hung up, and then to show the message:
SHOWN_WITHIN = 120.0
BETWEEN_READS = 60.0
# After so long without a look into the history a person is asked; it is still tried now and then.
ASK_AFTER = 600.0
BETWEEN_READS_WHILE_ASKED = 300.0


class Finding(Enum):
    """What is known of a message after a page was read."""

    POSTED = auto()
    NOT_POSTED = auto()
    NOT_KNOWN_YET = auto()  # there is more to read, now or later


@dataclass
class _Watched:
    """A message that is looked for. Instants are readings of the monotonic clock, in seconds."""

    delivery: Delivery
    look_at: float  # the next look
    cursor: str = ""  # leads to the next page to read
    missed_at: float | None = None  # when a first complete read did not find it
    closed_since: float | None = None  # since when nobody but a person can have the history shown

    @property
    def reads_that_must_miss(self) -> int:
        """Complete reads of the history that must not find the message before it counts as not posted: 1
        after a restart, when no request can be in flight, else 2."""
        return 1 if self.delivery.error == BEFORE_START else 2


class UnconfirmedSends:
    """Measures by this process's own monotonic clock since it first saw that a claim is unconfirmed: no two
    clocks are compared, and after a restart the wait begins anew."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._watched: dict[tuple[str, int], _Watched] = {}  # by claim

    def watch(self, unconfirmed: Iterable[Delivery]) -> None:
        """Watch these claims from now on, and no others."""
        before, self._watched = self._watched, {}
        for delivery in unconfirmed:
            watched = before.get(delivery.claim)
            if watched is None:
                watched = _Watched(delivery, self._clock.monotonic() + self._first_wait(delivery))
            watched.delivery = delivery
            self._watched[delivery.claim] = watched

    def next(self) -> tuple[Delivery, str] | None:
        """Return what to look for now, and the cursor of the page to read; None when that is nothing."""
        now = self._clock.monotonic()
        due = [watched for watched in self._watched.values() if watched.look_at <= now]
        if not due:
            return None
        first = min(due, key=lambda watched: watched.look_at)
        return first.delivery, first.cursor

    def next_in(self) -> float | None:
        """Return the seconds until the next look; None where nothing is watched."""
        now = self._clock.monotonic()
        return min((watched.look_at - now for watched in self._watched.values()), default=None)

    def record_page(self, delivery: Delivery, page: Page) -> Finding:
        """Take a page that was read into account, and return what is known now of its message."""
        watched = self._watched[delivery.claim]
        watched.closed_since = None
        watched.cursor = page.cursor
        if page.matches:
            return Finding.POSTED
        if page.cursor:
            return Finding.NOT_KNOWN_YET
        if watched.reads_that_must_miss == 1 or watched.missed_at is not None:
            return Finding.NOT_POSTED
        watched.missed_at = self._clock.monotonic()
        watched.look_at = watched.missed_at + self._clock.scaled(BETWEEN_READS)
        return Finding.NOT_KNOWN_YET

    def record_unreadable(self, delivery: Delivery, unreadable: Unreadable) -> bool:
        """Take into account that the history was not shown. Return whether to ask a person now."""
        watched, now = self._watched[delivery.claim], self._clock.monotonic()
        is_asked = delivery.state is DeliveryState.NEEDS_HUMAN
        pause = self._clock.scaled(BETWEEN_READS_WHILE_ASKED if is_asked else BETWEEN_READS)
        watched.look_at = now + (pause if unreadable.wait is None else unreadable.wait)
        if unreadable.wait is None:
            watched.cursor = ""
        if not unreadable.closed:
            return False
        if watched.closed_since is None:
            watched.closed_since = now
        return not is_asked and now - watched.closed_since >= self._clock.scaled(ASK_AFTER)

    def _first_wait(self, delivery: Delivery) -> float:
        return 0.0 if delivery.error == BEFORE_START else self._clock.scaled(SHOWN_WITHIN)
