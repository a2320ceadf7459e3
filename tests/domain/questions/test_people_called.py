"""Whom a name means."""

import pytest

from bot.domain.questions.people_called import those_called

NAMES = {1: "Kim Hale", 2: "Sam Field", 3: "Sam Field-Price", 4: "Zoë Hale", 5: "Sam"}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("kim", (1,)),
        ("KIM  HALE", (1,)),
        ("hale kim", (1,)),
        ("hale", (1, 4)),
        ("zoe", (4,)),
        ("Sam Field", (2,)),
        ("field", (2, 3)),
        ("sam", (5,)),
        ("ki", ()),
        ("kim field", ()),
        ("", ()),
        ("?", ()),
    ],
)
def test_a_person_goes_by_the_whole_name_or_by_words_of_it(name: str, keys: tuple[int, ...]) -> None:
    assert those_called(name, NAMES) == keys
