"""A command that names no body keeps a place for one, and every word of its text."""

import pytest

from bot.domain.questions.grammar.unfinished import (
    PLACE,
    as_typed,
    for_body,
    lacks_its_body,
    recommendations_of,
    with_a_place,
)
from tests.domain.shipped_names import MONDAY, NAMES, body, understood

KENT = body("kent")


def place_in(raw: str) -> str:
    return with_a_place(raw, understood(raw), KENT, NAMES, MONDAY)


@pytest.mark.parametrize(
    ("raw", "unfinished"),
    [
        ("accept 15", "accept 15 {body}"),
        ("accept 15 16 25", "accept 15 16 25 {body}"),
        ("complete 15: two ISACs", "complete 15 {body}: two ISACs"),
        ("decline 15: the force leads: not us", "decline 15 {body}: the force leads: not us"),
        ("progress 15 in progress: begun", "progress 15 {body} in progress: begun"),
        ("not started 15", "not started 15 {body}"),
        ("extend 15 30 Apr 2025: why", "extend 15 {body} 30 Apr 2025: why"),
        ("expect 15 30 Jun 2025: the tender", "expect 15 {body} 30 Jun 2025: the tender"),
        ("check stalking 15", "check stalking 15 {body}"),
        ("reopen 15: it closed again", "reopen 15 {body}: it closed again"),
        ("ask 15: which service?", "ask 15 {body}: which service?"),
        ("note 15: R&amp;D, {body} &lt;b&gt;", "note 15 {body}: R&amp;D, {body} &lt;b&gt;"),
    ],
)
def test_the_place_for_the_body_is_where_its_name_changes_nothing_else(raw: str, unfinished: str) -> None:
    assert place_in(raw) == unfinished
    assert as_typed(unfinished) == raw
    whole = understood(for_body(unfinished, "avon-and-somerset"))
    assert whole.body == body("avon-and-somerset")  # type: ignore[union-attr]


def test_only_what_is_recorded_for_one_body_lacks_it() -> None:
    assert lacks_its_body(understood("accept 15"))
    assert not lacks_its_body(understood("accept 15 kent"))
    assert not lacks_its_body(understood("15"))
    assert not lacks_its_body(understood("remind 15"))


def test_a_command_that_is_about_no_recommendation_names_none() -> None:
    assert [str(ref) for ref in recommendations_of(understood("accept 15 16"))] == ["15", "16"]
    assert [str(ref) for ref in recommendations_of(understood("note 15: text"))] == ["15"]
    assert recommendations_of(understood("deadlines")) == ()
    assert PLACE not in place_in("accept 15").replace(PLACE, "", 1)
