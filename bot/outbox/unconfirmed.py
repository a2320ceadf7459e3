"""When to look for messages of which it is not known whether they were sent, and what is known then."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.messages.delivery import BEFORE_START, Delivery, DeliveryState
from bot.outbox.channel_history import Page

# In seconds. How long Slack may take to finish a request after we hung up, and then to show the message.
SETTLES_WITHIN = 120.0
BETWEEN_READS = 60.0
# After so long without a look into the history a person is asked; it is still tried now and then.
ASKED_AFTER = 600.0
BETWEEN_TRIES_AFTER = 300.0


class Known(Enum):
    """What a page of the history tells: it is there; it is not; or there is more to read, now or later."""

    THERE = auto()
    NOT_THERE = auto()
    NOT_YET = auto()


@dataclass
class _Watched:
    """Readings of the monotonic clock: when to look next, when a first whole read did not find it, and since
    when no look is allowed."""

    delivery: Delivery
    look_at: float
    cursor: str = ""
    missed_at: float | None = None
    closed_since: float | None = None

    @property
    def is_certain_after(self) -> int:
        """How many whole reads have to miss it. What no process sends any more is not on its way either."""
        return 1 if self.delivery.error == BEFORE_START else 2


class UnconfirmedSends:
    """Measures by this process's own monotonic clock since it first saw that a claim is in doubt: no two
    clocks are compared, and after a restart the wait begins anew."""

    def __init__(self, settle: float) -> None:
        self._settle = settle
        self._watched: dict[tuple[str, int], _Watched] = {}

    def watch(self, in_doubt: Iterable[Delivery], monotonic: float) -> None:
        """These, and no others."""
        before, self._watched = self._watched, {}
        for delivery in in_doubt:
            watched = before.get(delivery.claim)
            if watched is None:
                watched = _Watched(delivery, monotonic + self._first_wait(delivery))
            watched.delivery = delivery
            self._watched[delivery.claim] = watched

    def next(self, monotonic: float) -> tuple[Delivery, str] | None:
        """What to look for now, and from which page on."""
        due = [watched for watched in self._watched.values() if watched.look_at <= monotonic]
        if not due:
            return None
        first = min(due, key=lambda watched: watched.look_at)
        return first.delivery, first.cursor

    def next_in(self, monotonic: float) -> float | None:
        """Seconds until the next look."""
        return min((watched.look_at - monotonic for watched in self._watched.values()), default=None)

    def seen(self, doubted: Delivery, page: Page, monotonic: float) -> Known:
        """Takes a page into account."""
        watched = self._watched[doubted.claim]
        watched.closed_since = None
        watched.cursor = page.cursor
        if page.found:
            return Known.THERE
        if page.cursor:
            return Known.NOT_YET
        if watched.is_certain_after == 1 or watched.missed_at is not None:
            return Known.NOT_THERE
        watched.missed_at = monotonic
        watched.look_at = monotonic + BETWEEN_READS * self._settle
        return Known.NOT_YET

    def not_seen(self, doubted: Delivery, *, closed: bool, wait: float | None, monotonic: float) -> bool:
        """Takes into account that the history was not shown; whether a person is to be asked now."""
        watched = self._watched[doubted.claim]
        asked = doubted.state is DeliveryState.NEEDS_HUMAN
        pause = (BETWEEN_TRIES_AFTER if asked else BETWEEN_READS) * self._settle
        watched.look_at = monotonic + (pause if wait is None else wait)
        if wait is None:
            watched.cursor = ""
        if not closed:
            return False
        if watched.closed_since is None:
            watched.closed_since = monotonic
        return not asked and monotonic - watched.closed_since >= ASKED_AFTER * self._settle

    def _first_wait(self, doubted: Delivery) -> float:
        return 0.0 if doubted.error == BEFORE_START else SETTLES_WITHIN * self._settle
