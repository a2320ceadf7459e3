"""A coordinator asks a body, one of its contacts answers once, and both stay with the recommendation."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.messages.delivery import Payload
from bot.domain.messages.home import HomePlace
from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.refusals.addressees import NotAContactOf
from bot.domain.refusals.people import NoContact
from bot.domain.refusals.recording import NothingToAnswer, TextRequired
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.body_question import BodyAnswer, BodyQuestion
from bot.domain.register.guard import MayIdentify
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.domain.register.redaction import Ground
from bot.domain.register.update import UpdateKind
from bot.operations.messages import digest_contents
from bot.operations.questions import home, status
from bot.operations.recording import ask_body
from bot.operations.recording.redact import redact_by_hand
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.rendering.blocks.recording import ask_body as blocks
from bot.rendering.blocks.recording.redact import message_without
from storage import deliveries, people, updates
from storage.chain import head
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, accountable_case, occasion, person
from tests.storage.audit import audit

MESSAGES = ask_body.Messages(question=blocks.question_message, answer=blocks.answer_message)


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    yield made
    made.store.database.close()


def asks(
    register: Register, text: str = "which service?", who: PersonKey = CORA, key: str = ""
) -> BodyQuestion:
    command = register.read(f"ask 15 kent: {text}")
    return ask_body.ask(register.store, occasion(who, key=key), command, MESSAGES)  # type: ignore[arg-type]


def answers(
    register: Register, seq: int, who: PersonKey = ALICE, text: str = "the northern one"
) -> BodyAnswer:
    return ask_body.answer(register.store, occasion(who), seq, text, MESSAGES)


def messages_sent(register: Register) -> dict[str, tuple[str, Payload]]:
    """The direct messages that are to be sent: to whom, and what, by key."""
    with register.store.reading() as connection:
        waiting = deliveries.outbox(connection).open
    return {
        delivery.key: (delivery.channel, delivery.payload)
        for delivery in waiting
        if delivery.key.startswith("question") and delivery.payload
    }


def test_the_contacts_are_asked_once_and_the_answer_reaches_whoever_asked(
    register: Register, database_url: str
) -> None:
    question = asks(register, key="k")
    assert asks(register, key="k") == question
    assert question.contacts == ("Alice Ames",)
    question_key = f"question-asked:{question.seq}:{ALICE.user_id}"
    assert [(key, who) for key, (who, _) in messages_sent(register).items()] == [
        (question_key, ALICE.user_id)
    ]
    assert "which service?" in str(messages_sent(register)[question_key][1])

    body_answer = answers(register, question.seq)
    assert (body_answer.by, body_answer.text, body_answer.again) == ("Alice Ames", "the northern one", False)
    answered = f"question-answered:{question.seq}"
    assert messages_sent(register)[answered][0] == CORA.user_id
    assert "the northern one" in str(messages_sent(register)[answered][1])

    late = answers(register, question.seq, text="another")
    assert (late.again, late.text) == (True, "the northern one")
    with register.store.reading() as connection:
        seq = head(connection)[0]
        assert seq == question.seq + 1
        update = updates.get(connection, seq)
    assert update is not None
    assert (update.draft.kind, update.draft.about_seq) == (UpdateKind.QUESTION_ANSWERED, question.seq)
    audit(database_url)


def test_what_is_not_answered_waits_with_the_body_on_home_and_in_the_digest(register: Register) -> None:
    question = asks(register)

    def waiting() -> tuple[list[int], list[int], list[int], tuple[str, ...]]:
        standing = status.with_body(
            register.store,
            occasion(ALICE),
            Ref(None, "15"),
            register.body("kent"),
        )
        cora = home.home(register.store, occasion(CORA), HomePlace(), NO_DIGEST).coordinator
        alice = home.home(register.store, occasion(ALICE), HomePlace(), NO_DIGEST).contact
        assert cora is not None
        assert alice is not None
        with register.store.reading() as connection:
            seq, anchor = head(connection)
            digest = digest_contents.read(connection, NOW.date(), seq, anchor, names_bodies=True)
        return (
            [update.seq for update in standing.unanswered],
            [view.update.seq for view in cora.questions],
            [view.update.seq for view in alice.questions],
            digest.unanswered,
        )

    seqs = [question.seq]
    assert waiting() == (seqs, seqs, seqs, ("Kent (stalking 15)",))
    bob = home.home(register.store, occasion(BOB), HomePlace(), NO_DIGEST).contact
    assert bob is not None
    assert bob.questions == ()
    answers(register, question.seq)
    assert waiting() == ([], [], [], ())


def test_only_coordinators_ask_and_only_the_body_answers(register: Register) -> None:
    with pytest.raises(NotACoordinator):
        asks(register, who=ALICE)
    question = asks(register)
    for who in (BOB, VIC):
        with pytest.raises(NotAContactOf):
            answers(register, question.seq, who)
        with pytest.raises(NotAContactOf):
            ask_body.question_to_answer(register.store, occasion(who), question.seq)
    assert answers(register, question.seq, CORA).by == "Cora Lane"


def test_a_question_needs_a_text_somebody_to_answer_and_names_no_victim(register: Register) -> None:
    with pytest.raises(TextRequired):
        ask_body.ask(register.store, occasion(CORA), register.read("ask 15 kent"), MESSAGES)  # type: ignore[arg-type]
    with pytest.raises(NoContact):
        ask_body.ask(register.store, occasion(CORA), register.read("ask 15 dorset: why?"), MESSAGES)  # type: ignore[arg-type]
    with pytest.raises(MayIdentify):
        asks(register, "did you ring 07700 900123?")
    question = asks(register)
    with pytest.raises(MayIdentify):
        answers(register, question.seq, text="ring 07700 900123")
    with pytest.raises(NothingToAnswer):
        answers(register, question.seq - 1)


def test_the_words_of_a_question_are_erased_from_its_messages_too(register: Register) -> None:
    question = asks(register, "is it the service by the old wharf?")
    redact_by_hand(
        register.store, question.seq, Ground.WRONG_PERSON, NOW + timedelta(hours=1), message_without
    )
    assert "wharf" not in str(messages_sent(register))
    with register.store.reading() as connection:
        update = updates.get(connection, question.seq)
    assert update is not None
    assert update.words_erased


def test_neither_approvers_nor_who_has_left_are_asked(register: Register) -> None:
    kent = register.body("kent").code
    with register.store.begin() as connection:
        people.grant(connection, BOB, Role.CONTACT, kent, NOW, ContactKind.APPROVER)
        people.grant(connection, VIC, Role.CONTACT, kent, NOW, ContactKind.DEPUTY)
        people.remember(connection, person(VIC, Membership.DEACTIVATED))
    assert asks(register).contacts == ("Alice Ames",)
    assert {who for who, _ in messages_sent(register).values()} == {ALICE.user_id}
