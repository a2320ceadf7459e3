"""The buttons under an answer: **File** and **Remind these** act on exactly what was listed."""

import pytest

from bot.domain.messages.delivery import DeliveryKind
from bot.domain.questions.account import InternalFormRefused
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.model import Question
from bot.domain.questions.question_answer import ListHasChanged
from bot.domain.questions.sense import makes_sense
from bot.domain.refusals.refusal import Refusal
from bot.domain.refusals.request import NotACoordinator
from bot.domain.register.people import Actor, PersonKey
from bot.domain.values import replace
from bot.operations.messages.remind import remind_listed
from bot.operations.questions import answering, listed_file
from bot.operations.questions.answering import Answering
from bot.operations.request.name_book import read_names
from bot.rendering.blocks.questions import answer as blocks
from handlers import answers
from storage import updates
from storage.database import Connection
from storage.deliveries import outbox
from tests.cast import ALICE, BOB, CORA, NOW, VIC, Register, occasion
from tests.domain.questions.drawn_questions import drawn_questions
from tests.rendering.screens import assert_valid, buttons


def question(register: Register, typed: str) -> Question:
    with register.store.reading() as connection:
        return read_question(typed, read_names(connection), NOW.date())


def value_of(register: Register, typed: str, label: str) -> str:
    answered = answering.answer(register.store, occasion(CORA), question(register, typed))
    return buttons(blocks.answer(answered))[label]


def remind(register: Register, value: str, who: PersonKey = CORA, key: str = "") -> object:
    fingerprint, _, typed = value.partition(" ")
    request = occasion(who, key=key)

    def listed(connection: Connection, actor: Actor) -> tuple[tuple[str, str], ...]:
        answer = Answering(connection, actor, request, question(register, typed))
        answer.must_be_as_listed(fingerprint)
        return answer.keys()

    return remind_listed(register.store, request, listed)


def reminded(register: Register) -> set[str]:
    with register.store.reading() as connection:
        waiting = outbox(connection).open
    return {delivery.channel for delivery in waiting if delivery.kind is DeliveryKind.REMINDER}


def test_those_listed_are_reminded_and_nobody_else(register: Register) -> None:
    register.says(BOB, "progress 15 in progress: begun")
    value = value_of(register, "15 16 not started kent surrey", "Remind these")
    assert remind(register, value, key="a")
    assert reminded(register) == {"U0ALICE", "U0BOB"}
    with register.store.reading() as connection:
        recorded = updates.of_request(connection, "a")
    reminded_bodies = {
        update.draft.recommendation_id: {change.now.split()[0] for change in update.draft.changes}
        for update in recorded
    }
    kent, surrey = register.body("kent").code, register.body("surrey").code
    assert reminded_bodies == {"stalking-15": {kent}, "stalking-16": {kent, surrey}}
    assert remind(register, value, key="a")
    with register.store.reading() as connection:
        assert updates.of_request(connection, "a") == recorded


def test_only_coordinators_remind(register: Register) -> None:
    value = value_of(register, "15 not started", "Remind these")
    for who in (ALICE, VIC):
        with pytest.raises(NotACoordinator):
            remind(register, value, who)
    assert reminded(register) == set()


def test_a_list_that_is_another_now_is_not_acted_on(register: Register) -> None:
    value = value_of(register, "15 not started kent surrey", "Remind these")
    register.says(BOB, "progress 15 in progress: begun")
    with pytest.raises(ListHasChanged) as refusal:
        remind(register, value)
    assert refusal.value.typed == "15 kent surrey not started"
    assert reminded(register) == set()
    fingerprint, _, typed = value.partition(" ")
    with pytest.raises(ListHasChanged):
        listed_file.must_be_allowed_to(register.store, occasion(VIC), question(register, typed), fingerprint)


def test_a_file_holds_what_is_listed_and_nothing_else(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider")
    listed = question(register, "export kent surrey not started xlsx")
    with listed_file.opened(register.store, occasion(VIC), listed) as account:
        entries = [
            (entry.recommendation.number, entry.body.slug, [update.draft.text for update in entry.updates])
            for chapter in account.chapters
            for entry in chapter.entries
        ]
    assert [(number, slug) for number, slug, _ in entries] == [
        ("15", "surrey"),
        ("16", "kent"),
        ("16", "surrey"),
        ("25", "kent"),
        ("25", "surrey"),
    ]
    assert (account.question, account.size) == ("kent surrey not started", 3)


def test_the_internal_form_is_for_those_who_may_read_it(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider")
    for typed, who in (
        ("blocked", VIC),
        ("blocked", ALICE),
        ("kent surrey blocked", ALICE),
        ("mine blocked", BOB),
    ):
        listed = question(register, f"export {typed} xlsx internal")
        if typed.startswith("mine"):
            listed_file.must_be_allowed_to(register.store, occasion(who), listed)
            continue
        with pytest.raises(InternalFormRefused):
            listed_file.must_be_allowed_to(register.store, occasion(who), listed)
    listed = question(register, "export kent blocked xlsx internal")
    with listed_file.opened(register.store, occasion(ALICE), listed) as account:
        (chapter,) = account.chapters
        (entry,) = chapter.entries
    assert entry.updates[-1].draft.text == "no provider"


def test_a_question_of_a_file_is_answered_at_once_and_made_afterwards(register: Register) -> None:
    waiting: list[object] = []
    services = replace(register.services(), slowly=lambda work, _who: waiting.append(work))
    screen = answers.show_answer(services, occasion(VIC), question(register, "export blocked csv"))
    assert_valid(screen)
    assert screen.text == "Your list is being made; it arrives as a file in a direct message."
    assert len(waiting) == 1


@pytest.mark.thorough
def test_any_question_that_makes_sense_is_answered_or_refused_in_words(register: Register) -> None:
    register.says(ALICE, "progress 15 blocked: no provider")
    services, answered = register.services(), 0
    for drawn in drawn_questions(seed=11, how_many=150):
        if drawn.file is not None or not makes_sense(drawn, NOW.date()):
            continue
        try:
            assert_valid(answers.show_answer(services, occasion(ALICE), drawn))
            answered += 1
        except Refusal:
            continue
    assert answered > 15
