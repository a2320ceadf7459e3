from datetime import date

import pytest

from bot.domain.questions.grammar.problems import NotUnderstood, What
from bot.domain.questions.grammar.typed_recordings import Away, Back
from tests.domain.shipped_names import understood


@pytest.mark.parametrize(
    "typed", ["away until 14 Apr", "Away till 14 April 2025", "away to 14.4.2025", "away 14 Apr"]
)
def test_whoever_is_away_says_until_when(typed: str) -> None:
    assert understood(typed) == Away(date(2025, 4, 14))


def test_whoever_is_back_says_so() -> None:
    assert understood("back") == Back()


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("away", What.AWAY_UNTIL),
        ("away until Kent", What.AWAY_UNTIL),
        ("away until 1 Mar 2025", What.AWAY_UNTIL),
        ("back 15", What.LEFT_OVER),
    ],
)
def test_without_a_day_to_come_nobody_is_away(typed: str, what: What) -> None:
    with pytest.raises(NotUnderstood) as problem:
        understood(typed)
    assert problem.value.what is what
