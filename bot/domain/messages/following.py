"""What somebody follows is told once a week, after the digest and on its day, if anything of it changed."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import assert_never

from msgspec import Struct

from bot.domain.messages.digest import Moved, Reported
from bot.domain.messages.slots import GRACE, Slot, next_slot, slots
from bot.domain.register.following import Reader, Subject, SubjectKind
from bot.domain.register.net_changes import Event
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.recommendation import place_of_id

# After the digest, on the same day.
_AFTER_DIGEST = timedelta(minutes=10)
_LAST_OF_DAY = time(23, 59)
# As many have room in one message, each with its button.
MOST_FOLLOWED = 20

# Why a message was passed over: nothing that its reader follows and may read has changed.
NOTHING_CHANGED = "nothing_changed"
# Why it was: its reader may not see the register any more, or follows nothing.
NO_READER = "no_reader"


def slot_after(digest: Slot) -> Slot:
    """Return the slot of what is followed, given that of the digest by the calendar."""
    later = digest.local + _AFTER_DIGEST
    return Slot(min(later, datetime.combine(digest.local.date(), _LAST_OF_DAY)))


def latest_slot(rule: str, now: datetime) -> Slot | None:
    """Return the newest slot that has come by a UTC instant, given the RFC 5545 rule of the digest; None
    where that is longer ago than a message may be late, or there is no rule."""
    if not rule:
        return None
    # The calendar has these slots some minutes before.
    digests = slots(rule, now - GRACE - _AFTER_DIGEST, now)
    come = [slot for slot in map(slot_after, digests) if slot.instant <= now and not slot.is_over(now)]
    return come[-1] if come else None


def coming_slot(rule: str, now: datetime) -> Slot | None:
    """Return the first slot that comes after a UTC instant; None for a rule that has ended, and without
    one."""
    if not rule:
        return None
    digests = [*slots(rule, now - _AFTER_DIGEST, now), next_slot(rule, now)]
    return next((slot for digest in digests if digest and (slot := slot_after(digest)).instant > now), None)


def message_key(reader: Reader, slot: Slot) -> str:
    """Return the key of a reader's one message of a slot."""
    return f"follow:{reader.name}:{slot.name}"


def reader_of(key: str) -> Reader:
    """Return whose message has such a key."""
    return Reader(key.split(":")[1])


def about(subject: Subject, everyone: Collection[PolicingBody]) -> Callable[[Event], bool]:
    """Return what tells whether an event is about a subject, given all bodies that ever were. Who follows a
    body follows those to which its duties pass."""
    match subject.kind:
        case SubjectKind.RECOMMENDATION:
            return lambda event: event.recommendation_id == subject.key
        case SubjectKind.REPORT:
            return lambda event: place_of_id(event.recommendation_id)[0] == subject.key
        case SubjectKind.BODY:
            return _about_body(subject.key, {body.code: body for body in everyone})
        case SubjectKind.REGION:
            codes = {body.code for body in everyone if body.region == subject.key}
        case _:
            assert_never(subject.kind)
    return lambda event: event.body_code in codes


def _about_body(code: str, by_code: Mapping[str, PolicingBody]) -> Callable[[Event], bool]:
    """Return what tells whether an event is about a body, or about what passed from it to another: where
    duties are divided, each heir's share."""

    def is_about(event: Event) -> bool:
        heir: str | None = code
        before: set[str] = set()
        while heir and heir not in before:
            if heir == event.body_code:
                return True
            before.add(heir)
            body = by_code.get(heir)
            heir = body.heir_of(event.recommendation_id) if body else None
        return False

    return is_about


class NamedSubject(Struct, frozen=True):
    """A subject with its name, and as it is typed."""

    subject: Subject
    name: str  # stalking 15; Kent
    typed: str  # what can mean nothing else, as it is typed: stalking 15; body kent


class Channel(Struct, frozen=True):
    """A channel that follows something: its id, and its name without the #, empty where it is not known."""

    id: str
    name: str = ""


class Following(Struct, frozen=True):
    """What somebody asked to follow, or to follow no longer, as it is now."""

    subject: NamedSubject
    channel: Channel | None  # None for the asker's own
    is_followed: bool
    next_slot: Slot | None  # when the next message can come; None where none comes any more


class Followed(Struct, frozen=True):
    """What somebody follows, and what channels follow where they may say so."""

    own: tuple[NamedSubject, ...]
    channels: tuple[tuple[Channel, NamedSubject], ...] = ()
    next_slot: Slot | None = None


class FollowedChanges(Struct, frozen=True):
    """What changed of one subject."""

    subject: NamedSubject
    since: date  # the London date after which it is told
    moved: tuple[Moved, ...]
    notes: int  # counts those that the reader may read
    reported: tuple[Reported, ...] = ()  # by others, who are counted with no body

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.notes or self.reported)


class FollowMessage(Struct, frozen=True):
    """What a reader is told of what they follow."""

    changes: tuple[FollowedChanges, ...]
    channel: Channel | None = None  # None for a person
    late_from: Slot | None = None  # the slot of a message that is posted late


class FollowOutlook(Struct, frozen=True):
    """Who follows anything, for coordinators."""

    people: int  # how many
    channels: tuple[tuple[Channel, tuple[NamedSubject, ...]], ...]
    next_slot: Slot | None
