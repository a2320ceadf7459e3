"""Contacts of a body that ends, and of its successor, are told in time and once."""

from datetime import UTC, datetime, timedelta

from bot.domain.questions.grammar.typed_commands import ChangeEnding
from bot.domain.register.policing_body import Sureness
from bot.operations.recording import endings
from tests.cast import Register
from tests.outbox.quiet import rig, rig_on_either
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import Rig

__all__ = ["rig", "rig_on_either"]

WEDNESDAY = datetime(2025, 3, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def ends(rig: Rig, days: int, sureness: Sureness) -> None:
    register = Register(rig.store)
    command = ChangeEnding(
        register.body("kent"),
        last_day=(WEDNESDAY + days * DAY).date(),
        heir=register.body("surrey"),
        sureness=sureness,
        source="HL11959",
    )
    endings.change_by_operator(rig.store, WEDNESDAY, command)


def told(rig: Rig) -> list[str]:
    return sorted(post.channel for post in rig.slack.posts if post.text.startswith("Kent end"))


def test_contacts_of_both_are_told_four_weeks_before_and_once(rig_on_either: Rig) -> None:
    rig = rig_on_either
    ends(rig, 35, Sureness.DECIDED)
    for days in range(0, 12):
        rig.clock.shown = WEDNESDAY + days * DAY
        comes_to_rest(rig)
        if days < 7:
            assert told(rig) == []
    assert told(rig) == ["D0ALICE", "D0BOB"]
    text = next(post.text for post in rig.slack.posts if post.channel == "D0ALICE" and "ends" in post.text)
    assert text == "Kent ends on 16 April 2025, and Surrey will stand in its place."


def test_what_is_not_decided_is_told_nobody(rig: Rig) -> None:
    ends(rig, 5, Sureness.ANNOUNCED)
    rig.clock.shown = WEDNESDAY
    comes_to_rest(rig)
    assert told(rig) == []
