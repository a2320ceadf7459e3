"""The decided end of a body is told to its contacts and its successor's, in time and once."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from bot.domain.calendar import london_date
from bot.domain.messages import reminders
from bot.domain.messages.delivery import Payload
from bot.domain.messages.endings import EndingNotice, is_to_be_told, notice_key
from bot.domain.register.people import PersonKey, Role
from bot.domain.register.policing_body import PolicingBody
from bot.operations.request.direct_messages import enqueue
from storage import bodies, deliveries, people
from storage.database import Connection
from storage.store import Store

RenderEnding = Callable[[EndingNotice, str], Payload]


def note_due(store: Store, instant: datetime, render: RenderEnding) -> None:
    """Tell whoever has not been told, within office hours. Raises Busy."""
    if not reminders.is_office_time(instant):
        return
    today = london_date(instant)
    with store.reading() as connection:
        if not list(_untold(connection, today)):
            return
    with store.begin() as connection:
        for key, who, notice in list(_untold(connection, today)):
            enqueue(connection, key=key, who=who, payload=render(notice, key), instant=instant)


def _untold(connection: Connection, today: date) -> Iterator[tuple[str, PersonKey, EndingNotice]]:
    everyone = {body.code: body for body in bodies.everyone(connection)}
    for body in everyone.values():
        if not is_to_be_told(body, today):
            continue
        of_body = _contacts(connection, [body.code])
        of_heirs = _contacts(connection, body.heirs)
        for who in dict.fromkeys((*of_body, *of_heirs)):
            key = notice_key(body, who)
            if deliveries.get(connection, key) is None:
                yield key, who, _notice(body, everyone, today, who in of_body, who in of_heirs)


def _contacts(connection: Connection, codes: tuple[str, ...] | list[str]) -> tuple[PersonKey, ...]:
    return tuple(
        contact.who
        for code in codes
        for contact in people.granted(connection, role=Role.CONTACT, body_code=code)
        if contact.is_active
    )


def _notice(
    body: PolicingBody,
    everyone: dict[str, PolicingBody],
    today: date,
    is_of_body: bool,
    records_for_heir: bool,
) -> EndingNotice:
    return EndingNotice(
        body_name=body.short_name,
        last_day=body.last_day or today,
        heirs=tuple(everyone[code].short_name for code in body.heirs),
        today=today,
        records_for_heir=records_for_heir,
        goes_along=body.takes_contacts_along,
        is_of_body=is_of_body,
    )
