"""Who is how far with a part of a recommendation: listed, counted and looked back at."""

from collections.abc import Iterator

import pytest

from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.question_answer import Answered, CannotBeAnswered, WhyUnanswered
from bot.domain.register.part_states import NoSuchPart
from bot.operations.questions import answering
from bot.operations.request import actors
from bot.operations.request.name_book import read_names
from bot.rendering.blocks.questions.answer import answer
from tests.cast import ALICE, BOB, CORA, NOW, Register, accountable_case, occasion


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    made.says(ALICE, "complete 15 part a: two services have opened")
    made.says(BOB, "started 15 part a: one service opens in May")
    made.says(CORA, "blocked 15 gwent part a: no provider")
    made.says(CORA, "complete 15 essex: all of it, the services too")
    yield made
    made.store.database.close()


def ask(register: Register, typed: str) -> Answered:
    with register.store.reading() as connection:
        names = read_names(connection)
    return answering.answer(register.store, occasion(CORA), read_question(typed, names, NOW.date()))


@pytest.mark.parametrize("time", ["", " as at 10 Mar 2025", " as known at 10 Mar 2025"])
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("15 part a complete", "2 of 43 have completed part (a) of stalking 15: Essex, Kent."),
        ("15 part a in progress", "1 of 43 is in progress on part (a) of stalking 15: Surrey."),
        ("15 part a blocked wales", "1 of 4 (Wales) is blocked on part (a) of stalking 15: Gwent."),
        ("15 part b complete", "1 of 43 has completed part (b) of stalking 15: Essex."),
        ("15 part a", "Part (a) of stalking 15: 2 of 43 complete."),
        ("15 part a percent", "Part (a) of stalking 15: 5% complete (2 of 43)."),
    ],
)
def test_bodies_are_listed_and_counted_by_a_part(
    register: Register, typed: str, sentence: str, time: str
) -> None:
    text = answer(ask(register, typed + time)).text
    assert text.casefold().endswith(sentence.casefold()), text


def test_a_line_says_how_far_the_part_is_and_why(register: Register) -> None:
    begun = str(answer(ask(register, "15 part a in progress")).blocks)
    assert "Surrey · in progress since 10 Mar 2025 · “one service opens in May”" in begun
    blocked = str(answer(ask(register, "15 part a blocked")).blocks)
    assert "Gwent · blocked since 10 Mar 2025 · “no provider”" in blocked
    done = str(answer(ask(register, "15 part a complete")).blocks)
    assert "Kent · complete since 10 Mar 2025 · “two services have opened”" in done
    # It calls all of it complete, and has said nothing of the part.
    assert "Essex · complete since 10 Mar 2025 · “all of it, the services too”" in done


def test_before_anything_was_said_nobody_had_begun_it(register: Register) -> None:
    before = ask(register, "15 part a not started as at 22 Nov 2024")
    assert (before.measures[0].matching, before.measures[0].addressed) == (43, 43)


def test_what_is_listed_can_be_acted_on(register: Register) -> None:
    with register.store.reading() as connection:
        question = read_question("15 part a complete", read_names(connection), NOW.date())
    with register.store.reading() as connection:
        listed = answering.Answering(
            connection,
            actors.load(connection, register.store, occasion(CORA)),
            occasion(CORA),
            question,
        )
        keys = [("stalking-15", register.body(slug).code) for slug in ("essex", "kent")]
        assert list(listed.keys()) == keys


@pytest.mark.parametrize(
    "typed", ["15 part a not accepted", "15 part a overdue", "history 15 part a", "changes 15 part a"]
)
def test_a_part_has_no_answer_deadline_or_history_of_its_own(register: Register, typed: str) -> None:
    with pytest.raises(CannotBeAnswered) as refusal:
        ask(register, typed)
    assert refusal.value.why is WhyUnanswered.PART


def test_a_part_that_is_not_there_is_said_with_those_that_are(register: Register) -> None:
    with pytest.raises(NoSuchPart) as refusal:
        ask(register, "15 part z complete")
    assert refusal.value.labels == ("a", "b")
