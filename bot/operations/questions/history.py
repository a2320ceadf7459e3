"""Every update of a recommendation, a body, or all, newest first."""

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.questions.answers import UpdateHistory
from bot.domain.questions.grammar import typed_commands
from bot.domain.questions.grammar.command import command_of, unmistakable
from bot.domain.questions.model import Question
from bot.domain.questions.names import Body
from bot.domain.questions.pages import Page
from bot.domain.questions.written import canonical
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation
from bot.operations.questions.people_asked_about import person_meant
from bot.operations.questions.period import period_of
from bot.operations.questions.subjects import Subjects
from bot.operations.questions.update_views import update_views
from bot.operations.register.lineage import reads_for
from bot.operations.register.opening import register_on
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
        codes = _codes(connection, command.body)
        if command.body and codes:
            actor = reads_for(actor, command.body.code, codes)
        wanted = updates.Wanted((recommendation.id,) if recommendation else None, body_codes=codes)
        total = _count(connection, wanted)
        page = Page.at(command.page, total, _SHOWN)
        page_updates = updates.history(connection, wanted, limit=_SHOWN, offset=(page.number - 1) * _SHOWN)
        return UpdateHistory(
            updates=update_views(connection, page_updates, actor),
            total=total,
            typed=_typed(recommendation, command),
            subject=_name(recommendation, command),
            page=page,
            may_redact=actor.is_coordinator,
        )


def history_of(store: Store, request: Request, question: Question) -> UpdateHistory:
    """List the updates of all that a question selects. Raises what `answer` raises, and CannotBeAnswered
    where nobody has the name that is asked about, or several have it."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        scope = question.scope
        person, typed = person_meant(connection, store, request.who, question) if question.by else (None, "")
        named = [resolve.recommendation(connection, ref) for ref in scope.recommendations]
        register = register_on(connection, request.today, None)
        of_places = replace(question, scope=replace(scope, recommendations=()))
        subjects = Subjects(register, actor, register.bodies(), of_places)
        codes = subjects.body_codes
        period = period_of(connection, question.time, request.today)
        wanted = updates.Wanted(
            recommendation_ids=tuple(recommendation.id for recommendation in named) or None,
            report_keys=subjects.report_keys,
            body_codes=None if codes is None else (*codes, *succession.predecessors_of(connection, *codes)),
            author=person.key if person else None,
            after=period.after,
            through=period.through,
        )
        total = _count(connection, wanted)
        page = Page.at(question.page, total, _SHOWN)
        page_updates = updates.history(connection, wanted, limit=_SHOWN, offset=(page.number - 1) * _SHOWN)
        reader = _reading_predecessors(connection, actor, codes or ())
        return UpdateHistory(
            updates=update_views(connection, page_updates, reader),
            total=total,
            typed=canonical(replace(question, by=typed, page=1)),
            asked_about=replace(subjects.subject, recommendations=tuple(named)),
            page=page,
            may_redact=actor.is_coordinator,
            by=person.display_name if person else "",
            since=period.since,
            until=period.until,
        )


def _reading_predecessors(connection: Connection, reader: Actor, codes: Iterable[str]) -> Actor:
    """Let a reader read what the predecessors said of those bodies, of some, that they may record for."""
    for heir in reader.speaks_for.keys() & set(codes):
        reader = reads_for(reader, heir, succession.predecessors_of(connection, heir))
    return reader


def _codes(connection: Connection, body: Body | None) -> tuple[str, ...] | None:
    """Return the codes of a body and of those in whose place it stands; None where all are asked about."""
    return (body.code, *succession.predecessors_of(connection, body.code)) if body else None


def _count(connection: Connection, wanted: updates.Wanted) -> int:
    if wanted == updates.Wanted():
        # Sequence numbers have no gaps, so that nothing has to be counted.
        return chain.head(connection)[0]
    return updates.count(connection, wanted)


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
