"""A message that stands there twice is found within a minute, and the later one removed."""

import logging

import pytest

from bot.domain.messages.delivery_state import DeliveryState
from bot.outbox.schedule import Schedule
from storage import delivery_counts
from tests.outbox.rig import CHANNEL, HEAD, MONDAY, Post, Rig, refusal

PART = f"{HEAD}:part2"
MINUTE = 60.0


def posted(rig: Rig) -> Schedule:
    schedule = rig.schedule()
    rig.clock.shown = MONDAY
    rig.run(schedule)
    assert rig.slack.keys == [HEAD, PART]
    return schedule


def once_more(rig: Rig, number: int = 0) -> Post:
    """Post it as a process would that was frozen, after another one did."""
    first = rig.slack.posts[number]
    rig.slack.add(first.channel, first.arguments)
    return rig.slack.posts[-1]


def heads(rig: Rig) -> list[str]:
    return [post.ts for post in rig.slack.standing(CHANNEL) if post.key == HEAD]


def removed(rig: Rig) -> int:
    with rig.store.reading() as connection:
        return delivery_counts.read(connection).duplicates_removed


def test_a_minute_after_it_was_sent_the_later_of_two_is_removed_and_counted(
    rig_on_either: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    rig = rig_on_either
    schedule = posted(rig)
    late = once_more(rig)
    rig.wait(schedule, MINUTE - 1)
    assert len(heads(rig)) == 2
    with caplog.at_level(logging.ERROR):
        rig.wait(schedule, 1)
    assert heads(rig) == [rig.row().ts]
    assert removed(rig) == 1
    assert caplog.messages == [f"{HEAD} stood there twice: the message {late.ts} is removed"]


@pytest.mark.parametrize("after", [MINUTE, 10 * MINUTE, 60 * MINUTE])
def test_it_is_looked_for_after_one_ten_and_sixty_minutes(rig: Rig, after: float) -> None:
    schedule = posted(rig)
    for moment in (MINUTE, 10 * MINUTE, 60 * MINUTE):
        if moment == after:
            once_more(rig)
        rig.stopwatch.seconds = 1000 + moment
        rig.run(schedule)
        assert len(heads(rig)) == 1
    assert removed(rig) == 1
    reads = len(rig.slack.reads)
    rig.wait(schedule, 24 * 60 * MINUTE)
    assert len(rig.slack.reads) == reads


def test_a_part_that_stands_twice_in_its_thread_is_removed_too(rig: Rig) -> None:
    schedule = posted(rig)
    late = once_more(rig, number=1)
    rig.wait(schedule, MINUTE)
    assert rig.slack.deleted == [late.ts]


def test_the_one_with_the_thread_stays(rig: Rig) -> None:
    schedule = rig.schedule()
    rig.clock.shown = MONDAY
    rig.slack.raises, rig.slack.takes_first, rig.slack.hidden = [TimeoutError()], True, True
    rig.run(schedule)
    for wait in (120, 60, 10):
        rig.wait(schedule, wait)
    first, second, part = rig.slack.posts
    assert (first.key, second.key, part.thread_ts) == (HEAD, HEAD, second.ts)
    rig.slack.hidden = False
    rig.wait(schedule, MINUTE)
    assert heads(rig) == [second.ts]


def test_what_people_wrote_is_never_removed(rig: Rig) -> None:
    schedule = posted(rig)
    rig.slack.add(CHANNEL, rig.slack.posts[0].arguments, user="U0KIM")
    rig.wait(schedule, MINUTE)
    assert rig.slack.deleted == []


def test_of_two_processes_one_sweeps(rig: Rig) -> None:
    schedule, other = posted(rig), rig.schedule()
    once_more(rig)
    rig.wait(schedule, MINUTE)
    reads = len(rig.slack.reads)
    rig.run(other)
    assert len(rig.slack.reads) == reads
    assert removed(rig) == 1


def test_where_the_history_is_closed_nothing_is_removed_and_nobody_is_troubled(rig: Rig) -> None:
    schedule = posted(rig)
    rig.slack.closed = refusal("missing_scope")
    for _ in range(3):
        rig.wait(schedule, 60 * MINUTE)
    rig.slack.closed = None
    rig.wait(schedule, 60 * MINUTE)
    assert rig.row().state is DeliveryState.SENT
    assert rig.row().sweep_at is None


def test_while_slack_is_away_the_sweep_waits(rig: Rig) -> None:
    schedule = posted(rig)
    once_more(rig)
    rig.slack.closed = TimeoutError()
    rig.wait(schedule, MINUTE)
    rig.slack.closed = None
    rig.wait(schedule, MINUTE)
    assert len(heads(rig)) == 1
