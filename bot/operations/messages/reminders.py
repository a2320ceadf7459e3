"""Reminders: who is due one, what it says when it is sent, and what contacts asked not to be reminded of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.messages import reminders
from bot.domain.messages.delivery import Delivery, DeliveryKind, Outcome, Payload
from bot.domain.messages.delivery_state import WAITING, DeliveryState
from bot.domain.messages.reminders import Leaver, Owed, Reminder, Snoozed
from bot.domain.messages.slots import Slot
from bot.domain.refusals import NotAddressed
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import Actor, Granted, PersonKey, Request, Role
from bot.domain.register.reminder_settings import ReminderSetting
from bot.operations.messages.claiming import Claimed, claim_in
from bot.operations.recording.pause import changed_reminders, remindings
from bot.operations.recording.waiting_requests import asked_until
from bot.operations.request.direct_messages import enqueue
from bot.operations.request.writing import writing
from bot.runtime.clock import Clock
from storage import addressees, bodies, deliveries, people, recommendations, snoozes, tallies
from storage.database import Connection
from storage.store import Store

# Words a reminder, given the key of its delivery.
Render = Callable[[Reminder, str], Payload]
# Words a message about a leaver, given the key of its delivery.
RenderLeaver = Callable[[Leaver, str], Payload]

NOTHING_OWED = "nothing owed"


@dataclass(frozen=True, slots=True)
class Owing:
    """What a contact's bodies owe now."""

    actor: Actor  # the contact
    listed: tuple[Addressee, ...] = ()  # what they are reminded of, nearest deadline first
    snoozed: frozenset[tuple[str, str]] = frozenset()  # recommendation ids and body codes
    paused: frozenset[str] = frozenset()  # codes of the bodies for which they paused reminders


def note_due(store: Store, instant: datetime) -> None:
    """Make a delivery for each contact who is to be reminded today and has none yet. What it says, and
    whether anything is left to say, is decided when it is sent. Raises Busy."""
    if not reminders.is_time(instant):
        return
    today = london_date(instant)
    with store.reading() as connection:
        due = _due(connection, store, today)
    if due:
        with store.begin() as connection:
            for who in due:
                deliveries.add(connection, delivery(who, reminders.slot_of(today), instant))


def note_leavers(store: Store, instant: datetime, render: RenderLeaver) -> None:
    """Tell each coordinator, once, of a contact who has left Slack. Raises Busy."""
    if not reminders.is_time(instant):
        return
    with store.reading() as connection:
        news = _news_of_leavers(connection, store)
    if news:
        with store.begin() as connection:
            for key, (coordinator, leaver) in news.items():
                enqueue(connection, key=key, who=coordinator, payload=render(leaver, key), instant=instant)


def claim(store: Store, seen: Delivery, render: Render, owner: str, clock: Clock) -> Claimed | None:
    """Take a reminder for sending: read and render it in the commit of the claim, so that it never tells of
    what was done meanwhile. None when another process was quicker, or nothing is left to say. Raises Busy."""
    instant = clock.now()
    with store.begin() as connection:
        due = deliveries.get(connection, seen.key, for_update=True)
        if due is None or due.state not in WAITING:
            return None
        reminder = _reminder(connection, store, reminders.reader(due.key), london_date(instant))
        if reminder is None:
            deliveries.record_outcome(
                connection, due, Outcome(DeliveryState.SKIPPED, error=NOTHING_OWED), None, instant
            )
            return None
        rendered = replace(due, payload=render(reminder, due.key), conversation=seen.conversation)
        return claim_in(connection, rendered, owner, clock)


def snooze(store: Store, request: Request, recommendation_id: str, body_code: str) -> Snoozed:
    """Leave a line out of a contact's reminders for a week from today. Raises NotAContactOf, NotAddressed,
    CannotSee."""
    with writing(store, request) as work:
        body_name = bodies.names(work.connection, [body_code]).get(body_code, "")
        work.actor.must_speak_for(body_code, body_name)
        recommendation = recommendations.get(work.connection, recommendation_id)
        if recommendation is None or addressees.get(work.connection, recommendation_id, body_code) is None:
            raise NotAddressed(recommendation_id, body_name)
        until = request.today + reminders.SNOOZED_FOR
        if snoozes.snooze(work.connection, request.who, body_code, recommendation_id, until):
            setting = ReminderSetting(request.who, body_code, recommendation_id)
            work.append(changed_reminders(work, setting.change(until)))
        return Snoozed(recommendation, body_name, until)


