"""What of an update may be read and published, and how long it can be taken back."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.register.people import Actor
from bot.domain.register.update import UNDO_WITHIN
from tests.cast import ALICE, BOB, NOW, an_update, person


@pytest.mark.parametrize(
    ("facts", "published"),
    [
        ({"quotable": True}, True),
        ({"quotable": False}, False),
        ({"quotable": True, "undone": True}, False),
        ({"quotable": True, "text": ""}, False),
    ],
)
def test_a_text_is_published_that_may_be_quoted_and_stands(facts: dict[str, Any], published: bool) -> None:
    assert an_update(**({"text": "two ISACs start"} | facts)).is_published is published


@pytest.mark.parametrize(
    ("facts", "read"),
    [({"quotable": True}, True), ({"quotable": False}, False), ({"quotable": True, "undone": True}, False)],
)
def test_others_read_what_may_be_quoted_and_stands(facts: dict[str, Any], read: bool) -> None:
    surreys = Actor(person(BOB), speaks_for={"code of Surrey": "Surrey"})
    shown = an_update(text="two ISACs start", **facts).as_read_by(surreys)
    assert (shown.draft.text, shown.withheld) == (("two ISACs start", False) if read else ("", True))


def test_a_body_reads_its_own_texts_also_those_that_were_taken_back() -> None:
    kents = Actor(person(ALICE), speaks_for={"code of Kent": "Kent"})
    taken_back = an_update(text="two ISACs start", undone=True)
    assert taken_back.as_read_by(kents) == taken_back


def test_it_can_be_taken_back_for_ten_minutes_to_the_moment() -> None:
    assert timedelta(minutes=10) == UNDO_WITHIN
    assert an_update().may_still_be_undone(NOW + UNDO_WITHIN)
    assert not an_update().may_still_be_undone(NOW + UNDO_WITHIN + timedelta(microseconds=1))
