"""What a chart is asked for by, and what is put back."""

from datetime import date

import pytest

from bot.domain.questions.grammar import reader
from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_commands import Chart, Ref
from bot.domain.questions.model import AsAt, Between, Question, Scope, Shape, Since
from bot.domain.questions.names import ReportName
from bot.domain.questions.plain_words.typed import read_command_or_question
from bot.domain.questions.written import canonical
from tests.domain.shipped_names import NAMES

TODAY = date(2025, 3, 10)
DAY = date(2024, 11, 22)
R15 = Ref(None, "15")
STALKING = ReportName("stalking", "The police response to stalking")


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("chart 15", Chart(R15)),
        ("CHART  #15", Chart(R15)),
        ("chart rec 15", Chart(R15)),
        ("chart of 15", Chart(R15)),
        ("chart stalking 15", Chart(Ref("stalking", "15"))),
        ("chart stalking", Chart(STALKING)),
        ("chart 15 as at 22 Nov 2024", Chart(R15, DAY)),
        ("chart stalking as known at 22 Nov 2024", Chart(STALKING, DAY, known=True)),
    ],
)
def test_a_chart_is_asked_for_by_recommendation_or_report_and_day(typed: str, command: Chart) -> None:
    assert reader.read(typed, NAMES, TODAY) == command


@pytest.mark.parametrize(
    ("typed", "what", "suggested"),
    [
        ("chart", What.WHICH_RECOMMENDATION, []),
        ("chart kent", What.WHICH_RECOMMENDATION, []),
        ("chart 15 kent", What.LEFT_OVER, ["chart 15"]),
        ("chart 15 in colour", What.LEFT_OVER, ["chart 15"]),
        ("chart 15 16", What.ONE_RECOMMENDATION, ["chart 15", "chart 16"]),
        ("chart 15 as at soon", What.NOT_A_DATE, []),
    ],
)
def test_what_is_no_chart_of_one_thing_is_put_back(typed: str, what: What, suggested: list[str]) -> None:
    with pytest.raises(NotUnderstood) as problem:
        reader.read(typed, NAMES, TODAY, answers_questions=False)
    assert problem.value.what is what
    assert [suggestion.label for suggestion in problem.value.suggestions] == suggested


@pytest.mark.parametrize(
    ("typed", "scope", "time"),
    [
        ("chart 15 16", Scope((R15, Ref(None, "16"))), None),
        ("chart 15 since 1 Jan 2025", Scope((R15,)), Since(date(2025, 1, 1))),
        ("chart 15 in Feb 2025", Scope((R15,)), Between(date(2025, 2, 1), date(2025, 2, 28))),
        ("chart 15 16 as known at 22 Nov 2024", Scope((R15, Ref(None, "16"))), AsAt(DAY, known=True)),
    ],
)
def test_what_is_narrower_or_of_other_days_is_a_question(typed: str, scope: Scope, time: object) -> None:
    question = read_command_or_question(typed, NAMES, TODAY)
    assert isinstance(question, Question)
    assert (question.shape, question.scope) == (Shape.CHART, scope)
    if time:
        assert question.time == time
    assert canonical(question) == typed
