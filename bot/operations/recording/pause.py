"""Pausing the reminders of what a body owes, being away, and having them again."""

from collections.abc import Sequence
from datetime import date

from bot.domain.messages.home import Reminding
from bot.domain.messages.reminder_readers import EVERYTHING, reminded
from bot.domain.messages.reminders import Absence
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.people import OnlyContact
from bot.domain.register.people import Actor, Request
from bot.domain.register.reminder_settings import ReminderSetting
from bot.domain.register.update import Change, Draft, UpdateKind
from bot.domain.values import replace
from bot.operations.request.writing import Work, writing
from storage import people, snoozes
from storage.database import Connection
from storage.store import Store


def pause(store: Store, request: Request, body_code: str) -> None:
    """Pause one's own reminders. Raises OnlyContact where no other contact is reminded, NotAContactOf."""
    # With the history locked, no two contacts of a body pause at the same moment, each relying on the other.
    with writing(store, request) as work:
        _must_be_a_contact(work.actor, body_code)
        (reminding,) = remindings(work.connection, work.actor, [body_code])
        if not reminding.can_pause:
            raise OnlyContact(reminding.body_name)
        if not reminding.paused:
            snoozes.pause(work.connection, request.who, body_code)
            setting = ReminderSetting(request.who, body_code)
            work.append(changed_reminders(work, setting.change(None)))


def resume(store: Store, request: Request, body_code: str) -> None:
    """Have one's own reminders come again. Raises NotAContactOf."""
    with writing(store, request) as work:
        _must_be_a_contact(work.actor, body_code)
        if snoozes.resume(work.connection, request.who, body_code):
            setting = ReminderSetting(request.who, body_code)
            work.append(changed_reminders(work, setting.change(None, paused=False)))


def away(store: Store, request: Request, until: date) -> Absence:
    """Keep all reminders from whoever asks until a London date, on which they are back; meanwhile the other
    contacts of their bodies get them. Raises NotAContactOf, CannotSee."""
    with writing(store, request) as work:
        _must_be_any_contact(work.actor)
        if snoozes.snooze(work.connection, request.who, EVERYTHING, EVERYTHING, until):
            work.append(changed_reminders(work, ReminderSetting(request.who, EVERYTHING).change(until)))
        return Absence(until, _reminded_instead(work))


def _reminded_instead(work: Work) -> dict[str, tuple[str, ...]]:
    """Return by the name of each of somebody's bodies the names of the contacts who are reminded now."""
    choices = snoozes.choices(work.connection, work.request.today)
    instead: dict[str, tuple[str, ...]] = {}
    for body_code, body_name in sorted(work.actor.speaks_for.items(), key=lambda row: row[1]):
        contacts = people.contacts(work.connection, body_code)
        readers = reminded(contacts, choices, {}, None)
        instead[body_name] = tuple(contact.display_name for contact in contacts if contact.who in readers)
    return instead


def back(store: Store, request: Request) -> None:
    """End the time for which `away` keeps reminders back. Raises NotAContactOf, CannotSee."""
    with writing(store, request) as work:
        _must_be_any_contact(work.actor)
        if snoozes.resume(work.connection, request.who, EVERYTHING):
            setting = ReminderSetting(request.who, EVERYTHING)
            work.append(changed_reminders(work, setting.change(None, paused=False)))


def changed_reminders(work: Work, *changes: Change) -> Draft:
    """Draft the update by which somebody asks for fewer reminders, or for all again. It names no body of
    its own: the history of a body tells what was recorded for it. It has no key: what stands already is not
    asked for again."""
    return replace(work.draft(UpdateKind.REMINDERS_CHANGED), changes=changes, request=None)


def remindings(connection: Connection, actor: Actor, body_codes: Sequence[str]) -> tuple[Reminding, ...]:
    """Return whether reminders come for these of the actor's own bodies."""
    paused = snoozes.paused(connection)
    present = {
        body_code: {holder.who for holder in people.contacts(connection, body_code) if holder.can_be_reminded}
        for body_code in body_codes
    }
    return tuple(
        Reminding(
            body_code,
            actor.speaks_for[body_code],
            paused=(actor.key, body_code) in paused,
            can_pause=any((person, body_code) not in paused for person in present[body_code] - {actor.key}),
            is_only_contact=not present[body_code] - {actor.key},
        )
        for body_code in body_codes
    )


def _must_be_any_contact(actor: Actor) -> None:
    actor.must_see()
    if not actor.is_contact:
        raise NotAContactOf("", ())


def _must_be_a_contact(actor: Actor, body_code: str) -> None:
    if body_code not in actor.speaks_for:
        raise NotAContactOf("", tuple(sorted(actor.speaks_for.values())))
