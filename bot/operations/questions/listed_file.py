"""What a question lists, as an account to be written into a file: that very list and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.questions.account import Account, Chapter, Form, must_be_allowed
from bot.domain.questions.model import Question
from bot.domain.questions.names import Body
from bot.domain.questions.written import canonical
from bot.domain.register.people import Actor, Request
from bot.domain.register.recommendation import Recommendation, Tally, place_of_id
from bot.domain.values import replace
from bot.operations.questions.answering import Answering
from bot.operations.questions.export import entry_of, publications_in
from bot.operations.register.register import Key
from bot.operations.request import actors
from storage.chain import head
from storage.store import Store


def must_be_allowed_to(store: Store, request: Request, question: Question, fingerprint: str = "") -> None:
    """Raises InternalFormRefused, ListHasChanged, and what `answering.answer` raises."""
    with _allowed(store, request, question, fingerprint):
        pass


@contextmanager
def opened(store: Store, request: Request, question: Question, fingerprint: str = "") -> Iterator[Account]:
    """Yield the account, to be read inside of the transaction. Raises what `must_be_allowed_to` raises."""
    with _allowed(store, request, question, fingerprint) as answering:
        keys = answering.all_keys()
        yield Account(
            form=_form(question),
            made_at=request.instant,
            day=answering.register.day,
            through_seq=head(answering.connection)[0],
            history_hash=head(answering.connection)[1],
            size=len({id_ for id_, _ in keys}),
            chapters=_chapters(answering, keys, _form(question)),
            looks_back=answering.register.is_past,
            known=answering.known,
            question=canonical(replace(question, page=1, file=None)),
            published_responses=publications_in(
                answering.register,
                {place_of_id(id_)[0] for id_, _ in keys},
                sorted({code for _, code in keys}),
            ),
        )


@contextmanager
def _allowed(store: Store, request: Request, question: Question, fingerprint: str) -> Iterator[Answering]:
    """Open the list for whoever may have it as a file. Raises what `must_be_allowed_to` raises."""
    with store.reading() as connection:
        actor = actors.load(connection, store, request)
        _must_be_allowed(actor, question)
        answering = Answering(connection, actor, request, question)
        if fingerprint:
            answering.must_be_as_listed(fingerprint)
        yield answering


def _form(question: Question) -> Form:
    return question.file.form if question.file else Form.PUBLISHED


def _must_be_allowed(actor: Actor, question: Question) -> None:
    """Let contacts have the internal form of what is about their own bodies alone. Raises
    InternalFormRefused, CannotSee."""
    scope = question.scope
    form = _form(question)
    if form is Form.INTERNAL and scope.mine and actor.is_contact:
        return
    places = scope.places or (None,)
    for place in places:
        must_be_allowed(actor, form, place if isinstance(place, Body) else None)


def _chapters(answering: Answering, keys: tuple[Key, ...], form: Form) -> Iterator[Chapter]:
    codes: dict[str, list[str]] = {}
    for recommendation_id, code in keys:
        codes.setdefault(recommendation_id, []).append(code)
    for recommendation_id in sorted(codes, key=place_of_id):
        without_parts = answering.register.recommendations([recommendation_id])[recommendation_id]
        recommendation = answering.register.with_parts(without_parts)
        yield _chapter(answering, recommendation, codes[recommendation_id], form)


def _chapter(answering: Answering, recommendation: Recommendation, codes: list[str], form: Form) -> Chapter:
    register, everyone = answering.register, answering.subjects.everyone
    listed = {(recommendation.id, code) for code in codes}
    rows = tuple(row for row in register.with_bodies([recommendation.id], codes) if row.key in listed)
    before = register.predecessors(rows)
    return Chapter(
        recommendation=recommendation,
        addressees=rows,
        tally=Tally.of(rows),
        entries=(
            entry_of(register, form, recommendation, row, everyone, before.get(row.key, ())) for row in rows
        ),
        parties=register.parties(recommendation),
    )
