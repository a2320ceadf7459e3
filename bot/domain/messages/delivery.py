"""A delivery: one sending of a message that comes by itself, and how far it has got."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, assert_never

from msgspec import Struct, field

from bot.domain.messages import reminders
from bot.domain.messages.delivery_state import UNCONFIRMED, WAITING, DeliveryState
from bot.domain.messages.slots import Slot

Payload = Mapping[str, Any]

# Why a digest was passed over, where it was not Slack that refused it.
MISSED = "missed"
TOLD_LATER = "told later"
# Why it is not known whether a message was sent: whoever claimed it is gone; or it is older than the start of
# the process that would send it, and the database may be one that was restored from before.
ABANDONED = "left_behind"
BEFORE_START = "before_start"
# Why it is due again: no history has it.
NOT_FOUND = "not_found"
# How it is known that a message was sent, where Slack's own answer was not heard.
FROM_HISTORY = "from_history"
SAID_BY_A_PERSON = "said_by_a_person"

# A message is looked for from so long before it was sent: as far as two clocks may differ, or one jump.
CLOCKS_DIFFER_BY = timedelta(hours=2)


class _KindFacts(Struct, frozen=True):
    is_to_a_person: bool  # whether its channel is a person's id
    keeps_free_words: bool  # whether what is kept of it may hold words that are erased later
    by_calendar: bool  # whether the calendar asks for it, unless somebody does
    is_missed_by_many: bool = False  # whether coordinators are told where Slack refuses it


class DeliveryKind(StrEnum):
    """A digest's first message is what says that there was one; its thread follows it. What somebody shares
    with a channel is kept only so that it is shared once: it counts as sent from the press on."""

    DIGEST = "digest"
    DIGEST_PART = "digest part"
    DIRECT_MESSAGE = "direct message"
    REMINDER = "reminder"
    SHARED = "shared answer"
    WELCOME = "welcome"
    ANNOUNCEMENT = "new report"
    FOLLOWED = "followed"
    FOLLOWED_IN_CHANNEL = "followed in a channel"
    APPROVAL = "approval"

    @cached_property
    def facts(self) -> _KindFacts:
        """All that is known of it, in one table."""
        match self:
            case DeliveryKind.DIGEST | DeliveryKind.FOLLOWED_IN_CHANNEL:
                return _KindFacts(
                    is_to_a_person=False, keeps_free_words=False, by_calendar=True, is_missed_by_many=True
                )
            case DeliveryKind.DIGEST_PART:
                return _KindFacts(is_to_a_person=False, keeps_free_words=False, by_calendar=False)
            case DeliveryKind.DIRECT_MESSAGE | DeliveryKind.APPROVAL:
                return _KindFacts(is_to_a_person=True, keeps_free_words=True, by_calendar=False)
            case DeliveryKind.WELCOME | DeliveryKind.ANNOUNCEMENT | DeliveryKind.FOLLOWED:
                return _KindFacts(is_to_a_person=True, keeps_free_words=False, by_calendar=True)
            case DeliveryKind.REMINDER:
                return _KindFacts(is_to_a_person=True, keeps_free_words=True, by_calendar=True)
            case DeliveryKind.SHARED:
                return _KindFacts(is_to_a_person=False, keeps_free_words=False, by_calendar=False)
            case _:
                assert_never(self)


# In seconds: after a refusal that only a person can end, and after the first try that reached nobody.
_LONGEST_PAUSE = 300.0
_FIRST_PAUSE = 2.0

_BY_HAND = "digest:manual:"


class Delivery(Struct, frozen=True):
    """One message to send, as a row of the outbox. Instants are UTC, of recbot's clock where no other is
    named."""

    key: str  # unique; also in the message's metadata, by which it is recognised in Slack
    kind: DeliveryKind
    slot: Slot  # the minute of London's wall clock for which it was made
    channel: str  # a channel's id, or a person's
    created_at: datetime
    updated_at: datetime
    follows: str | None = None  # the key of the message in whose thread it belongs
    through_seq: int | None = None  # of a digest, or of what is followed: the last update that it tells
    # Of a digest: a hash of what each of its parts says, by the part's name. Of a reminder: the numbers of
    # the updates whose words it repeats, by which it is found once these are to be erased.
    says: Mapping[str, str] = field(default_factory=dict)
    payload: Payload | None = None  # what Slack is given, rendered once; None before that, and once forgotten
    state: DeliveryState = DeliveryState.DUE
    fence: int = 0  # counts the claims, and the moves to another channel
    attempts: int = 0  # counts the claims
    first_send_at: datetime | None = None  # the first claim
    first_real_at: datetime | None = None  # the same, in real time
    not_before: datetime | None = None  # real time: the earliest next attempt
    ts: str | None = None  # Slack's name of the message, once it is known
    error: str = ""  # Slack's code, or a reason of ours; never free text
    sweeps: int = 0  # counts the sweeps for duplicates since it was sent
    sweep_at: datetime | None = None  # real time: the next of them
    conversation: str | None = None  # the id of the direct messages with its reader, once Slack has opened it

    @property
    def claim(self) -> tuple[str, int]:
        """What tells one claim of it from the next."""
        return (self.key, self.fence)

    @property
    def is_to_a_person(self) -> bool:
        """Whether the channel is a person's id."""
        return self.kind.facts.is_to_a_person

    def is_over(self, now: datetime) -> bool:
        """Tell whether it is too late to send it, at a UTC instant."""
        if self.kind is DeliveryKind.REMINDER:
            return reminders.is_over(self.slot, now)
        return self.slot.is_over(now)

    def was_requested_before(self, start: datetime) -> bool:
        """Tell whether the calendar requested it before a UTC instant: then it may have been sent although
        its row is new, since the calendar makes rows anew that a restored database has lost."""
        by_hand = self.key.startswith(_BY_HAND)
        return self.kind.facts.by_calendar and not by_hand and self.slot.instant < start

    def may_stand_from(self, real_now: datetime) -> datetime:
        """Return the earliest UTC instant, by any clock, at which its message can have been posted."""
        claims = [instant for instant in (self.first_send_at, self.first_real_at) if instant is not None]
        return min(claims or [self.slot.instant, self.created_at, real_now]) - CLOCKS_DIFFER_BY

    @property
    def was_late(self) -> bool:
        return self.state is DeliveryState.SENT and self.slot.is_late(self.updated_at)


