"""Whose words a hold keeps."""

from datetime import date

import pytest

from bot.domain.register.hold import Hold

PLACED = date(2025, 3, 10)


@pytest.mark.parametrize(
    ("held", "about", "bound"),
    [
        ("kent", "kent", True),
        ("kent", "surrey", False),
        # What names no body may be about any.
        ("kent", None, True),
        (None, "kent", True),
        (None, None, True),
    ],
)
def test_a_hold_binds_the_words_of_its_body_and_those_that_may_be_about_it(
    held: str | None, about: str | None, bound: bool
) -> None:
    assert Hold(1, held, PLACED, "disclosure request").binds(about) is bound
