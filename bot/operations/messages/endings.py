"""The decided end of a body is told to its contacts and its successor's, in time and once; so is a change of
it, to those who were told otherwise."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.domain.calendar import london_date
from bot.domain.messages import reminders
from bot.domain.messages.delivery import Payload
from bot.domain.messages.endings import (
    KEY,
    REMEMBERED,
    EndingNotice,
    ToldOfEnd,
    end_of,
    notice_key,
    read_notice_key,
)
from bot.domain.register.people import PersonKey
from bot.domain.register.policing_body import PolicingBody
from bot.operations.request.direct_messages import enqueue
from storage import bodies, deliveries, people, updates
from storage.database import Connection
from storage.store import Store

RenderEnding = Callable[[EndingNotice, str], Payload]


def note_due(store: Store, instant: datetime, render: RenderEnding) -> None:
    """Tell whoever has not been told, or was told otherwise, within office hours. Raises Busy."""
    if not reminders.is_office_time(instant):
        return
    with store.reading() as connection:
        if not any(_untold(connection, instant)):
            return
    with store.begin() as connection:
        changed_by = _last_changes(connection)
        for body, person, notice in list(_untold(connection, instant)):
            key = notice_key(body, person, changed_by.get(body.code, 0))
            enqueue(connection, key=key, person=person, payload=render(notice, key), instant=instant)


def _last_changes(connection: Connection) -> dict[str, int]:
    """Return by which update each body was last changed."""
    return {
        update.draft.body_code: update.seq
        for update in updates.changes_of_bodies(connection)
        if update.draft.body_code
    }


def _untold(
    connection: Connection, instant: datetime
) -> Iterator[tuple[PolicingBody, PersonKey, EndingNotice]]:
    today = london_date(instant)
    everyone = bodies.by_code(connection)
    messages = _last_messages(connection, instant)
    for body in everyone.values():
        end = end_of(body)
        of_body = messages.get(body.code, {})
        told_otherwise = {person for person, last in of_body.items() if last.end and last.end != end}
        is_told_now = end is not None and end.is_told_on(today)
        if not told_otherwise and not is_told_now:
            continue
        contacts = _contacts(connection, [body.code])
        of_heirs = _contacts(connection, body.heirs)
        former_heirs = [code for person in told_otherwise for code in _heirs_told(of_body[person])]
        concerned = dict.fromkeys((*contacts, *of_heirs, *_contacts(connection, former_heirs)))
        for person in concerned:
            last = of_body.get(person)
            is_new = last is None or last.end is None
            if person in told_otherwise or (is_new and is_told_now and person in (*contacts, *of_heirs)):
                yield (
                    body,
                    person,
                    _notice(body, everyone, instant, last, person in contacts, person in of_heirs),
                )


def _last_messages(connection: Connection, instant: datetime) -> dict[str, dict[PersonKey, ToldOfEnd]]:
    """Return by body what each of its contacts, and of its successor's, was told last."""
    messages: dict[str, dict[PersonKey, ToldOfEnd]] = {}
    for key in deliveries.direct_messages_since(connection, KEY, instant - REMEMBERED):
        if message := read_notice_key(key):
            code, person, content = message
            last = messages.setdefault(code, {}).get(person)
            if last is None or last.seq < content.seq:
                messages[code][person] = content
    return messages


def _heirs_told(message: ToldOfEnd) -> tuple[str, ...]:
    return message.end.heirs if message.end else ()


def _contacts(connection: Connection, codes: tuple[str, ...] | list[str]) -> tuple[PersonKey, ...]:
    return tuple(
        contact.who for code in dict.fromkeys(codes) for contact in people.active_contacts(connection, code)
    )


def _notice(
    body: PolicingBody,
    everyone: Mapping[str, PolicingBody],
    instant: datetime,
    last_message: ToldOfEnd | None,
    is_of_body: bool,
    records_for_heir: bool,
) -> EndingNotice:
    end, end_told = end_of(body), last_message.end if last_message else None
    return EndingNotice(
        body_name=body.short_name,
        last_day=end.last_day if end else None,
        heirs=tuple(everyone[code].short_name for code in end.heirs) if end else (),
        today=london_date(instant),
        records_for_heir=records_for_heir,
        goes_along=body.takes_contacts_along,
        is_of_body=is_of_body,
        last_day_told=end_told.last_day if end_told else None,
        heirs_told=tuple(everyone[code].short_name for code in end_told.heirs) if end_told else (),
    )
