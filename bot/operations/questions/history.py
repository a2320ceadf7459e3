"""Every update of a recommendation, a body, or all, newest first."""

from bot.domain.questions.answers import History, Page
from bot.domain.questions.grammar import requests
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.register.people import Request
from bot.domain.register.recommendation import Recommendation
from bot.operations.questions.telling import told
from bot.operations.request import actors, finding
from storage import chain, updates
from storage.database import Connection
from storage.store import Store

_SHOWN = 10


def history(store: Store, occasion: Request, asked: requests.History) -> History:
    """With notes, undoings and grants. Raises UnknownRecommendation, WhichReport, CannotSee."""
    with store.reading() as connection:
        actor = actors.load(connection, store, occasion)
        found = finding.recommendation(connection, asked.recommendation) if asked.recommendation else None
        of = (found.id if found else None, asked.body.code if asked.body else None)
        total = _count(connection, *of)
        at = Page.at(asked.page, total, _SHOWN)
        shown = updates.history(connection, *of, limit=_SHOWN, offset=(at.number - 1) * _SHOWN)
        return History(
            updates=told(connection, shown, actor),
            total=total,
            typed=_typed(found, asked),
            of=_name(found, asked),
            page=at,
            may_redact=actor.is_coordinator,
        )


def _count(connection: Connection, recommendation_id: str | None, body_code: str | None) -> int:
    if recommendation_id is None and body_code is None:
        # Sequence numbers have no gaps, so that nothing has to be counted.
        return chain.head(connection)[0]
    return updates.count(connection, recommendation_id, body_code)


def _typed(found: Recommendation | None, asked: requests.History) -> str:
    if found is None:
        return command_of("history", unmistakable(asked.body) if asked.body else "")
    return command_of("history", found.title, asked.body.slug if asked.body else "")


def _name(found: Recommendation | None, asked: requests.History) -> str:
    return ", ".join(
        name for name in (found.title if found else "", asked.body.short_name if asked.body else "") if name
    )
