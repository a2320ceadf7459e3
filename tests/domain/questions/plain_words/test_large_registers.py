"""Reading a sentence goes through no register of thousands where nothing in the sentence asks for it."""

import sys
from datetime import date
from types import FrameType

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.plain_words.reader import understand
from bot.domain.questions.plain_words.surroundings import LiveRecommendation, LiveRecommendations
from bot.domain.values import replace
from tests.domain.questions.plain_words.surroundings import AROUND, ASKERS

LARGE = replace(
    AROUND,
    live=LiveRecommendations(
        (LiveRecommendation(Ref(f"bulk{n // 40}", str(n % 40 + 1)), date(2025, 3, 27)) for n in range(4_000)),
        has_all_words=False,
    ),
)


def calls_of(typed: str) -> int:
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        understand(typed, ASKERS["viewer"], LARGE)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("typed", ["who has not started?", "what is overdue in Wales"])
def test_reading_does_not_go_through_all_recommendations(typed: str) -> None:
    calls_of(typed)
    assert calls_of(typed) < 5_000
