"""`letter`, with or without its report, its day and its frame; and `calendar`, which takes nothing."""

from datetime import date

import pytest

from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.reader import read
from bot.domain.questions.grammar.typed_commands import Letter, MyCalendar
from bot.domain.questions.grammar.typed_recordings import LetterFrameForm
from bot.domain.questions.names import Names, ReportName

STALKING = ReportName("stalking", "The police response to stalking")
CUSTODY = ReportName("custody", "Custody in England")
TODAY = date(2025, 3, 10)
ONE = Names.of([], reports=[STALKING])
BOTH = Names.of([], reports=[STALKING, CUSTODY])


def typed(text: str, names: Names = BOTH) -> TypedCommand:
    return read(text, names, TODAY)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("letter stalking", Letter(STALKING)),
        ("Letter on the Stalking", Letter(STALKING)),
        ("letter the police response to stalking", Letter(STALKING)),
        ("the letter custody?", Letter(CUSTODY)),
        ("letter stalking as at 22 Nov 2024", Letter(STALKING, as_at=date(2024, 11, 22))),
        ("letter as known at 22 Nov 2024 stalking", Letter(STALKING, as_at=date(2024, 11, 22), known=True)),
        ("letter stalking anyway", Letter(STALKING, anyway=True)),
        ("letter frame stalking", LetterFrameForm(STALKING)),
        ("letter stalking frame", LetterFrameForm(STALKING)),
        ("calendar", MyCalendar()),
        ("my calendar", MyCalendar()),
    ],
)
def test_it_is_read(text: str, command: TypedCommand) -> None:
    assert typed(text) == command


def test_the_only_report_need_not_be_named() -> None:
    assert typed("letter", ONE) == Letter(STALKING)
    assert typed("letter frame", ONE) == LetterFrameForm(STALKING)


@pytest.mark.parametrize(
    ("text", "suggested"),
    [
        ("letter", ["letter custody", "letter stalking"]),
        ("letter frame", ["letter frame custody", "letter frame stalking"]),
        ("letter stalkin", ["letter stalking"]),
        ("letter stalking custody", ["letter stalking", "letter custody"]),
        ("letter 15", ["letter custody", "letter stalking"]),
    ],
)
def test_which_of_several_is_asked(text: str, suggested: list[str]) -> None:
    with pytest.raises(NotUnderstood) as problem:
        typed(text)
    assert problem.value.what is What.WHICH_LETTER
    assert [choice.command for choice in problem.value.suggestions] == suggested


def test_a_calendar_is_of_ones_own_deadlines_alone() -> None:
    with pytest.raises(NotUnderstood) as problem:
        typed("calendar kent")
    assert [choice.command for choice in problem.value.suggestions] == ["deadlines kent", "calendar"]
