"""Who has published their response to reports that ask for one, now or as at a day."""

from bot.domain.questions.answers import EndedBody
from bot.domain.questions.grammar.typed_commands import Published
from bot.domain.questions.names import Body, Region
from bot.domain.questions.published_responses import PublishedResponseList
from bot.domain.register.people import Request
from bot.operations.register.opening import register_on
from bot.operations.register.register import Register
from bot.operations.request import actors
from storage.store import Store


def published(store: Store, request: Request, command: Published) -> PublishedResponseList:
    """Return the response of each body asked, by report. Raises DayToCome, NoSuchBodyThen, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = register_on(connection, request.today, command.as_at, known=command.known)
        report_keys = None if command.report is None else (command.report.key,)
        codes, ended = _codes(register, command.scope), None
        if isinstance(command.scope, Body):
            ended = _ended(register, command.scope.code)
            codes = _those_in_its_place(register, command.scope.code)
        return PublishedResponseList(
            register.published_responses(codes, report_keys),
            command,
            register.day,
            records_for=frozenset(actor.speaks_for),
            is_coordinator=actor.is_coordinator,
            ended=ended,
        )


def _ended(register: Register, code: str) -> EndedBody | None:
    """Return the end of a body; None while it goes on."""
    everyone = register.bodies()
    body = everyone[code]
    if body.last_day is None or not body.has_ended_by(register.day):
        return None
    heirs = (everyone[heir].short_name for heir in _those_in_its_place(register, code))
    return EndedBody(body.short_name, body.last_day, tuple(heirs), waits_for_answer=False)


def _those_in_its_place(register: Register, code: str) -> tuple[str, ...]:
    """Return the codes of those that answer for a body: itself, or all its heirs, near and far."""
    body = register.bodies()[code]
    if not body.has_ended_by(register.day):
        return (code,)
    standing = (stands for heir in body.heirs for stands in _those_in_its_place(register, heir))
    return tuple(dict.fromkeys(standing))


def _codes(register: Register, scope: Body | Region | None) -> tuple[str, ...] | None:
    """Return the codes of the bodies meant; None for all. Raises NoSuchBodyThen in the past."""
    match scope:
        case Body():
            register.must_have_body(scope)
            return (scope.code,)
        case Region():
            return tuple(register.bodies_of(scope))
        case None:
            return None
