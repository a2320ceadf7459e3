"""Words thrown together at random: never an exception, nothing recorded, each answer names its question."""

import re
from collections.abc import Iterator
from random import Random

import pytest

from bot.domain.questions.grammar.reader import verb_of
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.plain_words.meanings import vocabulary
from bot.domain.questions.plain_words.reader import understand
from bot.domain.questions.plain_words.typed import read_command_or_question, understand_instead
from bot.domain.questions.plain_words.understanding import (
    Answerable,
    Asked,
    NotAnswered,
    Offered,
    SaidPlainly,
    Understanding,
)
from bot.domain.questions.written import canonical
from bot.domain.refusals.refusal import Refusal
from tests.domain.questions.plain_words.surroundings import AROUND, ASKERS, sentences
from tests.domain.shipped_names import MONDAY, NAMES, rows
from tests.prove.size import size

pytestmark = pytest.mark.prove

SALADS = size(short=2_000, full=100_000)
SIGNS = (*",?!:-('…", "&amp;", "<@U0SAM|sam>", "<#C0COORD|coordination>", "<!here>", ":tada:")
NUMBERS = (*"0#½²", "15", "16", "25", "27", "3a", "15a", "99", "#15", "2025", "30d", "27 March", "1 Jan 2025")


def salads(seed: int, how_many: int) -> Iterator[str]:
    """Yield words of sentences, of the vocabulary, names, numbers and signs, one to fourteen of them."""
    dice = Random(seed)
    spoken = [word for _, typed, _, _ in sentences() for word in typed.split()]
    names = [
        name
        for row in rows()
        for name in (row["slug"], row["short_name"], row["region"], *row["aliases"].split(";"))
    ]
    bowls = (spoken, spoken, vocabulary().words, tuple(vocabulary().phrases), names, NUMBERS, SIGNS)
    for _ in range(how_many):
        yield " ".join(dice.choice(dice.choice(bowls)) for _ in range(dice.randint(1, 14)))


def test_word_salads_record_nothing_and_every_answer_names_its_question() -> None:
    dice = Random(1)
    for text in salads(seed=11, how_many=SALADS):
        asker = dice.choice(tuple(ASKERS.values()))
        understood = understand(text, asker, AROUND)
        assert isinstance(understood, (Answerable, Offered, Asked, NotAnswered)), text
        if isinstance(understood, Answerable):
            must_name_its_question(understood, text)
        if isinstance(understood, Offered):
            must_be_commands(understood, text)


def must_name_its_question(answer: Answerable, text: str) -> None:
    assert answer.command.strip(), text
    if answer.question is not None:
        assert canonical(answer.question) == answer.command, text
        assert read_question(answer.command, NAMES, MONDAY) == answer.question, text
        return
    verb = verb_of(answer.command)
    is_a_number = re.fullmatch(r"[0-9a-z. ]+", answer.command) is not None
    assert is_a_number if verb is None else not verb.writes or verb.name == "digest", text


def must_be_commands(understanding: Understanding, text: str) -> None:
    assert isinstance(understanding, Offered)
    for command in SaidPlainly(understanding, text).commands:
        verb = verb_of(command)
        assert verb is not None, text
        assert verb.writes, text


def test_what_is_no_command_is_only_ever_answered_offered_or_put_back() -> None:
    for text in salads(seed=12, how_many=SALADS // 4):
        try:
            read_command_or_question(text, NAMES, MONDAY)
        except Refusal as problem:
            understood = understand_instead(problem, text, ASKERS["coordinator"], AROUND)
            assert understood is None or isinstance(understood, (Answerable, Offered, Asked, NotAnswered)), (
                text
            )
