"""Who has published their response to reports that ask for one, now or as at a day."""

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
        return PublishedResponseList(
            register.published_responses(_codes(register, command.scope), report_keys),
            command,
            register.day,
            records_for=frozenset(actor.speaks_for),
            is_coordinator=actor.is_coordinator,
        )


def _codes(register: Register, scope: Body | Region | None) -> tuple[str, ...] | None:
    """Raises NoSuchBodyThen in the past."""
    match scope:
        case Body():
            register.must_have_body(scope)
            return (scope.code,)
        case Region():
            return tuple(register.bodies_of(scope))
        case None:
            return None
