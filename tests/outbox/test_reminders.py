import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from bot.domain.messages import reminders
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.people import Membership, PersonKey
from storage import people
from storage.tables.deliveries import deliveries
from tests import cast
from tests.cast import ALICE, BOB, ED
from tests.outbox.quiet import rig, rig_on_either
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import Rig, refusal

__all__ = ["rig", "rig_on_either"]

# The Tuesday two weeks before the stalking case's deadline.
NINE = datetime(2025, 3, 11, 9, tzinfo=UTC)


def key(who: PersonKey) -> str:
    return reminders.key(who, NINE.date())


def listed(arguments: Any) -> list[str]:
    """What the lines of a reminder are about."""
    texts = [block["text"]["text"] for block in arguments["blocks"][1:] if block["type"] == "section"]
    return [text.partition(":")[0] for text in texts]


def test_at_nine_each_contact_gets_one_in_the_direct_messages_with_them(rig_on_either: Rig) -> None:
    rig = rig_on_either
    rig.clock.shown = NINE - timedelta(seconds=20)
    assert rig.run() == 20
    assert rig.slack.posts == []
    for minutes in (0, 1, 300):
        rig.clock.shown = NINE + timedelta(minutes=minutes)
        rig.run()
    assert {post.key: post.channel for post in rig.slack.posts} == {
        key(ALICE): "D0ALICE",
        key(BOB): "D0BOB",
        key(ED): "D0ED",
    }
    assert len(rig.slack.posts) == 3
    assert "Kent has 3 recommendations open. The next is due on 27 March 2025, in 16 days." in {
        post.text for post in rig.slack.posts
    }


def test_of_several_processes_one_sends(rig_on_either: Rig) -> None:
    rig = rig_on_either
    rig.clock.shown = NINE
    schedules = [rig.schedule() for _ in range(4)]
    together = threading.Barrier(len(schedules))

    def work(schedule: Any) -> None:
        together.wait()
        for _ in range(5):
            schedule.tick()

    threads = [threading.Thread(target=work, args=(schedule,)) for schedule in schedules]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(rig.slack.keys) == [key(ALICE), key(BOB), key(ED)]


def test_after_downtime_they_come_later_that_day_but_not_from_five_on(rig: Rig) -> None:
    rig.clock.shown = NINE + timedelta(hours=7, minutes=59)
    comes_to_rest(rig)
    assert len(rig.slack.posts) == 3
    rig.clock.shown = datetime(2025, 3, 18, 17, tzinfo=UTC)
    comes_to_rest(rig)
    assert len(rig.slack.posts) == 3


def test_what_was_done_while_slack_said_no_is_not_in_it(rig: Rig) -> None:
    rig.slack.raises = [refusal("ratelimited", 429, {"Retry-After": "7"})] * 3
    rig.clock.shown = NINE
    rig.run()
    cast.Register(rig.store).says(ALICE, "complete 15: done", NINE)
    rig.stopwatch.seconds += 7
    rig.run()
    (alices,) = [post for post in rig.slack.posts if post.key == key(ALICE)]
    assert listed(alices.arguments) == ["Stalking 16", "Stalking 25"]


def test_one_that_could_not_be_sent_by_five_is_passed_over(rig: Rig) -> None:
    rig.slack.raises = [refusal("channel_not_found")] * 3
    rig.clock.shown = NINE
    rig.run()
    assert rig.row(key(ALICE)).state is DeliveryState.BLOCKED
    rig.clock.shown = NINE + timedelta(hours=8)
    rig.run()
    assert (rig.row(key(ALICE)).state, rig.row(key(ALICE)).error) == (
        DeliveryState.SKIPPED,
        "channel_not_found",
    )
    assert rig.slack.posts == []


def test_an_answer_that_is_lost_leaves_it_unknown_and_single(rig: Rig) -> None:
    rig.slack.takes_first = True
    rig.slack.raises = [TimeoutError()]
    rig.clock.shown = NINE
    rig.run()
    assert sorted(rig.slack.keys) == [key(ALICE), key(BOB), key(ED)]


