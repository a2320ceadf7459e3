"""What is followed: who is due a weekly message, what it says, and who follows anything."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.messages import following
from bot.domain.messages.delivery import Delivery, DeliveryKind, Payload
from bot.domain.messages.delivery_state import WAITING
from bot.domain.messages.following import (
    Channel,
    FollowedChanges,
    FollowMessage,
    FollowOutlook,
    NamedSubject,
)
from bot.domain.refusals.request import CannotSee
from bot.domain.register.following import Reader
from bot.domain.register.net_changes import Event, net_changes
from bot.domain.register.people import Actor, PersonKey, Request
from bot.domain.values import replace
from bot.operations.messages.claiming import Claimed, claim_in
from bot.operations.messages.digest_contents import is_live, moved, reported
from bot.operations.messages.once import make_each_once
from bot.operations.recording.follow import channel_of, named_subjects, of_channels
from bot.operations.request.actors import coordinator_reads
from bot.operations.request.schedule_plan import SchedulePlan
from bot.runtime.clock import Clock
from storage import bodies, chain, deliveries, follows, people, recommendations, updates
from storage.database import Connection
from storage.store import Store

# Words what is followed, given the key of its delivery.
Render = Callable[[FollowMessage, str], Payload]


def note_due(store: Store, plan: SchedulePlan, instant: datetime) -> None:
    """Make a delivery for each reader, once the slot has come. Whether there is anything to tell is read when
    it is sent. Raises Busy."""
    slot = following.latest_slot(plan.rule, instant)
    if slot is None:
        return
    with store.reading() as connection:
        due = [
            Delivery(
                key=following.message_key(reader, slot),
                kind=_kind(reader),
                slot=slot,
                channel=reader.channel,
                created_at=instant,
                updated_at=instant,
            )
            for reader, since in follows.readers(connection).items()
            if since < slot.instant
        ]
    make_each_once(store, due)


def claim(store: Store, seen: Delivery, render: Render, owner: str, clock: Clock) -> Claimed | None:
    """Take a message for sending, read and rendered in the commit of the claim, by what its reader may see
    then. None when another process was quicker, or there is nothing to tell. Raises Busy."""
    instant = clock.now()
    with store.begin() as connection:
        due = deliveries.get(connection, seen.key, for_update=True)
        if due is None or due.state not in WAITING:
            return None
        reader = following.reader_of(due.key)
        actor = _actor(connection, store, reader)
        if reader.person and actor is None:
            deliveries.pass_over(connection, due, following.NO_READER, None, instant)
            return None
        # A second attempt tells the same period as the first, which may turn out to have been posted.
        through = due.through_seq or chain.head(connection)[0]
        changes = _changes(connection, reader, actor, due.kind, through)
        if not changes:
            deliveries.pass_over(connection, due, following.NOTHING_CHANGED, through, instant)
            return None
        message = FollowMessage(
            changes,
            channel=channel_of(connection, reader),
            late_from=due.slot if due.slot.is_late(instant) else None,
        )
        rendered = replace(
            due, payload=render(message, due.key), through_seq=through, conversation=seen.conversation
        )
        return claim_in(connection, rendered, owner, clock)


def outlook(store: Store, request: Request, plan: SchedulePlan) -> FollowOutlook:
    """Return who follows anything. Raises NotACoordinator."""
    with coordinator_reads(store, request) as connection:
        followers = [reader for reader in follows.readers(connection) if reader.person]
        by_channel: dict[Channel, list[NamedSubject]] = {}
        for channel, subject in of_channels(connection):
            by_channel.setdefault(channel, []).append(subject)
        return FollowOutlook(
            people=len(followers),
            channels=tuple((channel, tuple(followed)) for channel, followed in by_channel.items()),
            next_slot=following.coming_slot(plan.rule, request.instant),
        )


def _kind(reader: Reader) -> DeliveryKind:
    return DeliveryKind.FOLLOWED if reader.person else DeliveryKind.FOLLOWED_IN_CHANNEL


def _actor(connection: Connection, store: Store, reader: Reader) -> Actor | None:
    """Return the person with the rights they hold now; None for a channel, and for who may see no more."""
    actor = people.actor(connection, store, reader.person) if reader.person else None
    try:
        if actor:
            actor.must_see()
    except CannotSee:
        return None
    return actor


def _changes(
    connection: Connection, reader: Reader, actor: Actor | None, kind: DeliveryKind, through: int
) -> tuple[FollowedChanges, ...]:
    """Return what changed of each subject since the reader was told, or began to follow it; those alone of
    which somebody else recorded any."""
    last_message = deliveries.last_told_in(connection, kind, reader.channel, following.NOTHING_CHANGED)
    told_through = last_message.through_seq or 0 if last_message else 0
    everyone = bodies.everyone(connection)
    events: dict[int, list[Event]] = {}
    told_changes = []
    followed = follows.followed_by(connection, reader)
    by_subject = {named.subject: named for named in named_subjects(connection, followed)}
    for subject, since_seq in followed.items():
        after = max(told_through, since_seq)
        if after not in events:
            events[after] = updates.events_after(connection, after, through=through)
        concerns = following.about(subject, everyone)
        concerned = [event for event in events[after] if concerns(event)]
        if concerned and not _are_all_by(connection, reader.person, concerned):
            since = (
                last_message.slot.local.date()
                if last_message and after > since_seq
                else _day_of(connection, since_seq)
            )
            told_changes.append(_told_change(connection, by_subject[subject], concerned, actor, since))
    return tuple(changes for changes in told_changes if not changes.is_empty)


def _told_change(
    connection: Connection,
    subject: NamedSubject,
    events: Sequence[Event],
    actor: Actor | None,
    since: date,
) -> FollowedChanges:
    known = recommendations.by_ids(connection, {event.recommendation_id for event in events})
    notes = (event for event in events if event.is_note and is_live(event.recommendation_id, known))
    return FollowedChanges(
        subject=subject,
        since=since,
        moved=moved(connection, net_changes(events), known),
        notes=sum(_may_read(actor, note) for note in notes),
        reported=reported(events, known),
    )


def _day_of(connection: Connection, seq: int) -> date:
    """Return the London date on which an update was recorded."""
    return london_date(updates.by_seq(connection, [seq])[seq].recorded_at)


def _may_read(actor: Actor | None, note: Event) -> bool:
    if not note.has_words or note.quotable:
        return True
    return actor is not None and actor.may_read(note.body_code, note.quotable)


def _are_all_by(connection: Connection, person: PersonKey | None, events: Iterable[Event]) -> bool:
    """Tell whether a person recorded all of them, or took them back."""
    if person is None:
        return False
    recorded = updates.by_seq(connection, (event.seq for event in events))
    return all(update.draft.by == person for update in recorded.values())
