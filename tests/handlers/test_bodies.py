"""A body gets a new name through the front door: a look, its button, and what everybody then sees."""

from collections.abc import Iterator

import pytest

from tests.cast import ALICE, CORA, VIC
from tests.handlers.front_door import FrontDoor, buttons, front_door


@pytest.fixture
def door(sqlite_url: str) -> Iterator[FrontDoor]:
    with front_door(sqlite_url) as opened:
        yield opened


def test_a_coordinator_looks_records_and_everybody_sees_it(door: FrontDoor) -> None:
    new = "to Mayor of Kent, short name Kent and Medway, type mayor, from 1 Mar 2025"
    typed = f"rename kent {new}: the order"
    look = door.types(CORA, typed)
    assert look["text"].endswith("Nothing is changed yet.")
    [button] = [button for button in buttons(look) if button["text"]["text"].startswith("Record")]
    assert door.types(CORA, button["value"])["text"].startswith("Recorded: From 1 March 2025")
    assert door.types(VIC, "15 kent")["text"].startswith("Stalking 15, Kent and Medway: accepted")
    assert "Kent and Medway" in door.types(ALICE, "mine")["text"]
    then = door.types(VIC, "15 kent and medway as at 28 Feb 2025")["text"]
    assert then.startswith("As at 28 February 2025, stalking 15, Kent: accepted")
    assert "6 of 6" in door.types(VIC, "15 mayors")["text"]


def test_a_contact_is_refused_and_keeps_what_was_typed(door: FrontDoor) -> None:
    refused = door.types(ALICE, "rename kent type board anyway: the order")
    assert refused["text"] == "Only coordinators can do this."
    assert "rename kent type board anyway: the order" in str(refused["blocks"])
