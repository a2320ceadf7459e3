"""A coordinator asks a body about a recommendation; one of its contacts answers. Both are kept."""

from collections.abc import Callable

from msgspec import Struct

from bot.domain.messages.delivery import Payload
from bot.domain.questions.grammar.typed_recordings import AskBody
from bot.domain.refusals.people import NoContact
from bot.domain.refusals.recording import NothingToAnswer, TextRequired
from bot.domain.register.body_question import BodyAnswer, BodyQuestion
from bot.domain.register.guard import must_identify_nobody
from bot.domain.register.people import Actor, PersonKey, Request
from bot.domain.register.update import RequestKey, Update, UpdateKind
from bot.domain.values import replace
from bot.operations.request import actors, resolve
from bot.operations.request.writing import coordinating, writing
from storage import open_requests, people, updates
from storage.database import Connection
from storage.store import Store


class Messages(Struct, frozen=True):
    """Words the direct messages, each for the key of its delivery: to the body's contacts when it is asked,
    and to whoever asked when it is answered."""

    question: Callable[[BodyQuestion, str], Payload]
    answer: Callable[[BodyAnswer, str], Payload]


def ask(store: Store, request: Request, command: AskBody, messages: Messages) -> BodyQuestion:
    """Ask the contacts of a body.

    Raises TextRequired, MayIdentify, NoContact, NotACoordinator, and what `resolve` raises."""
    confirmed = must_identify_nobody(command.text, command.no_victim)
    with coordinating(store, request) as work:
        if work.written:
            return _question(work.connection, work.written[0].seq)
        body_code, body_name = resolve.body_to_record_for(work.actor, command.body)
        recommendation = resolve.recordable(work.connection, command.recommendation)
        addressee = work.addressee(recommendation, body_code, body_name)
        if not command.text:
            raise TextRequired("ask", recommendation.id, body_name)
        contacts = _contacts(work.connection, body_code)
        if not contacts:
            raise NoContact(body_name)
        draft = work.draft(UpdateKind.QUESTION_ASKED, addressee)
        update = work.append(replace(draft, text=command.text, changes=confirmed))
        question = _question(work.connection, update.seq)
        for person in contacts:
            key = f"question-asked:{update.seq}:{person.user_id}"
            work.tell(person, key, messages.question(question, key))
        return question


def answer(
    store: Store, request: Request, seq: int, text: str, messages: Messages, *, no_victim: bool = False
) -> BodyAnswer:
    """Answer the question that is update `seq`, once: whoever answers after the first is told how it was.

    Raises TextRequired, MayIdentify, NothingToAnswer, NotAContactOf."""
    confirmed = must_identify_nobody(text, no_victim)
    with writing(store, request) as work:
        question = _may_be_answered(work.connection, work.actor, seq)
        earlier = open_requests.answer_to(work.connection, seq)
        if earlier:
            return _answer(question, earlier, again=True)
        if not text:
            raise TextRequired("answer", question.recommendation.id, question.body_name)
        addressee = work.addressee(question.recommendation, question.body_code, question.body_name)
        draft = replace(
            work.draft(UpdateKind.QUESTION_ANSWERED, addressee),
            on_behalf=work.actor.speaks_on_behalf_of(question.body_code),
            about_seq=seq,
            text=text,
            changes=confirmed,
            request=RequestKey(f"answer:{seq}"),
        )
        update = work.append(draft)
        body_answer = _answer(question, replace(update, author_name=work.actor.person.display_name))
        key = f"question-answered:{seq}"
        work.tell(question.asker, key, messages.answer(body_answer, key))
        return body_answer


def question_to_answer(store: Store, request: Request, seq: int) -> BodyQuestion | BodyAnswer:
    """Return the question, or how it was answered. Raises NothingToAnswer, NotAContactOf, CannotSee."""
    with store.reading() as connection:
        question = _may_be_answered(connection, actors.load(connection, store, request), seq)
        earlier = open_requests.answer_to(connection, seq)
        return _answer(question, earlier, again=True) if earlier else question


def _may_be_answered(connection: Connection, actor: Actor, seq: int) -> BodyQuestion:
    """Return a question that the actor may answer. Raises NothingToAnswer, NotAContactOf."""
    question = _question(connection, seq)
    actor.must_speak_for(question.body_code, question.body_name)
    return question


def _question(connection: Connection, seq: int) -> BodyQuestion:
    """Return a question that a body was asked. Raises NothingToAnswer."""
    update = updates.get(connection, seq)
    if update is None or update.draft.kind is not UpdateKind.QUESTION_ASKED or update.draft.by is None:
        raise NothingToAnswer
    subject = resolve.subject_of(connection, update)
    if subject is None:
        raise NothingToAnswer
    recommendation, addressee = subject
    return BodyQuestion(
        seq=seq,
        recommendation=recommendation,
        body_code=addressee.body_code,
        body_name=addressee.body_name,
        text=update.draft.text,
        asker=update.draft.by,
        asker_name=update.author_name,
        asked_at=update.recorded_at,
        contacts=tuple(_contacts(connection, addressee.body_code).values()),
    )


def _contacts(connection: Connection, body_code: str) -> dict[PersonKey, str]:
    holders = people.contacts(connection, body_code)
    reminded = (holder for holder in holders if holder.can_be_reminded)
    return {holder.who: holder.display_name for holder in reminded}


def _answer(question: BodyQuestion, update: Update, *, again: bool = False) -> BodyAnswer:
    return BodyAnswer(
        question=question,
        seq=update.seq,
        text=update.draft.text,
        by=update.author_name,
        answered_at=update.recorded_at,
        again=again,
    )
