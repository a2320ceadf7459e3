"""Pausing the reminders of what a body owes, and having them again."""

from collections.abc import Sequence

from bot.domain.messages.home import Reminding
from bot.domain.refusals import NotAContactOf, OnlyContact
from bot.domain.register.people import Actor, Request, Role
from bot.domain.register.reminder_settings import ReminderSetting
from bot.domain.register.update import Change, Draft, UpdateKind, Via
from bot.operations.request import actors
from storage import people, snoozes
from storage.chain import Chain
from storage.database import Connection
from storage.store import Store


def pause(store: Store, request: Request, body_code: str) -> None:
    """Raises OnlyContact where no other contact is reminded, NotAContactOf."""
    with store.begin() as connection:
        # With the history locked, no two contacts of a body pause at the same moment, each relying on the
        # other.
        chain = Chain(connection)
        actor = _contact(connection, store, request, body_code)
        (reminding,) = remindings(connection, actor, [body_code])
        if not reminding.can_pause:
            raise OnlyContact(reminding.body_name)
        if not reminding.paused:
            snoozes.pause(connection, request.who, body_code)
            setting = ReminderSetting(request.who, body_code)
            chain.append(changed_reminders(request, setting.change(None)), request.at)


def resume(store: Store, request: Request, body_code: str) -> None:
    """Raises NotAContactOf."""
    with store.begin() as connection:
        chain = Chain(connection)
        _contact(connection, store, request, body_code)
        if snoozes.resume(connection, request.who, body_code):
            setting = ReminderSetting(request.who, body_code)
            chain.append(changed_reminders(request, setting.change(None, paused=False)), request.at)


def changed_reminders(request: Request, change: Change) -> Draft:
    """The update by which somebody asks for fewer reminders, or for all of them again. It names no body of
    its own: the history of a body tells what was recorded for it."""
    return Draft(
        kind=UpdateKind.REMINDERS_CHANGED,
        stands_from=request.today,
        via=Via.SLACK,
        by=request.who,
        changes=(change,),
    )


def remindings(connection: Connection, actor: Actor, body_codes: Sequence[str]) -> tuple[Reminding, ...]:
    """Whether reminders come for these of the actor's own bodies."""
    paused = snoozes.paused(connection)
    reminded = {
        body_code: {
            holder.who
            for holder in people.granted(connection, role=Role.CONTACT, body_code=body_code)
            if holder.is_active and (holder.who, body_code) not in paused
        }
        for body_code in body_codes
    }
    return tuple(
        Reminding(
            body_code,
            actor.speaks_for[body_code],
            paused=(actor.key, body_code) in paused,
            can_pause=bool(reminded[body_code] - {actor.key}),
        )
        for body_code in body_codes
    )


def _contact(connection: Connection, store: Store, request: Request, body_code: str) -> Actor:
    actor = actors.load(connection, store, request)
    if body_code not in actor.speaks_for:
        raise NotAContactOf("", tuple(sorted(actor.speaks_for.values())))
    return actor
