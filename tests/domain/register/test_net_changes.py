"""What a period changed is the difference of its two ends, however often it went to and fro between."""

from itertools import pairwise

import pytest

from bot.domain.register.net_changes import Event, net_changes
from bot.domain.register.update import Change, UpdateKind


def stages(*names: str, body: str = "kent", first: int = 1) -> list[Event]:
    """One event for each step from one stage to the next."""
    return [
        Event(seq, UpdateKind.PROGRESS, "stalking-15", body, (Change("stage", was, now),))
        for seq, (was, now) in enumerate(pairwise(names), start=first)
    ]


@pytest.mark.parametrize(
    ("went", "values"),
    [
        (("not started", "in progress"), [("not started", "in progress")]),
        (("not started", "in progress", "complete"), [("not started", "complete")]),
        (("in progress", "complete", "in progress"), []),
        (("in progress", "in progress"), []),
        (("complete", "in progress", "complete", "checked"), [("complete", "checked")]),
    ],
)
def test_from_what_to_what(went: tuple[str, ...], values: list[tuple[str, str]]) -> None:
    net = net_changes(stages(*went))
    assert [(change.was, change.now) for net_change in net for change in net_change.values] == values


def test_each_body_has_a_line_in_the_order_of_its_last_change() -> None:
    kent, essex = (
        stages("not started", "in progress", "complete"),
        stages("blocked", "complete", body="essex"),
    )
    net = net_changes(
        [kent[0], *essex, Event(3, UpdateKind.PROGRESS, "stalking-15", "kent", kent[1].changes)]
    )
    assert [net_change.last.body_code for net_change in net] == ["essex", "kent"]


def test_a_line_is_of_whoever_made_what_differs_in_the_end() -> None:
    answered = Event(
        1, UpdateKind.RESPONSE, "stalking-15", "kent", (Change("answer", "awaiting", "accepted"),)
    )
    net = net_changes([answered, *stages("in progress", "complete", "in progress", first=2)])
    assert [(net_change.last.seq, net_change.values) for net_change in net] == [(1, answered.changes)]


@pytest.mark.parametrize(
    ("event", "is_note"),
    [
        (Event(1, UpdateKind.NOTE, "stalking-15", "kent", has_words=True), True),
        (Event(1, UpdateKind.NOTE, "stalking-15", "kent", (Change("parts addressed", "", "a"),)), True),
        (
            Event(1, UpdateKind.PROGRESS, "r", "b", (Change("stage", "blocked", "blocked"),), has_words=True),
            True,
        ),
        (Event(1, UpdateKind.PROGRESS, "r", "b", (Change("stage", "blocked", "blocked"),)), False),
        (Event(1, UpdateKind.PROGRESS, "r", "b", (Change("stage", "", "blocked"),), has_words=True), False),
        (Event(1, UpdateKind.NOTE, "r", "b", taken_back=True, has_words=True), False),
        (Event(1, UpdateKind.PARTY_REPORTED, "r", "", has_words=True), False),
    ],
)
def test_what_says_something_and_alters_no_state_is_a_note(event: Event, is_note: bool) -> None:
    assert event.is_note is is_note