def test_instead_of_a_contact_who_left_the_coordinators_are_told(rig: Rig) -> None:
    rig.slack.left = {ALICE.user_id}
    rig.clock.shown = NINE
    comes_to_rest(rig)
    assert {post.channel: post.text for post in rig.slack.posts if post.channel == "D0CORA"} == {
        "D0CORA": "Alice Ames has left Slack; Kent has no active contact."
    }
    assert sorted(rig.slack.keys) == ["leaver:U0ALICE:U0CORA", key(BOB), key(ED)]
    with rig.store.reading() as connection:
        alice = people.get(connection, ALICE)
    assert alice is not None
    assert alice.membership is Membership.DEACTIVATED


def to_the_first(rig: Rig) -> list[str]:
    """Return the channels in which the reminder of whoever came first was posted: hers is the one held up."""
    return [post.channel for post in rig.slack.posts if post.key == key_of_the_first(rig)]


def key_of_the_first(rig: Rig) -> str:
    return key(PersonKey("T0HOME", rig.slack.opened[0]))


@pytest.mark.parametrize("error", ["missing_scope", "user_not_found", "a_code_of_tomorrow"])
def test_where_slack_opens_no_conversation_nothing_is_posted_and_slacks_code_is_told(
    rig: Rig, error: str
) -> None:
    rig.slack.opening = [refusal(error)]
    rig.clock.shown = NINE
    schedule = rig.schedule()
    rig.run(schedule)
    assert to_the_first(rig) == []
    held_up = rig.row(key_of_the_first(rig))
    assert (held_up.state, held_up.error) == (DeliveryState.BLOCKED, error)
    rig.wait(schedule, 300)
    assert to_the_first(rig) == [f"D{rig.slack.opened[0][1:]}"]


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (refusal("ratelimited", 429, {"Retry-After": "30"}), 30),
        (refusal("ratelimited", 429), 2),
        (refusal("internal_error"), 2),
        (refusal("service_unavailable", 503), 2),
        (TimeoutError(), 2),
    ],
)
def test_where_slack_cannot_open_a_conversation_now_it_is_waited_for_and_never_posted_elsewhere(
    rig: Rig, error: Exception, seconds: float
) -> None:
    rig.slack.opening = [error]
    rig.clock.shown = NINE
    schedule = rig.schedule()
    rig.run(schedule)
    assert to_the_first(rig) == []
    assert rig.row(key_of_the_first(rig)).state is DeliveryState.DUE
    rig.wait(schedule, seconds - 1)
    assert to_the_first(rig) == []
    rig.wait(schedule, 1)
    assert to_the_first(rig) == [f"D{rig.slack.opened[0][1:]}"]


def test_the_conversation_is_kept_and_looked_in_without_being_opened_again(rig: Rig) -> None:
    rig.slack.raises, rig.slack.takes_first = [TimeoutError()], True
    rig.clock.shown = NINE
    schedule = rig.schedule()
    schedule.tick()
    rig.run(schedule)
    rig.slack.takes_first = False
    first = rig.slack.posts[0].key
    doubted = rig.row(first)
    assert doubted.state is DeliveryState.UNKNOWN
    assert doubted.conversation == rig.slack.posts[0].channel
    opened = list(rig.slack.opened)
    rig.wait(schedule, 150)
    assert rig.row(first).state is DeliveryState.SENT
    assert rig.slack.opened == opened
    assert len([post for post in rig.slack.posts if post.key == first]) == 1


def test_a_message_in_doubt_from_before_conversations_were_kept_is_looked_for_when_slack_opens_it(
    rig: Rig,
) -> None:
    rig.slack.raises, rig.slack.takes_first = [TimeoutError()], True
    rig.clock.shown = NINE
    schedule = rig.schedule()
    rig.run(schedule)
    rig.slack.takes_first = False
    first = rig.slack.posts[0].key
    with rig.store.begin() as connection:
        connection.execute(update(deliveries).values(conversation=None))
    rig.slack.opening = [refusal("ratelimited", 429, {"Retry-After": "60"})]
    rig.wait(schedule, 121)
    assert rig.row(first).state is DeliveryState.UNKNOWN
    assert rig.slack.opening == []
    rig.wait(schedule, 61)
    assert rig.row(first).state is DeliveryState.SENT
    assert len([post for post in rig.slack.posts if post.key == first]) == 1
