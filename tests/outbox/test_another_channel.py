"""Another channel is set for the digest while one waits: it goes there, and stands in one channel only."""

from datetime import timedelta

import pytest

from bot.domain.messages.delivery import Delivery
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.doubt import Verdict
from bot.domain.register.people import Request
from bot.domain.values import replace
from bot.operations.messages import doubt
from bot.outbox.stored_ledger import StoredLedger
from storage import deliveries as stored
from tests.cast import CORA
from tests.outbox.rig import CHANNEL, HEAD, MONDAY, NOTICES, Rig, on_sunday, refusal

OTHER = "C0OTHER"
PART = f"{HEAD}:part2"


@pytest.fixture
def blocked(rig: Rig) -> Rig:
    return made_blocked(rig)


def made_blocked(rig: Rig) -> Rig:
    """Block Monday's digest by archiving its channel, and let its pause pass."""
    rig.slack.raises = [refusal("is_archived")]
    rig.clock.shown = MONDAY
    rig.run()
    assert (rig.row().state, rig.row(PART).state) == (DeliveryState.BLOCKED, DeliveryState.DUE)
    rig.stopwatch.seconds += 300
    return rig


def restart(rig: Rig, channel: str | None = OTHER) -> None:
    """End the process and begin one with this channel; ten minutes pass."""
    rig.plan = replace(rig.plan, channel=channel)
    rig.slack.raises = []
    schedule = rig.schedule()
    rig.run(schedule)
    for _ in range(5):
        rig.wait(schedule, 130)


def in_channels(rig: Rig) -> list[tuple[str, str]]:
    """Return where each message of the digest stands."""
    return [(post.channel, post.key) for post in rig.slack.posts if post.key in (HEAD, PART)]


def posted_before(rig: Rig, row: Delivery, channel: str) -> None:
    """Give a rig whose database is a copy that was made before the digest was posted."""
    rig.slack.add(channel, row.payload or {})


def test_after_a_restart_it_goes_with_its_parts_to_the_channel_that_is_set_now(blocked: Rig) -> None:
    restart(blocked)
    assert in_channels(blocked) == [(OTHER, HEAD), (OTHER, PART)]
    head, part = (blocked.row(key) for key in (HEAD, PART))
    assert [(row.state, row.channel) for row in (head, part)] == [(DeliveryState.SENT, OTHER)] * 2
    assert blocked.slack.posts[-1].thread_ts == head.ts


def test_one_that_was_noted_and_never_tried_goes_there_too(rig: Rig) -> None:
    rig.plan = replace(rig.plan, channel=OTHER)
    rig.left_in_sending()
    restart(rig, CHANNEL)
    assert in_channels(rig) == [(CHANNEL, HEAD), (CHANNEL, PART)]


@pytest.mark.parametrize("channel", [CHANNEL, OTHER])
def test_where_it_stands_already_in_either_channel_it_is_not_posted_in_the_other(
    blocked: Rig, channel: str
) -> None:
    posted_before(blocked, blocked.row(), channel)
    restart(blocked)
    assert [place for place in in_channels(blocked) if place[1] == HEAD] == [(channel, HEAD)]
    assert (blocked.row().state, blocked.row().channel) == (DeliveryState.SENT, channel)
    assert in_channels(blocked)[1:] == [(channel, PART)]


def test_where_the_old_channel_cannot_be_read_a_person_says_whether_it_stands_there(blocked: Rig) -> None:
    blocked.slack.closed = refusal("channel_not_found")
    restart(blocked)
    assert (blocked.row().state, in_channels(blocked)) == (DeliveryState.NEEDS_HUMAN, [])
    blocked.slack.closed = None
    request = Request(CORA, MONDAY + timedelta(hours=1), "a click")
    doubt.decide(blocked.store, request, HEAD, Verdict.SEND_AGAIN)
    restart(blocked)
    assert in_channels(blocked) == [(OTHER, HEAD), (OTHER, PART)]


def test_what_may_have_been_taken_is_looked_for_where_it_was_sent(rig: Rig) -> None:
    rig.slack.raises, rig.slack.takes_first = [refusal("internal_error")], True
    rig.clock.shown = MONDAY
    rig.run()
    assert rig.row().state is DeliveryState.UNKNOWN
    rig.slack.takes_first = False
    restart(rig)
    assert (rig.row().state, rig.row().channel) == (DeliveryState.SENT, CHANNEL)
    assert in_channels(rig) == [(CHANNEL, HEAD), (CHANNEL, PART)]


def test_a_part_follows_the_message_that_was_posted(rig: Rig) -> None:
    rig.clock.shown = MONDAY
    schedule = rig.schedule()
    schedule.tick()
    assert in_channels(rig) == [(CHANNEL, HEAD)]
    restart(rig)
    assert in_channels(rig) == [(CHANNEL, HEAD), (CHANNEL, PART)]


def test_without_a_channel_it_waits_for_the_one_that_it_was_made_for(blocked: Rig) -> None:
    restart(blocked, None)
    assert in_channels(blocked) == [(CHANNEL, HEAD), (CHANNEL, PART)]


def test_what_somebody_claimed_is_not_moved_and_what_was_moved_is_not_claimed(database_url: str) -> None:
    with on_sunday(database_url) as rig:
        seen, now = made_blocked(rig).row(), rig.stopwatch.now()
        with rig.store.begin() as connection:
            assert stored.move(connection, seen, OTHER, MONDAY)
            assert stored.claim(connection, seen, "another", MONDAY, now) is None
            moved = stored.get(connection, HEAD)
            assert moved is not None
            assert stored.claim(connection, moved, "another", MONDAY, now) is not None
        assert rig.row(PART).channel == OTHER
        ledger = StoredLedger(rig.store, rig.clock, NOTICES)
        assert not ledger.move(rig.row(), CHANNEL)
        assert not ledger.move(seen, CHANNEL)
