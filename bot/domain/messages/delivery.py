"""One sending of something that comes by itself: what it is, and how far it has got."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.messages import reminders
from bot.domain.messages.slots import Slot

Payload = Mapping[str, Any]

# Why a digest was passed over, where it was not Slack that refused it.
MISSED = "missed"
TOLD_LATER = "told later"
# Why it is not known whether a message was sent: whoever claimed it is gone; or it is older than the start of
# the process that would send it, and the database may be one that was restored from before.
LEFT_BEHIND = "left_behind"
BEFORE_START = "before_start"
# Why it is due again: no history has it.
NOT_FOUND = "not_found"
# How it is known that a message was sent, where Slack's own answer was not heard.
FROM_HISTORY = "from_history"
SAID_BY_A_PERSON = "said_by_a_person"

# A message is looked for from so long before it was sent: as far as two clocks may differ, or one jump.
CLOCKS_DIFFER_BY = timedelta(hours=2)


class DeliveryKind(StrEnum):
    """A digest's first message is what says that there was one; its thread follows it. What somebody shares
    with a channel is kept only so that it is shared once: it counts as sent from the press on."""

    DIGEST = "digest"
    DIGEST_PART = "digest part"
    DIRECT_MESSAGE = "direct message"
    REMINDER = "reminder"
    SHARED = "shared answer"


class DeliveryState(StrEnum):
    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    BLOCKED = "blocked"
    SKIPPED = "skipped"
    NEEDS_HUMAN = "needs human"


# In seconds: after a refusal that only a person can end, and after the first try that reached nobody.
_LONGEST_PAUSE = 300.0
_FIRST_PAUSE = 2.0

_BY_HAND = "digest:manual:"

# Whose period counts as told. What a digest in doubt may have told, the next one tells again: a change that
# is told twice does no harm, and one that is told nowhere does.
TOLD = (DeliveryState.SENDING, DeliveryState.SENT)
WAITING = (DeliveryState.DUE, DeliveryState.BLOCKED)
IN_DOUBT = (DeliveryState.UNKNOWN, DeliveryState.NEEDS_HUMAN)
OPEN = (*WAITING, DeliveryState.SENDING, *IN_DOUBT)


@dataclass(frozen=True, slots=True)
class Delivery:
    """`follows` is the key of the message in whose thread this one belongs; `through_seq` the last update
    told; `payload` what Slack is given, rendered once; `fence` counts the claims, and the moves to
    another channel.

    `channel` is a channel's id or a person's. `conversation` is the one with the person, once Slack has
    opened it: there the message stands if it was sent.

    Instants are UTC and of recbot's clock, but for `not_before`, which is a wait's end, and `first_real_at`,
    which is `first_send_at`, both in real time. `error` is Slack's code or a reason of ours, never free text.
    `sweeps` counts how often it was looked for duplicates since it was sent; `sweep_at` is when that comes
    next, in real time."""

    key: str
    kind: DeliveryKind
    slot: Slot
    channel: str
    created_at: datetime
    updated_at: datetime
    follows: str | None = None
    through_seq: int | None = None
    payload: Payload | None = None
    state: DeliveryState = DeliveryState.DUE
    fence: int = 0
    attempts: int = 0
    first_send_at: datetime | None = None
    first_real_at: datetime | None = None
    not_before: datetime | None = None
    ts: str | None = None
    error: str = ""
    sweeps: int = 0
    sweep_at: datetime | None = None
    conversation: str | None = None

    @property
    def claim(self) -> tuple[str, int]:
        """What tells one claim from the next."""
        return (self.key, self.fence)

    @property
    def is_to_a_person(self) -> bool:
        """Whether the channel is a person's id."""
        return self.kind in (DeliveryKind.DIRECT_MESSAGE, DeliveryKind.REMINDER)

    def belongs_in_another(self, digest_channel: str | None) -> bool:
        """Whether it is a digest that was made for another channel than the one that is set now; None where
        none is set."""
        if self.kind is not DeliveryKind.DIGEST or digest_channel is None:
            return False
        return self.channel != digest_channel

    def is_over(self, now: datetime) -> bool:
        """Whether it is too late to send it, at a UTC instant."""
        if self.kind is DeliveryKind.REMINDER:
            return reminders.is_over(self.slot, now)
        return self.slot.is_over(now)

    def was_asked_for_before(self, start: datetime) -> bool:
        """Whether the calendar asked for it before a UTC instant: then it may have been sent, although its
        row is new, since rows of the calendar come again when they are lost."""
        by_hand = self.kind is DeliveryKind.DIGEST and self.key.startswith(_BY_HAND)
        by_calendar = self.kind in (DeliveryKind.DIGEST, DeliveryKind.REMINDER) and not by_hand
        return by_calendar and self.slot.instant < start

    def may_stand_from(self, real_now: datetime) -> datetime:
        """The earliest UTC instant, by whoever's clock, at which its message can have been posted."""
        sent = [at for at in (self.first_send_at, self.first_real_at) if at is not None]
        return min(sent or [self.slot.instant, self.created_at, real_now]) - CLOCKS_DIFFER_BY

    @property
    def was_late(self) -> bool:
        return self.state is DeliveryState.SENT and self.slot.is_late(self.updated_at)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sending ended. `wait` is how many seconds to leave before the next try, where Slack said so."""

    state: DeliveryState
    ts: str | None = None
    error: str = ""
    wait: float | None = None

    def pause(self, attempts: int) -> float | None:
        """Seconds to leave before trying again what Slack has not taken; None when it is not tried again."""
        if self.state is DeliveryState.BLOCKED:
            return _LONGEST_PAUSE
        if self.state is DeliveryState.DUE:
            return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(attempts, 10))
        return None


@dataclass(frozen=True, slots=True)
class Sendable:
    """A delivery whose turn it is; `thread_ts` is the message it belongs under."""

    delivery: Delivery
    thread_ts: str | None


@dataclass(frozen=True, slots=True)
class Outbox:
    """The deliveries that are not settled, and the ts of each message that they follow and that was sent."""

    open: Sequence[Delivery] = ()
    sent_heads: Mapping[str, str] = field(default_factory=dict)

    def next(self, now: datetime) -> Sendable | None:
        """The oldest that may go at a UTC instant of real time."""
        for delivery in self._waiting():
            if delivery.not_before is None or delivery.not_before <= now:
                return self._sendable(delivery)
        return None

    def next_at(self) -> datetime | None:
        """When the first of those that wait for a moment may go."""
        return min((delivery.not_before for delivery in self._waiting() if delivery.not_before), default=None)

    @property
    def sending(self) -> tuple[Delivery, ...]:
        return tuple(delivery for delivery in self.open if delivery.state is DeliveryState.SENDING)

    def in_doubt(self, now: datetime) -> tuple[Delivery, ...]:
        """Those of which it is not known whether they were sent, oldest first; once it is too late to send
        them, a person's answer is waited for, but nothing is looked for any more."""
        deliveries = (delivery for delivery in self.open if delivery.state in IN_DOUBT)
        kept = (
            delivery
            for delivery in deliveries
            if delivery.state is DeliveryState.UNKNOWN or not delivery.is_over(now)
        )
        return tuple(sorted(kept, key=_in_order))

    def over(self, now: datetime) -> tuple[Delivery, ...]:
        """Those that have waited until it is too late for them."""
        return tuple(
            delivery for delivery in self.open if delivery.state in WAITING and delivery.is_over(now)
        )

    def _waiting(self) -> Iterable[Delivery]:
        """A part waits for the head to be sent, and for the parts before it, so that a thread reads on; but
        not for a person's answer."""
        threads_begun: set[str] = set()
        for delivery in sorted(self.open, key=_in_order):
            if delivery.state is DeliveryState.NEEDS_HUMAN:
                continue
            if delivery.follows is not None:
                if delivery.follows in threads_begun or delivery.follows not in self.sent_heads:
                    continue
                threads_begun.add(delivery.follows)
            if delivery.state in WAITING:
                yield delivery

    def _sendable(self, delivery: Delivery) -> Sendable:
        return Sendable(delivery, self.sent_heads[delivery.follows] if delivery.follows else None)


def digest_key(team: str, slot: Slot) -> str:
    return f"digest:{team}:{slot.name}"


def key_by_hand(request_key: str) -> str:
    return f"{_BY_HAND}{request_key}"


def part_key(head: str, number: int) -> str:
    """`number` counts a digest's messages from 1, which is the head."""
    return f"{head}:part{number}"


def _in_order(delivery: Delivery) -> tuple[datetime, int, str]:
    return (delivery.created_at, len(delivery.key), delivery.key)


# The beginnings of the keys of messages that are about an update, whose number follows.
_ABOUT_AN_UPDATE = ("extension-asked", "extension-decided", "reopened", "ask")


def update_named_by(key: str) -> int:
    """The number of the update that the key of a delivery names; 0 where it names none."""
    what, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    return int(number) if what in _ABOUT_AN_UPDATE and number.isascii() and number.isdigit() else 0
