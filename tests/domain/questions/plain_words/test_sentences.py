"""Plain sentences by kind: each is answered, offered, asked or left alone as `sentences.tsv` says."""

import os
from datetime import date

import pytest

from bot.domain.questions.account import Format
from bot.domain.questions.grammar import typed_recordings
from bot.domain.questions.grammar.reader import read, verb_of
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.plain_words.reader import understand
from bot.domain.questions.plain_words.typed import read_command_or_question, understand_instead
from bot.domain.questions.plain_words.understanding import (
    About,
    Answerable,
    Asked,
    NotAnswered,
    Offered,
    SaidPlainly,
    Understanding,
)
from bot.domain.questions.written import canonical
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Stage
from bot.domain.values import replace
from tests.domain.questions.plain_words.surroundings import AROUND, ASKERS, Sentence, sentences
from tests.domain.shipped_names import MONDAY, NAMES

# A test for each sentence would cost more than reading it; but where code is mutated, only those that run it
# are read again (tests/mutants/groups.py).
SENTENCES_IN_A_BLOCK = int(os.environ.get("SENTENCES_IN_A_BLOCK", "50"))
BLOCKS = [
    pytest.param(block, id=f"from {block[0][1]}")
    for start in range(0, len(sentences()), SENTENCES_IN_A_BLOCK)
    for block in [sentences()[start : start + SENTENCES_IN_A_BLOCK]]
]
RECORDINGS = (
    typed_recordings.Respond,
    typed_recordings.Progress,
    typed_recordings.Note,
    typed_recordings.Extend,
    typed_recordings.Check,
    typed_recordings.Grant,
    typed_recordings.Revoke,
    typed_recordings.Remind,
    typed_recordings.DigestSend,
    typed_recordings.RecordPublishedResponse,
    typed_recordings.SetReport,
)


def kind_and_commands(understood: Understanding) -> tuple[str, list[str]]:
    match understood:
        case Answerable(command=command):
            return "answer", [command]
        case Offered(commands):
            return "offer", sorted(commands)
        case Asked(commands=commands):
            return "ask", sorted(commands)
        case NotAnswered(why=why):
            return "none", [why.value]


@pytest.mark.parametrize("sentences", BLOCKS)
def test_plain_words_are_understood_as_they_are_meant_by_what_can_be_typed(sentences: list[Sentence]) -> None:
    misread = {}
    for who, typed, outcome, meant in sentences:
        understood = understand(typed, ASKERS[who], AROUND)
        must_be_typable(understood, typed)
        kind, texts = kind_and_commands(understood)
        if kind != outcome or not is_meant(kind, texts, meant.split(" | ")):
            misread[typed] = (kind, texts)
    assert misread == {}


def is_meant(kind: str, texts: list[str], wanted: list[str]) -> bool:
    match kind:
        case "offer":
            return texts == sorted(wanted)
        case "ask":
            return set(wanted) <= set(texts)
        case _:
            return texts[0] in wanted


def must_be_typable(understood: Understanding, typed: str) -> None:
    """An answer's text asks the same again, and what is offered is a command that the grammar reads."""
    if isinstance(understood, Answerable) and understood.question is not None:
        assert understood.command == canonical(understood.question)
        assert read_question(understood.command, NAMES, MONDAY) == understood.question
    if isinstance(understood, Offered):
        for command in SaidPlainly(understood, typed).commands:
            verb = verb_of(command)
            assert verb is not None
            assert verb.writes
            read(command, NAMES, MONDAY)


@pytest.mark.parametrize("sentences", BLOCKS)
def test_no_sentence_is_a_command_that_records(sentences: list[Sentence]) -> None:
    """Only what is typed as a command may record: these sentences are answered by a lookup or put back."""
    assert [typed for _, typed, _, _ in sentences if is_recording(typed)] == []


def is_recording(typed: str) -> bool:
    try:
        return isinstance(read_command_or_question(typed, NAMES, MONDAY), RECORDINGS)
    except Refusal:
        return False


@pytest.mark.parametrize("typed", ["biggest forces on 15", "black country on 16"])
def test_a_verb_that_makes_no_command_of_the_rest_is_not_suggested(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_command_or_question(typed, NAMES, MONDAY)
    understood = understand_instead(refused.value, typed, ASKERS["viewer"], AROUND)
    assert isinstance(understood, NotAnswered)


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("not started on 16, awaiting budget", "not started 16 kent: awaiting budget"),
        ("close 15 for us", "complete 15 kent"),
    ],
)
def test_an_order_with_more_words_than_its_command_is_offered(typed: str, command: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_command_or_question(typed, NAMES, MONDAY)
    assert understand_instead(refused.value, typed, ASKERS["kent"], AROUND) == Offered((command,))


@pytest.mark.parametrize("stage", Stage)
def test_each_progress_can_be_asked_for_in_plain_words(stage: Stage) -> None:
    understood = understand(f"which bodies are {stage} on 15?", ASKERS["viewer"], AROUND)
    assert kind_and_commands(understood) == ("answer", [f"15 {stage}"])


@pytest.mark.parametrize("format", Format)
def test_each_format_can_be_asked_for_in_plain_words(format: Format) -> None:
    understood = understand(f"send me 15 as {format}", ASKERS["viewer"], AROUND)
    assert kind_and_commands(understood) == ("answer", [f"export 15 {format}"])


@pytest.mark.parametrize("state", [*Answer, *Stage])
def test_what_a_body_says_of_itself_is_offered_as_the_command_that_records_it(state: Answer | Stage) -> None:
    """But for what it does not say itself: that nothing was said yet, and that the association checked."""
    kind, commands = kind_and_commands(understand(f"we are {state} on 15", ASKERS["kent"], AROUND))
    bodys_own = state.is_given if isinstance(state, Answer) else state.facts.is_bodys_word
    assert (kind == "offer") == bodys_own
    if bodys_own:
        request = read(commands[0], NAMES, MONDAY)
        assert isinstance(request, typed_recordings.Respond | typed_recordings.Progress)
        assert state in (getattr(request, "answer", None), getattr(request, "stage", None))


def test_a_deadline_named_without_its_year_is_the_one_that_has_just_passed() -> None:
    in_april = replace(AROUND, today=date(2025, 4, 10))
    understood = understand("is our deadline 27 March", ASKERS["kent"], in_april)
    assert kind_and_commands(understood) == ("answer", ["deadlines kent 27 Mar 2025 to 27 Mar 2025"])


def test_whoever_they_are_that_say_so_is_asked() -> None:
    for typed in ("they say 25 is finished", "they tell me 16 is blocked"):
        assert understand(typed, ASKERS["coordinator"], AROUND) == Asked(About.BODY, ())


@pytest.mark.parametrize(
    ("typed", "command"),
    [("HIOW status", "hampshire"), ("status of HIOW", "hampshire"), ("15 HIOW status", "15 hampshire")],
)
def test_how_something_stands_is_one_command_however_it_is_written(typed: str, command: str) -> None:
    assert read_command_or_question(typed, NAMES, MONDAY) == read(command, NAMES, MONDAY)
