"""What is in doubt, which words doubt nothing, and what is offered in place of a command in doubt."""

from datetime import date

import pytest

from bot.domain.free_text import LIMIT, TextTooLong
from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.reader import LONGEST_COMMAND
from bot.domain.questions.grammar.typed_commands import Ref, Search
from bot.domain.questions.grammar.typed_recordings import Note, Progress, RecordPublishedResponse, Respond
from bot.domain.questions.names import Body, Names, ReportName
from bot.domain.register.addressee import Answer, Stage
from tests.domain.shipped_names import body, understood

R15 = Ref(None, "15")


def refused(typed: str) -> NotUnderstood:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    return problem.value


def offered(typed: str) -> list[str]:
    return [choice.command for choice in refused(typed).suggestions]


@pytest.mark.parametrize(
    ("typed", "verb", "offer"),
    [
        ("Done. 16.", "done", "done 16"),
        ("In progress. 16", "in progress", "in progress 16"),
        ("Not started! 16.", "not started", "not started 16"),
    ],
)
def test_a_verb_that_is_a_sentence_of_its_own_is_put_back_with_what_follows(
    typed: str, verb: str, offer: str
) -> None:
    problem = refused(typed)
    assert (problem.what, problem.word) == (What.NOT_CERTAIN, verb)
    assert offered(typed) == [offer]


def test_what_is_struck_through_is_in_doubt_for_its_stroke() -> None:
    problem = refused("~accept 15~")
    assert (problem.what, problem.word) == (What.NOT_CERTAIN, "~")


@pytest.mark.parametrize("word", ["maybe", "not", "if", "nearly"])
def test_a_note_is_in_doubt_up_to_its_recommendation(word: str) -> None:
    """What stands before the number is no text, whatever is named first."""
    assert refused(f"note kent {word} 15 said so").word == word
    assert understood(f"note 15 {word} said so") == Note(R15, None, f"{word} said so")


def test_a_question_mark_in_the_address_of_a_response_asks_nothing_and_moves_nothing() -> None:
    typed = "publish stalking kent https://a.uk/b?c=1 on 3 March"
    command = understood(typed)
    assert isinstance(command, RecordPublishedResponse)
    assert (command.url, command.body, command.on) == (
        "https://a.uk/b?c=1",
        body("kent"),
        date(2025, 3, 3),
    )
    assert refused(f"{typed} perhaps").word == "perhaps"
    assert refused("publish stalking kent maybe https://a.uk/b?c=1").word == "maybe"


def test_a_name_may_say_what_would_be_in_doubt_elsewhere() -> None:
    names = Names.of(
        [(Body("E1", "not-known", "Not Known"), ("never",))],
        reports=[ReportName("never-events", "Never events")],
    )
    said = understood("accept never-events 15 not-known", names)
    assert said == Respond(Answer.ACCEPTED, (Ref("never-events", "15"),), names.bodies_exact("not-known")[0])


@pytest.mark.parametrize("words", ["not started", "not begun"])
def test_that_nothing_was_begun_is_a_stage_of_progress_and_no_negation(words: str) -> None:
    assert understood(f"progress 15 {words}: no staff yet") == Progress(
        Stage.NOT_STARTED, (R15,), None, "no staff yet"
    )


def test_the_day_of_a_break_is_offered_as_no_recommendation() -> None:
    assert offered("away kent until 20 April?") == ["body kent"]
    assert offered("away until 20 April maybe") == ["help away"]


def test_where_not_started_may_ask_both_what_records_it_and_what_answers_are_offered() -> None:
    assert offered("25 not started") == ["not started 25", "25"]
    assert offered("kent 25 not started") == ["not started 25 kent", "25 kent"]


def test_a_lookup_that_stands_further_back_keeps_its_colon() -> None:
    assert understood("stalking search: tender") == Search("stalking: tender")


def test_words_that_are_searched_for_keep_their_question_mark() -> None:
    assert understood("search what is it?") == Search("what is it?")


def test_the_longest_command_is_read_and_a_longer_one_is_said_to_be_too_long() -> None:
    assert understood("15".ljust(LONGEST_COMMAND))
    with pytest.raises(TextTooLong) as problem:
        understood("15".ljust(LONGEST_COMMAND + 1))
    assert problem.value == TextTooLong("command", LONGEST_COMMAND + 1, LIMIT)
