"""Contacts of a body that ends, and of its successor, are told in time and once."""

from datetime import UTC, datetime, timedelta

from bot.domain.questions.grammar.typed_recordings import ChangeEnding
from bot.domain.register.policing_body import Sureness
from bot.operations.recording import endings
from tests.cast import Register
from tests.outbox.quiet import rig, rig_on_either
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import Rig

__all__ = ["rig", "rig_on_either"]

WEDNESDAY = datetime(2025, 3, 12, 10, tzinfo=UTC)
DAY = timedelta(days=1)


def ends(rig: Rig, days: int, sureness: Sureness = Sureness.DECIDED, heir: str = "surrey") -> None:
    register = Register(rig.store)
    command = ChangeEnding(
        register.body("kent"),
        last_day=(WEDNESDAY + days * DAY).date(),
        heir=register.body(heir),
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


def goes_on(rig: Rig) -> None:
    kent = Register(rig.store).body("kent")
    endings.change_by_operator(rig.store, WEDNESDAY, ChangeEnding(kent, is_withdrawn=True))


def messages(rig: Rig, who: str) -> list[str]:
    """What somebody was told of Kent since WEDNESDAY, for three days."""
    for days in range(3):
        rig.clock.shown += DAY * bool(days)
        comes_to_rest(rig)
    posts = [post.text for post in rig.slack.posts if post.channel == who]
    return [text for text in posts if text.startswith(("Kent ends", "Kent goes on"))]


def test_an_end_that_is_withdrawn_is_told_once_to_those_who_knew_of_it(rig_on_either: Rig) -> None:
    rig = rig_on_either
    rig.clock.shown = WEDNESDAY
    ends(rig, 20)
    assert len(messages(rig, "D0ALICE")) == 1
    goes_on(rig)
    for who in ("D0ALICE", "D0BOB"):
        _, text = messages(rig, who)
        assert text == "Kent goes on: its end on 1 April 2025, of which you were told, is no longer decided."
    # What is planned again is told again.
    ends(rig, 20)
    assert len(messages(rig, "D0ALICE")) == 3


def test_an_end_that_is_withdrawn_before_anybody_knew_is_told_nobody(rig: Rig) -> None:
    rig.clock.shown = WEDNESDAY
    ends(rig, 35)
    assert messages(rig, "D0ALICE") == []
    goes_on(rig)
    assert messages(rig, "D0ALICE") == []


def test_withdrawn_and_planned_again_at_once_nobody_is_told(rig: Rig) -> None:
    rig.clock.shown = WEDNESDAY
    ends(rig, 20)
    assert len(messages(rig, "D0ALICE")) == 1
    goes_on(rig)
    ends(rig, 20)
    assert len(messages(rig, "D0ALICE")) == 1


def test_an_end_that_is_moved_is_told_at_once_however_far_the_new_day_is(rig_on_either: Rig) -> None:
    rig = rig_on_either
    rig.clock.shown = WEDNESDAY
    ends(rig, 20)
    assert len(messages(rig, "D0BOB")) == 1
    ends(rig, 110)
    _, text = messages(rig, "D0BOB")
    assert text == "Kent ends on 30 June 2025, not on 1 April 2025, and Surrey will stand in its place."


def test_a_new_successor_is_told_to_all_three(rig: Rig) -> None:
    rig.clock.shown = WEDNESDAY
    ends(rig, 20)
    assert len(messages(rig, "D0BOB")) == 1
    ends(rig, 20, heir="essex")
    for who in ("D0ALICE", "D0BOB"):
        _, text = messages(rig, who)
        assert text == "Kent ends on 1 April 2025, and Essex, not Surrey, will stand in its place."
    assert messages(rig, "D0ED") == ["Kent ends on 1 April 2025, and Essex will stand in its place."]


def test_what_is_no_longer_decided_is_told_as_going_on(rig: Rig) -> None:
    rig.clock.shown = WEDNESDAY
    ends(rig, 20)
    assert len(messages(rig, "D0ALICE")) == 1
    ends(rig, 20, Sureness.ANNOUNCED)
    _, text = messages(rig, "D0ALICE")
    assert text.startswith("Kent goes on")


def test_what_is_not_decided_is_told_nobody(rig: Rig) -> None:
    ends(rig, 5, Sureness.ANNOUNCED)
    rig.clock.shown = WEDNESDAY
    comes_to_rest(rig)
    assert told(rig) == []
