"""Every update of what is asked about: a recommendation, a body, a time, a person's, or all; newest first."""

from collections.abc import Iterable

from bot.domain.questions.answers import UpdateHistory
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.model import Question, Scope
from bot.domain.questions.names import Body
from bot.domain.questions.pages import Page
from bot.domain.questions.question_subject import QuestionSubject
from bot.domain.questions.sense import must_make_sense
from bot.domain.questions.written import canonical
from bot.domain.register.people import Actor, Request
from bot.domain.values import replace
from bot.operations.questions.answerable import must_be_answerable
from bot.operations.questions.people_asked_about import person_meant
from bot.operations.questions.period import period_of
from bot.operations.questions.subjects import Subjects
from bot.operations.questions.update_views import update_views
from bot.operations.register.lineage import reads_for
from bot.operations.register.opening import register_on
from bot.operations.register.register import Register
from bot.operations.request import actors
from storage import chain, succession, updates
from storage.database import Connection
from storage.store import Store

_SHOWN = 10


def history(store: Store, request: Request, question: Question) -> UpdateHistory:
    """List the updates of what a question selects, with notes, undoings and grants.

    Raises what `answering.answer` raises, and CannotBeAnswered where nobody has the name that is asked about,
    or several have it."""
    must_make_sense(question, request.today)
    must_be_answerable(question)
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        register = register_on(connection, request.today, None)
        person, by = person_meant(connection, store, request.who, question) if question.by else (None, "")
        scope = _as_others_ask(question.scope, actor, register)
        named = tuple(map(register.find, scope.recommendations))
        # A history is told of every recommendation, also of one that no body answers, which a subject is not.
        subjects = Subjects(register, actor, replace(question, scope=replace(scope, recommendations=())))
        subject = replace(subjects.unsized, recommendations=named)
        period = period_of(connection, question.time, request.today)
        wanted = updates.Wanted(
            recommendation_ids=tuple(recommendation.id for recommendation in named) or None,
            report_keys=subjects.report_keys,
            body_codes=_with_predecessors(connection, subjects.body_codes),
            author=person.key if person else None,
            after=period.after,
            through=period.through,
        )
        total = _count(connection, wanted)
        page = Page.at(question.page, total, _SHOWN)
        page_updates = updates.history(connection, wanted, limit=page.size, offset=page.first)
        reader = _reading_predecessors(connection, actor, subjects.body_codes or ())
        scope = replace(scope, recommendations=tuple(Ref(row.report_key, row.number) for row in named))
        return UpdateHistory(
            updates=update_views(connection, page_updates, reader),
            total=total,
            typed=canonical(replace(question, scope=scope, by=by, page=1)),
            subject=subject,
            named_once=_named_once(scope, subject),
            page=page,
            may_redact=actor.is_coordinator,
            by=person.display_name if person else "",
            since=period.since,
            until=period.until,
        )


def _as_others_ask(scope: Scope, actor: Actor, register: Register) -> Scope:
    """Name the asker's body in the place of "mine" where there is only one: what is shared is for all."""
    if not scope.mine or len(actor.speaks_for) != 1:
        return scope
    (code,) = actor.speaks_for
    body = register.bodies()[code]
    return replace(scope, mine=False, places=(Body.of(body),))


def _named_once(scope: Scope, subject: QuestionSubject) -> tuple[str, ...]:
    """Return the recommendation and the body that are all that is asked about, as each update names them."""
    title = subject.recommendations[0].title if len(subject.recommendations) == 1 else ""
    place = scope.places[0] if len(scope.places) == 1 else None
    body_name = place.short_name if isinstance(place, Body) else ""
    return tuple(name for name in (title, body_name) if name)


def _with_predecessors(connection: Connection, codes: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Add the bodies in whose place those asked about stand; None where all are asked about."""
    return None if codes is None else (*codes, *succession.predecessors_of(connection, *codes))


def _reading_predecessors(connection: Connection, reader: Actor, codes: Iterable[str]) -> Actor:
    """Let a reader read what the predecessors said of those bodies, of some, that they may record for."""
    for heir in reader.speaks_for.keys() & set(codes):
        reader = reads_for(reader, heir, succession.predecessors_of(connection, heir))
    return reader


def _count(connection: Connection, wanted: updates.Wanted) -> int:
    if wanted == updates.Wanted():
        # Sequence numbers have no gaps, so that nothing has to be counted.
        return chain.head(connection)[0]
    return updates.count(connection, wanted)
