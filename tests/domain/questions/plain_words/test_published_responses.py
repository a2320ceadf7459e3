"""Published responses in plain words: only while a report asks for them, and never for texts to be quoted."""

import pytest

from bot.domain.questions.plain_words.reader import understand
from bot.domain.questions.plain_words.understanding import Answerable, Asked
from bot.domain.values import replace
from tests.domain.questions.plain_words.surroundings import AROUND, ASKERS

PUBLISHING = replace(AROUND, publishing=frozenset(("stalking",)))


@pytest.mark.parametrize(
    ("who", "typed", "command"),
    [
        ("viewer", "who has not published their response?", "published"),
        ("viewer", "who hasn't published their response yet", "published"),
        ("viewer", "which bodies have published their responses", "published"),
        ("viewer", "who still has to publish a response to stalking?", "published stalking"),
        ("viewer", "has Kent published its response?", "published kent"),
        ("viewer", "did Kent publish its response to stalking?", "published stalking kent"),
        ("viewer", "where is Gwent's response published", "published gwent"),
        ("viewer", "who has published their response in Wales", "published region Wales"),
        ("kent", "have we published our response", "published kent"),
        ("kent", "when do we have to publish our response", "published kent"),
        ("viewer", "who had published their response on 22 Nov 2024", "published as at 2024-11-22"),
    ],
)
def test_it_is_answered_while_a_report_asks_for_it(who: str, typed: str, command: str) -> None:
    assert understand(typed, ASKERS[who], PUBLISHING) == Answerable(command)
    assert understand(typed, ASKERS[who], AROUND) != Answerable(command)


@pytest.mark.parametrize(
    ("who", "typed", "commands"),
    [
        ("kent", "when is our response due?", ("published kent", "status kent")),
        ("viewer", "when is Gwent's response due", ("published gwent", "status gwent")),
    ],
)
def test_which_response_is_meant_is_asked(who: str, typed: str, commands: tuple[str, ...]) -> None:
    understood = understand(typed, ASKERS[who], PUBLISHING)
    assert isinstance(understood, Asked)
    assert understood.commands == commands
    assert not isinstance(understand(typed, ASKERS[who], AROUND), Asked)


@pytest.mark.parametrize(
    "typed",
    [
        "which responses can be published?",
        "which responses may be published",
        "may we publish Kent's response",
        "who has not responded to 15?",
        "when is 15 due",
        "which mayors have published their response",
        "who except Kent has published their response",
        "has Kent published its response to 15?",
        "who published the report on stalking",
        "we published our response on Friday",
    ],
)
def test_what_asks_something_else_is_understood_as_before(typed: str) -> None:
    assert understand(typed, ASKERS["kent"], PUBLISHING) == understand(typed, ASKERS["kent"], AROUND)
