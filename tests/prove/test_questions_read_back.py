"""Every question can be written as one text, and that text read back is the same question."""

import pytest

from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.questions.written import canonical
from tests.domain.questions.drawn_questions import drawn_questions
from tests.domain.shipped_names import MONDAY, NAMES
from tests.prove.size import size

pytestmark = pytest.mark.prove

QUESTIONS = size(short=3_000, full=100_000)


def test_every_question_reads_back_from_its_text() -> None:
    for question in drawn_questions(seed=11, how_many=QUESTIONS):
        text = canonical(question)
        assert read_question(text, NAMES, MONDAY) == question, text
