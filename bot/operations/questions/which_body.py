"""Which bodies something can be recorded for, where the command does not name one."""

from collections.abc import Iterable

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import BodyRequired
from bot.domain.register.people import Request
from bot.operations.request import actors, resolve
from storage import addressees, bodies
from storage.store import Store


def must_not_need_one(store: Store, request: Request) -> None:
    """Raises BodyRequired where this person can record for several bodies; CannotSee, NotIntroduced."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
    if actor.is_coordinator or len(actor.speaks_for) > 1:
        raise BodyRequired(tuple(sorted(actor.speaks_for.values())))


def to_choose_from(store: Store, request: Request, refs: Iterable[Ref]) -> tuple[Body, ...]:
    """Return the bodies to which all these recommendations are addressed, and for which this person may
    record, by name.

    Raises what `resolve.recordable` raises, CannotSee, NotIntroduced."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        choices = [body for body in bodies.everyone(connection) if actor.may_record_for(body.code)]
        for ref in refs:
            recommendation = resolve.recordable(connection, ref)
            # A body that has ended has notes and corrections still.
            addressed = {row.body_code for row in addressees.of_recommendation(connection, recommendation.id)}
            choices = [body for body in choices if body.code in addressed]
    choices.sort(key=lambda body: body.short_name)
    return tuple(map(Body.of, choices))