def owing(connection: Connection, store: Store, who: PersonKey, today: date) -> Owing | None:
    """Return what a person's bodies owe; None for somebody who is no contact any more, or has left Slack."""
    actor = people.actor(connection, store, who)
    if actor is None or not actor.is_contact or not actor.person.membership.facts.is_active:
        return None
    paused = frozenset(
        reminding.body_code
        for reminding in remindings(connection, actor, sorted(actor.speaks_for))
        if reminding.paused and reminding.can_pause
    )
    owed = _owed(connection, set(actor.speaks_for) - paused)
    snoozed = snoozes.snoozed(connection, who, today)
    hidden = frozenset(addressee.key for addressee in owed if addressee.key in snoozed)
    listed = (addressee for addressee in owed if addressee.key not in hidden)
    return Owing(actor, tuple(reminders.nearest_first(listed)), hidden, paused)


def delivery(who: PersonKey, slot: Slot, instant: datetime) -> Delivery:
    """Return the one reminder that a person may get on the day of a slot, as it is added."""
    return Delivery(
        key=reminders.key(who, slot.local.date()),
        kind=DeliveryKind.REMINDER,
        slot=slot,
        channel=who.user_id,
        created_at=instant,
        updated_at=instant,
    )


def _due(connection: Connection, store: Store, today: date) -> list[PersonKey]:
    deadlines = [
        deadline for deadline in tallies.deadlines_owed(connection) if reminders.occurrence(deadline, today)
    ]
    if not deadlines:
        return []
    owing_bodies = addressees.bodies_owing_by(connection, deadlines)
    keys = {
        reminders.key(holder.who, today): holder.who
        for holder in people.granted(connection, role=Role.CONTACT)
        if holder.body_code in owing_bodies and holder.is_active
    }
    existing = deliveries.existing(connection, keys)
    return [
        who
        for key, who in keys.items()
        if key not in existing and _is_reminded(owing(connection, store, who, today), today)
    ]


def _is_reminded(contact: Owing | None, today: date) -> bool:
    return contact is not None and any(
        reminders.is_reminded_on(addressee, today) for addressee in contact.listed
    )


def _reminder(connection: Connection, store: Store, who: PersonKey, today: date) -> Reminder | None:
    contact = owing(connection, store, who, today)
    if contact is None or not contact.listed:
        return None
    shown = contact.listed[: reminders.MOST_LINES]
    known = recommendations.by_ids(connection, {addressee.recommendation_id for addressee in shown})
    later_deadlines = asked_until(connection, shown)
    return Reminder(
        bodies=tuple(sorted({addressee.body_name for addressee in contact.listed})),
        lines=tuple(
            Owed(
                known[addressee.recommendation_id],
                addressee,
                later_deadlines.get(addressee.key),
            )
            for addressee in shown
        ),
        total=len(contact.listed),
        snoozed=len(contact.snoozed),
        today=today,
    )


def _owed(connection: Connection, body_codes: Iterable[str]) -> tuple[Addressee, ...]:
    codes = sorted(body_codes)
    owed = {
        addressee.key: addressee
        for duty in Duty
        for addressee in addressees.owing(connection, duty, body_codes=codes)
    }
    return tuple(owed.values())


def _news_of_leavers(connection: Connection, store: Store) -> dict[str, tuple[PersonKey, Leaver]]:
    """Return which coordinator has not been told yet of which leaver, by the key of the message."""
    contacts = people.granted(connection, role=Role.CONTACT)
    leavers = {holder.who: _leaver(holder, contacts) for holder in contacts if not holder.is_active}
    if not leavers:
        return {}
    messages = {
        reminders.leaver_key(who, coordinator.key): (coordinator.key, leaver)
        for who, leaver in leavers.items()
        for coordinator in people.coordinators(connection, store)
    }
    existing = deliveries.existing(connection, messages)
    return {key: message for key, message in messages.items() if key not in existing}


def _leaver(gone: Granted, contacts: Iterable[Granted]) -> Leaver:
    everybody = tuple(contacts)
    remaining = {
        own.body_name: tuple(
            other.display_name for other in everybody if other.body_code == own.body_code and other.is_active
        )
        for own in everybody
        if own.who == gone.who
    }
    return Leaver(gone.display_name, remaining)
