"""`as at` at the front door: typed, answered, paged and shared like every lookup."""

import json
from collections.abc import Iterator

import pytest

from tests.cast import ALICE, CORA, GUS, VIC
from tests.handlers.front_door import FrontDoor, Json, buttons, front_door

EVERYTHING = ("15", "27", "15 16 27", "15 kent", "15 16 kent", "stalking", "kent", "wales")


@pytest.fixture
def door(sqlite_url: str) -> Iterator[FrontDoor]:
    with front_door(sqlite_url) as opened:
        yield opened


@pytest.mark.thorough
@pytest.mark.parametrize("when", ["as at", "as known at"])
@pytest.mark.parametrize("subject", EVERYTHING)
def test_everybody_who_may_see_the_register_may_see_how_it_stood(
    door: FrontDoor, subject: str, when: str
) -> None:
    for who in (VIC, ALICE, CORA):
        reply = door.types(who, f"{subject} {when} 22 Nov 2024")
        assert reply["text"].startswith(f"{when.capitalize()} 22 November 2024, "), reply["text"]
    assert "43 of 43" not in texts(door.types(GUS, f"{subject} {when} 22 Nov 2024"))


def test_the_letter_of_that_day_is_said_again(door: FrontDoor) -> None:
    for number in ("15", "16", "25"):
        reply = door.types(VIC, f"{number} as at 22 Nov 2024")
        assert reply["text"] == (
            f"As at 22 November 2024, stalking {number}: 43 of 43 accepted, due 27 March 2025"
            " (125 days left, 86 working days); 43 recorded later."
        )


def test_every_button_leads_to_a_screen_of_that_day(door: FrontDoor) -> None:
    for name in EVERYTHING:
        for button in buttons(door.types(VIC, f"{name} as known at 22 Nov 2024")):
            assert door.types(VIC, button["value"])["text"].startswith("As known at 22 November 2024, ")


def test_what_is_refused_keeps_what_was_typed(door: FrontDoor) -> None:
    for typed, says in (
        ("15 as at 1 Jan 2031", "1 January 2031 is still to come"),
        ("15 as at 1 Jan 2024", "Stalking 15 was published on 27 September 2024"),
        ("kent as at 1 Jan 2012", "Kent was not a policing body"),
        ("15 as at some day", "I could not read “some day” as a date."),
    ):
        reply = door.types(VIC, typed)
        assert reply["text"].startswith(says)
        assert f"You typed: {typed}" in texts(reply)


def texts(reply: Json) -> str:
    """All that is shown, as it is sent."""
    return json.dumps(reply, ensure_ascii=False)
