"""Reminders: who is due one, what it says when it is sent, and what contacts asked not to be reminded of."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from msgspec import Struct

from bot.domain.calendar import london_date
from bot.domain.messages import reminders
from bot.domain.messages.delivery import Delivery, DeliveryKind, Outcome, Payload
from bot.domain.messages.delivery_state import WAITING, DeliveryState
from bot.domain.messages.reminder_readers import EVERYTHING, WITHOUT_NEWS, Choices, reminded
from bot.domain.messages.reminders import Leaver, Owed, Reminder, Snoozed
from bot.domain.messages.slots import Slot
from bot.domain.refusals.addressees import NotAContactOf, NotAddressed
from bot.domain.register.addressee import Addressee
from bot.domain.register.people import Actor, Granted, PersonKey, Request
from bot.domain.register.reminder_settings import ReminderSetting
from bot.domain.values import replace
from bot.operations.messages.claiming import Claimed, claim_in
from bot.operations.recording.pause import changed_reminders, remindings
from bot.operations.recording.published_responses import published_responses_now
from bot.operations.recording.waiting_requests import asked_until
from bot.operations.request.direct_messages import enqueue
from bot.operations.request.writing import writing
from bot.runtime.clock import Clock
from storage import (
    addressees,
    bodies,
    chain,
    deliveries,
    duties,
    people,
    recommendations,
    snoozes,
    tallies,
)
from storage.database import Connection
from storage.store import Store

# Words a reminder, given the key of its delivery.
Render = Callable[[Reminder, str], Payload]
# Words a message about a leaver, given the key of its delivery.
RenderLeaver = Callable[[Leaver, str], Payload]

NOTHING_OWED = "nothing owed"
# Older reminders do not tell who was reminded without effect: those come every fourth week.
_LOOKS_BACK = timedelta(weeks=6)


class Owing(Struct, frozen=True):
    """What a contact's bodies owe now."""

    actor: Actor  # the contact
    listed: tuple[Addressee, ...] = ()  # what they are reminded of, nearest deadline first
    snoozed: frozenset[tuple[str, str]] = frozenset()  # recommendation ids and body codes
    paused: frozenset[str] = frozenset()  # codes of the bodies for which they paused reminders
    is_away: bool = False


@dataclass
class Planned:
    """What stood when everybody due was last noted, so that a round of the schedule does not go through the
    register again to find nothing new."""

    state: Hashable = None  # what `_state` returned then; None before anybody was noted


def note_due(store: Store, rule: str, instant: datetime, planned: Planned | None = None) -> None:
    """Make a delivery for each contact who is to be reminded today and has none yet. What it says, and
    whether anything is left to say, is decided when it is sent. `rule` is that of the weekly reminders;
    `planned` is the schedule's own.

    Raises Busy."""
    today = london_date(instant)
    slot = reminders.slot_of(rule, today)
    if slot is None or instant < slot.instant or reminders.is_over(slot, instant):
        return
    planned = planned or Planned()
    with store.reading() as connection:
        state = _state(connection, rule, today)
        if state == planned.state:
            return
        due = _due(connection, rule, today)
        existing = deliveries.existing(connection, [reminders.key(person, today) for person in due])
    new = [person for person in due if reminders.key(person, today) not in existing]
    if new:
        with store.begin() as connection:
            for person in new:
                deliveries.add(connection, delivery(person, slot, instant))
    planned.state = state


def _state(connection: Connection, rule: str, today: date) -> Hashable:
    """Return what decides who is due: the day, the end of the history, and the contacts, since the history
    does not say who has left Slack."""
    contacts = frozenset(
        (holder.who, holder.body_code, holder.is_active) for holder in people.contacts(connection)
    )
    return rule, today, chain.head(connection), contacts


def note_leavers(store: Store, instant: datetime, render: RenderLeaver) -> None:
    """Tell each coordinator, once, of a contact who has left Slack. Raises Busy."""
    if not reminders.is_office_time(instant):
        return
    with store.reading() as connection:
        news = _news_of_leavers(connection, store)
    if news:
        with store.begin() as connection:
            for key, (coordinator, leaver) in news.items():
                enqueue(connection, key=key, person=coordinator, payload=render(leaver, key), instant=instant)


