"""Every update of a recommendation, a body, or all, newest first."""

from bot.domain.questions.answers import Page, UpdateHistory
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.operations.questions.telling import told
from bot.operations.request import actors, finding
from storage import chain, updates
from storage.database import Connection
from storage.store import Store

_SHOWN = 10


def history(store: Store, request: Request, asked: typed_commands.History) -> UpdateHistory:
    """With notes, undoings and grants. Raises UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        recommendation = (
            finding.recommendation(connection, asked.recommendation) if asked.recommendation else None
        )
        of = (recommendation.id if recommendation else None, asked.body.code if asked.body else None)
        total = _count(connection, *of)
        page = Page.at(asked.page, total, _SHOWN)
        shown = updates.history(connection, *of, limit=_SHOWN, offset=(page.number - 1) * _SHOWN)
        return UpdateHistory(
            updates=told(connection, shown, actor),
            total=total,
            typed=_typed(recommendation, asked),
            subject=_name(recommendation, asked),
            page=page,
            may_redact=actor.is_coordinator,
        )


def _count(connection: Connection, recommendation_id: str | None, body_code: str | None) -> int:
    if recommendation_id is None and body_code is None:
        # Sequence numbers have no gaps, so that nothing has to be counted.
        return chain.head(connection)[0]
    return updates.count(connection, recommendation_id, body_code)


def _typed(recommendation: Recommendation | None, request: typed_commands.History) -> str:
    if recommendation is None:
        return command_of("history", unmistakable(request.body) if request.body else "")
    return command_of("history", recommendation.title, request.body.slug if request.body else "")


def _name(recommendation: Recommendation | None, request: typed_commands.History) -> str:
    return ", ".join(
        name
        for name in (
            recommendation.title if recommendation else "",
            request.body.short_name if request.body else "",
        )
        if name
    )
