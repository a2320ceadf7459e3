"""Every update of a recommendation, a body, or all, newest first."""

from bot.domain.questions.answers import UpdateHistory
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.names import Body
from bot.domain.questions.pages import Page
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.operations.questions.update_views import update_views
from bot.operations.register.lineage import reads_for
from bot.operations.request import actors, resolve
from storage import chain, succession, updates
from storage.database import Connection
from storage.store import Store

_SHOWN = 10


def history(store: Store, request: Request, command: typed_commands.History) -> UpdateHistory:
    """List every update, with notes, undoings and grants. Raises UnknownRecommendation, WhichReport,
    CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        recommendation = (
            resolve.recommendation(connection, command.recommendation) if command.recommendation else None
        )
        ids = (recommendation.id if recommendation else None, _codes(connection, command.body))
        if command.body and ids[1]:
            actor = reads_for(actor, command.body.code, ids[1])
        total = _count(connection, *ids)
        page = Page.at(command.page, total, _SHOWN)
        page_updates = updates.history(connection, *ids, limit=_SHOWN, offset=(page.number - 1) * _SHOWN)
        return UpdateHistory(
            updates=update_views(connection, page_updates, actor),
            total=total,
            typed=_typed(recommendation, command),
            subject=_name(recommendation, command),
            page=page,
            may_redact=actor.is_coordinator,
        )


def _codes(connection: Connection, body: Body | None) -> tuple[str, ...] | None:
    """Return the codes of a body and of those in whose place it stands; None where all are asked about."""
    return (body.code, *succession.predecessors_of(connection, body.code)) if body else None


def _count(connection: Connection, recommendation_id: str | None, body_codes: tuple[str, ...] | None) -> int:
    if recommendation_id is None and body_codes is None:
        # Sequence numbers have no gaps, so that nothing has to be counted.
        return chain.head(connection)[0]
    return updates.count(connection, recommendation_id, body_codes)


def _typed(recommendation: Recommendation | None, command: typed_commands.History) -> str:
    if recommendation is None:
        return command_of("history", unmistakable(command.body) if command.body else "")
    return command_of("history", recommendation.title, command.body.slug if command.body else "")


def _name(recommendation: Recommendation | None, command: typed_commands.History) -> str:
    return ", ".join(
        name
        for name in (
            recommendation.title if recommendation else "",
            command.body.short_name if command.body else "",
        )
        if name
    )