def claim(
    store: Store, seen: Delivery, rule: str, render: Render, owner: str, clock: Clock
) -> Claimed | None:
    """Take a reminder for sending: read and render it in the commit of the claim, so that it never tells of
    what was done meanwhile. None when another process was quicker, or nothing is left to say. Raises Busy."""
    instant = clock.now()
    with store.begin() as connection:
        due = deliveries.get(connection, seen.key, for_update=True)
        if due is None or due.state not in WAITING:
            return None
        reminder = _reminder(connection, store, rule, due, london_date(instant))
        if reminder is None:
            deliveries.record_outcome(
                connection, due, Outcome(DeliveryState.SKIPPED, error=NOTHING_OWED), None, instant
            )
            return None
        rendered = replace(
            due,
            payload=render(reminder, due.key),
            conversation=seen.conversation,
            says={str(seq): "" for seq in reminder.updates},
        )
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
        return Snoozed(until, recommendation, body_name)


def snooze_all(store: Store, request: Request, rule: str) -> Snoozed:
    """Keep all reminders from a contact for a week, the next weekly one among them; what they paused stays
    so. Raises NotAContactOf, CannotSee."""
    with writing(store, request) as work:
        if not work.actor.is_contact:
            raise NotAContactOf("", ())
        until, next_weekly = _end_of_snooze(rule, request.today)
        paused = snoozes.paused(work.connection)
        changes = [
            ReminderSetting(request.who, body_code).change(until)
            for body_code in sorted(work.actor.speaks_for)
            if (request.who, body_code) not in paused
            and snoozes.snooze(work.connection, request.who, body_code, EVERYTHING, until)
        ]
        if changes:
            work.append(changed_reminders(work, *changes))
        return Snoozed(until, next_weekly=next_weekly)


def _end_of_snooze(rule: str, today: date) -> tuple[date, date | None]:
    """Return the London date from which reminders come again, and the date of the weekly reminders after it.
    A week that was snoozed on the day of the weekly reminders would else end just before the next."""
    left_out = reminders.next_weekly_slot(rule, today)
    until = today + reminders.SNOOZED_FOR
    if left_out is not None:
        until = max(until, left_out.local.date() + timedelta(days=1))
    following = reminders.next_weekly_slot(rule, until - timedelta(days=1))
    return until, following.local.date() if following else None


def owing(connection: Connection, store: Store, person: PersonKey, today: date) -> Owing | None:
    """Return what a person's bodies owe; None for somebody who is no contact any more, or has left Slack."""
    actor = _contact(connection, store, person)
    if actor is None:
        return None
    paused = frozenset(
        reminding.body_code
        for reminding in remindings(connection, actor, sorted(actor.speaks_for))
        if reminding.paused and reminding.can_pause
    )
    owed = duties.open_with(connection, sorted(set(actor.speaks_for) - paused))
    choices = snoozes.choices(connection, today)
    listed, hidden = _without_snoozed(choices, person, owed)
    return Owing(
        actor, tuple(reminders.nearest_first(listed)), hidden, paused, is_away=choices.is_away(person)
    )


def delivery(person: PersonKey, slot: Slot, instant: datetime) -> Delivery:
    """Return the one reminder that a person may get on the day of a slot, as it is added."""
    return Delivery(
        key=reminders.key(person, slot.local.date()),
        kind=DeliveryKind.REMINDER,
        slot=slot,
        channel=person.user_id,
        created_at=instant,
        updated_at=instant,
    )


def _due(connection: Connection, rule: str, today: date) -> list[PersonKey]:
    """Return the contacts who are to be reminded on a London date."""
    weekly = reminders.weekly_slot(rule, today) is not None
    if not weekly and not any(
        reminders.is_eve_of(deadline, today) for deadline in tallies.deadlines_owed(connection)
    ):
        return []
    choices = snoozes.choices(connection, today)
    rows_of = _rows_of_readers(connection, choices, today)
    return [
        person
        for person, rows in rows_of.items()
        if reminders.lines_of(_without_snoozed(choices, person, rows)[0], today, weekly=weekly)
    ]


def _rows_of_readers(
    connection: Connection, choices: Choices, today: date, body_codes: Iterable[str] | None = None
) -> dict[PersonKey, list[Addressee]]:
    """Return the open addressees of the bodies for which each contact is the one to be reminded; of some
    bodies, or of all."""
    open_rows: dict[str, list[Addressee]] = {}
    for addressee in duties.open_with(connection, body_codes):
        open_rows.setdefault(addressee.body_code, []).append(addressee)
    contacts: dict[str, list[Granted]] = {code: [] for code in open_rows}
    for holder in people.contacts(connection):
        if holder.body_code in contacts:
            contacts[holder.body_code].append(holder)
    news = addressees.latest_news(connection, open_rows)
    reminded_on = _reminded_on(connection, today - WITHOUT_NEWS)
    rows_of: dict[PersonKey, list[Addressee]] = {}
    for body_code, rows in open_rows.items():
        latest = news.get(body_code)
        for person in reminded(
            contacts[body_code], choices, reminded_on, london_date(latest) if latest else None
        ):
            rows_of.setdefault(person, []).extend(rows)
    return rows_of


