"""A number that several reports have: each button carries all that was asked, with the report named."""

from collections.abc import Iterator
from datetime import date

import pytest

from bot.domain.register.adding import AddresseeScope, RecommendationEntry, ReportEntry
from bot.domain.register.people import PersonKey
from bot.operations.recording import add
from tests.cast import ALICE, BOB, CORA, VIC, occasion
from tests.handlers.front_door import FrontDoor, buttons, front_door


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """The shipped case, and a report on fraud that has a 15 too; Bob speaks for two bodies."""
    with front_door(f"sqlite:///{tmp_path_factory.mktemp('reports') / 'recbot.db'}") as door:
        report = ReportEntry("fraud", "The police response to fraud", "HMICFRS", date(2025, 1, 20))
        add.add_report(door.store, occasion(CORA), report)
        for number in ("15", "3a"):
            entry = RecommendationEntry(
                number, "Look at how fraud is told.", AddresseeScope.ALL, due_on=date(2025, 6, 30)
            )
            add.add_recommendation(door.store, occasion(CORA), "fraud", entry, no_victim=True)
        door.makes_contact(BOB, "gwent")
        yield door


def offered(door: FrontDoor, who: PersonKey, typed: str) -> list[str]:
    return [button["value"].replace("&amp;", "&") for button in buttons(door.types(who, typed))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("15", "{} 15"),
        ("15 kent surrey", "{} 15 kent surrey"),
        ("how are things going with 15?", "{} 15"),
        ("who has yet to start 15", "{} 15 not started"),
        ("who hasn't answered 15", "waiting {} 15"),
        ("15 waiting", "waiting {} 15"),
        ("when is no. 15 due", "{} 15"),
        ("map of 15", "map {} 15"),
        ("how did 15 stand on 15 February", "{} 15 as at 15 Feb 2025"),
        ("changes to 15 since 15 Feb", "changes {} 15 since 15 Feb 2025"),
        ("what percentage have finished 15", "{} 15 complete percent"),
        ("a spreadsheet of 15 for Wales please", "export {} 15 wales xlsx"),
        ("contacts for 15", "contacts {} 15"),
        ("history 15 kent", "history {} 15 kent"),
        ("15 16", "16 {} 15"),
        ("deadlines 15", "deadlines {} 15"),
        ("follow 15", "follow {} 15"),
    ],
)
def test_a_question_keeps_what_was_asked_beside_the_number(
    door: FrontDoor, typed: str, expected: str
) -> None:
    commands = [expected.format(report) for report in ("fraud", "stalking")]
    assert offered(door, VIC, typed) == commands
    assert all(offered(door, VIC, command) != commands for command in commands)


@pytest.mark.parametrize(
    ("who", "typed", "expected"),
    [
        (ALICE, "15 accepted for Kent", "accept {} 15 kent"),
        (ALICE, "we agree to 15", "accept {} 15 kent"),
        (ALICE, "accept 15 for kent", "accept {} 15 kent"),
        (ALICE, "accept 15 and 16", "accept 16 {} 15"),
        (ALICE, "we say yes to 15 and 16", "accept 16 {} 15 kent"),
        (ALICE, "15 is stuck, no staff", "blocked {} 15 kent: no staff"),
        (CORA, "note 15 kent: 15 of 15 have met", "note {} 15 kent: 15 of 15 have met"),
        (CORA, "ask 15 kent: which 15?", "ask {} 15 kent: which 15?"),
        (CORA, "remind 15", "remind {} 15"),
        (BOB, "accept 15", "accept {} 15"),
    ],
)
def test_a_recording_is_offered_for_each_report(
    door: FrontDoor, who: PersonKey, typed: str, expected: str
) -> None:
    commands = [expected.format(report) for report in ("fraud", "stalking")]
    assert offered(door, who, typed)[:2] == commands


def test_a_statement_that_may_ask_is_offered_both_ways(door: FrontDoor) -> None:
    assert offered(door, ALICE, "15 accepted for Kent")[2:] == [
        "fraud 15 kent accepted",
        "stalking 15 kent accepted",
    ]
    assert offered(door, VIC, "15 accepted for Kent") == [
        "fraud 15 kent accepted",
        "stalking 15 kent accepted",
    ]
