"""`/recs calendar`: the asker's own deadlines, each by a name of its own that stays when its day is moved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from icalendar import Calendar

from bot.domain.refusals.request import CannotSee
from bot.domain.register.people import PersonKey
from bot.operations.request.context import Services
from handlers.recs import ask
from tests.cast import ALICE, BOB, CORA, ED, GUS, VIC, Register, occasion
from tests.handlers.promised_files import later, sent, services
from tests.handlers.recording_slack import RecordingSlack

__all__ = ["later", "sent", "services"]


@pytest.fixture
def calendar(
    services: Services, later: list[Callable[[], None]], sent: RecordingSlack
) -> Callable[[PersonKey], dict[str, Any]]:
    """The entries of somebody's calendar, as a calendar program reads them, by UID."""

    def made(who: PersonKey) -> dict[str, Any]:
        assert ask(services, occasion(who), "calendar") is not None
        later.pop()()
        file = sent.files[-1]
        assert file["filename"] == "deadlines.ics"
        (read,) = Calendar.from_ical(file["file"], multiple=True)
        return {str(event["uid"]): event for event in read.walk("VEVENT")}

    return made


def test_a_contact_gets_the_deadlines_of_their_own_body(
    services: Services, later: list[Callable[[], None]], calendar: Callable[[PersonKey], dict[str, Any]]
) -> None:
    shown = ask(services, occasion(ALICE), "calendar")
    assert shown is not None
    assert shown.text == "3 deadlines of Kent: the calendar arrives as a file in a direct message."
    later.pop()()
    events = calendar(ALICE)
    assert list(events) == [f"stalking-{number}-E23000032-action@T0HOME.recbot" for number in (15, 16, 25)]
    first = events["stalking-15-E23000032-action@T0HOME.recbot"]
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2025, 3, 27), date(2025, 3, 28))
    assert (first["summary"], first["status"]) == ("Stalking 15 due (Kent)", "CONFIRMED")
    assert first["description"].startswith("In our words: Find out whether victims of stalking")


def test_one_that_is_moved_or_done_replaces_the_one_before(
    register: Register, services: Services, calendar: Callable[[PersonKey], dict[str, Any]]
) -> None:
    before = calendar(BOB)
    ask(services, occasion(CORA), "extend 15 surrey 30 Apr 2025: the provider needs longer")
    register.says(BOB, "complete 16: all is done")
    after = calendar(BOB)
    assert set(after) == set(before)
    moved, done = (
        f"stalking-{number}-{register.body('surrey').code}-action@T0HOME.recbot" for number in (15, 16)
    )
    assert after[moved]["dtstart"].dt == date(2025, 4, 30)
    assert (after[done]["summary"], after[done]["status"]) == ("Done: Stalking 16 (Surrey)", "CANCELLED")
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)


@pytest.mark.parametrize("who", [CORA, VIC])
def test_whoever_speaks_for_nobody_gets_those_of_all_recommendations(
    who: PersonKey, register: Register, calendar: Callable[[PersonKey], dict[str, Any]]
) -> None:
    register.says(ED, "complete 15: all is done")
    events = calendar(who)
    assert [str(event["summary"]) for event in events.values()] == [
        "Stalking 15 due (42 of 43 bodies to go)",
        "Stalking 16 due (43 of 43 bodies to go)",
        "Stalking 25 due (43 of 43 bodies to go)",
    ]


def test_nobody_else_gets_one(services: Services) -> None:
    with pytest.raises(CannotSee):
        ask(services, occasion(GUS), "calendar")