class Outcome(Struct, frozen=True):
    """How a sending ended."""

    state: DeliveryState
    ts: str | None = None  # Slack's name of the message, where it is known to stand there
    error: str = ""  # Slack's code, or a reason of ours
    wait: float | None = None  # seconds to leave before the next attempt, where Slack said so

    def pause(self, attempts: int) -> float | None:
        """Return the seconds to leave before the next attempt; None when there is none to come."""
        if self.state is DeliveryState.BLOCKED:
            return _LONGEST_PAUSE
        if self.state is DeliveryState.DUE:
            return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(attempts, 10))
        return None


class Sendable(Struct, frozen=True):
    """A delivery, and where it belongs."""

    delivery: Delivery
    thread_ts: str | None  # the ts of the message in whose thread it belongs, if any


class Outbox(Struct, frozen=True):
    """What is still to be sent or to be found out about."""

    open: Sequence[Delivery] = ()  # those whose state is not final
    sent_heads: Mapping[str, str] = field(default_factory=dict)  # by key: the ts of messages that they follow

    def next(self, now: datetime) -> Sendable | None:
        """Return the oldest that may be sent at a UTC instant of real time."""
        for delivery in self._waiting():
            if delivery.not_before is None or delivery.not_before <= now:
                return self._sendable(delivery)
        return None

    def next_at(self) -> datetime | None:
        """Return the instant of real time at which the first that waits for one may be sent."""
        return min((delivery.not_before for delivery in self._waiting() if delivery.not_before), default=None)

    @property
    def sending(self) -> tuple[Delivery, ...]:
        """Those that a process has claimed."""
        return tuple(delivery for delivery in self.open if delivery.state is DeliveryState.SENDING)

    def unconfirmed(self, now: datetime) -> tuple[Delivery, ...]:
        """Return the deliveries to look for, oldest first. Once it is too late to send them, a person's
        answer is waited for, but nothing is looked for any more."""
        to_look_for = (
            delivery
            for delivery in self.open
            if delivery.state in UNCONFIRMED
            and (delivery.state is DeliveryState.UNKNOWN or not delivery.is_over(now))
        )
        return tuple(sorted(to_look_for, key=_in_order))

    def too_late(self, now: datetime) -> tuple[Delivery, ...]:
        """Return the deliveries that have waited until it is too late for them, at a UTC instant."""
        return tuple(
            delivery for delivery in self.open if delivery.state in WAITING and delivery.is_over(now)
        )

    def _waiting(self) -> Iterable[Delivery]:
        """Yield those whose turn it is, oldest first. A part waits for the head to be sent, and for the parts
        before it, so that a thread reads on; but not for a person's answer."""
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
    """Return the key of a message of a digest's thread; `number` counts from 1, which is the head."""
    return f"{head}:part{number}"


def _in_order(delivery: Delivery) -> tuple[datetime, int, str]:
    return (delivery.created_at, len(delivery.key), delivery.key)


# The beginnings of the keys of messages that are about an update, whose number follows.
_ABOUT_AN_UPDATE = (
    "extension-asked",
    "extension-decided",
    "reopened",
    "ask",
    "question-asked",
    "question-answered",
    "approval",
    "approval-decided",
)


def update_named_by(key: str) -> int:
    """Return the number of the update that the key of a delivery names; 0 where it names none."""
    beginning, _, rest = key.partition(":")
    number = rest.partition(":")[0]
    return int(number) if beginning in _ABOUT_AN_UPDATE and number.isascii() and number.isdigit() else 0