def _reminded_on(connection: Connection, until: date) -> dict[PersonKey, date]:
    """Return the London date of the last reminder of each person up to a London date, of the last weeks."""
    midnight = Slot(datetime.combine(until, time.max))
    sent: dict[PersonKey, date] = {}
    for key, slot in deliveries.reminders_sent(connection, midnight.instant - _LOOKS_BACK, midnight):
        person, day = reminders.reader(key), slot.local.date()
        sent[person] = max(sent.get(person, day), day)
    return sent


def _without_snoozed(
    choices: Choices, person: PersonKey, rows: Iterable[Addressee]
) -> tuple[list[Addressee], frozenset[tuple[str, str]]]:
    """Return what a contact did not snooze, and the keys of what they snoozed."""
    all_rows = tuple(rows)
    hidden = frozenset(row.key for row in all_rows if choices.hides(person, row))
    return [row for row in all_rows if row.key not in hidden], hidden


def _contact(connection: Connection, store: Store, person: PersonKey) -> Actor | None:
    actor = people.actor(connection, store, person)
    if actor is None or not actor.is_contact or not actor.person.membership.facts.is_active:
        return None
    return actor


def _reminder(connection: Connection, store: Store, rule: str, due: Delivery, today: date) -> Reminder | None:
    """Return what a reminder says now; None where nothing is left to say."""
    person = reminders.reader(due.key)
    if reminders.is_by_hand(rule, due.slot):
        contact = owing(connection, store, person, today)
        if contact is None:
            return None
        return _as_reminder(connection, contact.listed, len(contact.snoozed), today)
    actor = _contact(connection, store, person)
    if actor is None:
        return None
    choices = snoozes.choices(connection, today)
    rows = _rows_of_readers(connection, choices, today, actor.speaks_for).get(person, [])
    listed, hidden = _without_snoozed(choices, person, rows)
    weekly = reminders.weekly_slot(rule, today) is not None
    lines = reminders.lines_of(listed, today, weekly=weekly)
    reminder = _as_reminder(connection, lines, len(hidden), today)
    # On the eve of a deadline it is about that alone.
    return reminder if weekly or reminder is None else replace(reminder, is_eve=True, published_responses=())


def _as_reminder(
    connection: Connection, listed: Sequence[Addressee], snoozed: int, today: date
) -> Reminder | None:
    if not listed:
        return None
    listed_lines = listed[: reminders.MOST_LINES]
    known = recommendations.by_ids(connection, {addressee.recommendation_id for addressee in listed_lines})
    later_deadlines = asked_until(connection, listed_lines)
    to_publish = published_responses_now(connection, today, {addressee.body_code for addressee in listed})
    return Reminder(
        bodies=tuple(sorted({addressee.body_name for addressee in listed})),
        lines=tuple(
            Owed(known[addressee.recommendation_id], addressee, later_deadlines.get(addressee.key))
            for addressee in listed_lines
        ),
        total=len(listed),
        snoozed=snoozed,
        today=today,
        published_responses=tuple(row for row in to_publish if row.is_open),
    )


def _news_of_leavers(connection: Connection, store: Store) -> dict[str, tuple[PersonKey, Leaver]]:
    """Return the coordinator who has not been told yet of a leaver, and that leaver, by the key of the
    message."""
    contacts = people.contacts(connection)
    leavers = {holder.who: _leaver(holder, contacts) for holder in contacts if not holder.is_active}
    if not leavers:
        return {}
    messages = {
        reminders.leaver_key(person, coordinator.key): (coordinator.key, leaver)
        for person, leaver in leavers.items()
        for coordinator in people.coordinators(connection, store)
    }
    existing = deliveries.existing(connection, messages)
    return {key: message for key, message in messages.items() if key not in existing}


def _leaver(who_left: Granted, contacts: Iterable[Granted]) -> Leaver:
    all_contacts = tuple(contacts)
    remaining = {
        own.body_name: tuple(
            other.display_name
            for other in all_contacts
            if other.body_code == own.body_code and other.is_active
        )
        for own in all_contacts
        if own.who == who_left.who
    }
    return Leaver(who_left.display_name, remaining)
