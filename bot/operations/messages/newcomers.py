"""Welcoming new contacts, and telling contacts of new reports: who is due a message, and what it says."""

from collections.abc import Callable
from datetime import date, datetime

from bot.domain.messages import newcomers, reminders
from bot.domain.messages.delivery import Delivery, DeliveryKind, Payload
from bot.domain.messages.newcomers import Announcement, Welcome
from bot.domain.register.addressee import Addressee, Duty
from bot.domain.register.people import PersonKey
from bot.domain.register.recommendation import place_of_id
from bot.operations.messages.claiming import Claimed, claim_worded
from bot.operations.messages.once import make_each_once
from bot.operations.messages.reminders import NOTHING_OWED
from bot.runtime.clock import Clock
from storage import duties, people, recommendations, updates
from storage.database import Connection
from storage.store import Store

# Each words a message, given the key of its delivery.
RenderWelcome = Callable[[Welcome, str], Payload]
RenderAnnouncement = Callable[[Announcement, str], Payload]


def note_due(store: Store, instant: datetime) -> None:
    """Make a delivery for each contact who is new, and for each contact of a body to which a new report is
    addressed. What it says is read when it is sent. Raises Busy."""
    with store.reading() as connection:
        due = _welcomes(connection, instant)
        if reminders.is_office_time(instant):
            due += _announcements(connection, instant)
    make_each_once(store, due)


def claim_welcome(
    store: Store, seen: Delivery, render: RenderWelcome, owner: str, clock: Clock
) -> Claimed | None:
    """Take a welcome for sending, read and rendered in the commit of the claim. None when another process was
    quicker, or the person is no contact any more. Raises Busy."""

    def word(connection: Connection, due: Delivery, today: date) -> Payload | None:
        welcome = _welcome(connection, store, newcomers.reader(due.key), today)
        return render(welcome, due.key) if welcome else None

    return claim_worded(store, seen, word, NOTHING_OWED, owner, clock)


def claim_announcement(
    store: Store, seen: Delivery, render: RenderAnnouncement, owner: str, clock: Clock
) -> Claimed | None:
    """Take the message about a new report for sending, where the contact's bodies still owe anything of it.
    None when another process was quicker, or nothing of it is owed. Raises Busy."""

    def word(connection: Connection, due: Delivery, today: date) -> Payload | None:
        announcement = _announcement(connection, store, due.key, today)
        return render(announcement, due.key) if announcement else None

    return claim_worded(store, seen, word, NOTHING_OWED, owner, clock)


def _welcomes(connection: Connection, instant: datetime) -> list[Delivery]:
    new = people.new_contacts(connection, instant - newcomers.NEW_FOR)
    return [
        _delivery(newcomers.welcome_key(person), DeliveryKind.WELCOME, person, since, instant)
        for person, since in new.items()
    ]


def _announcements(connection: Connection, instant: datetime) -> list[Delivery]:
    added = updates.recommendations_added(connection, instant - newcomers.NEW_FOR)
    reports = newcomers.new_reports(added, instant)
    if not reports:
        return []
    addressed: dict[str, set[str]] = {}
    for addressee in duties.open_with(connection):
        report_key = place_of_id(addressee.recommendation_id)[0]
        # What came with its answer is no news to whoever gave it.
        if report_key in reports and not addressee.answer.is_given:
            addressed.setdefault(report_key, set()).add(addressee.body_code)
    contacts = people.contacts(connection)
    return [
        _delivery(
            newcomers.announcement_key(report_key, contact.who),
            DeliveryKind.ANNOUNCEMENT,
            contact.who,
            added_at,
            instant,
        )
        for report_key, added_at in reports.items()
        for contact in contacts
        if contact.can_be_reminded
        and contact.body_code in addressed.get(report_key, ())
        # Whoever became a contact later reads of it in their welcome.
        and contact.granted_at < added_at
    ]


def _delivery(
    key: str, kind: DeliveryKind, person: PersonKey, since: datetime, instant: datetime
) -> Delivery:
    return Delivery(
        key=key,
        kind=kind,
        slot=newcomers.slot_of(since),
        channel=person.user_id,
        created_at=instant,
        updated_at=instant,
    )


def _welcome(connection: Connection, store: Store, person: PersonKey, today: date) -> Welcome | None:
    actor = people.actor(connection, store, person)
    if actor is None or not actor.is_contact:
        return None
    rows = duties.open_with(connection, actor.speaks_for)
    deadlines = [deadline for row in rows for deadline in reminders.deadlines(row) if deadline >= today]
    return Welcome(
        bodies=tuple(sorted(actor.speaks_for.values())),
        only_approves=actor.approves_for.issuperset(actor.speaks_for),
        open=len(rows),
        next_due=min(deadlines, default=None),
        today=today,
    )


def _announcement(connection: Connection, store: Store, key: str, today: date) -> Announcement | None:
    actor = people.actor(connection, store, newcomers.reader(key))
    report = recommendations.report(connection, newcomers.report_announced(key))
    if actor is None or not actor.is_contact or report is None:
        return None
    rows = [
        row
        for row in duties.open_with(connection, actor.speaks_for)
        if place_of_id(row.recommendation_id)[0] == report.key and not row.answer.is_given
    ]
    if not rows:
        return None
    by_id = recommendations.by_ids(connection, {row.recommendation_id for row in rows})
    return Announcement(
        report=report,
        bodies=tuple(sorted({row.body_name for row in rows})),
        recommendations=tuple(sorted(by_id.values(), key=lambda recommendation: recommendation.place)),
        due=_first_due(rows, today),
        today=today,
    )


def _first_due(rows: list[Addressee], today: date) -> dict[Duty, date]:
    due: dict[Duty, date] = {}
    for row in rows:
        for duty in Duty:
            deadline = row.deadline(duty)
            if row.owes(duty) and deadline is not None and deadline >= today:
                due[duty] = min(deadline, due.get(duty, deadline))
    return due
