"""A message of which Slack did not say whether it took it is looked for; it is never sent on a guess."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from bot.domain.messages.delivery import ABANDONED, BEFORE_START, FROM_HISTORY, Delivery
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.doubt import Verdict
from bot.operations.messages import digest as digests
from bot.operations.messages import doubt
from bot.operations.request.direct_messages import enqueue
from bot.operations.request.schedule_plan import SchedulePlan
from bot.outbox.schedule import Schedule
from bot.outbox.unconfirmed_sends import ASK_AFTER, BETWEEN_READS, SHOWN_WITHIN
from storage.tables.deliveries import deliveries as table
from tests import cast
from tests.outbox.rig import CHANNEL, HEAD, MONDAY, MONDAYS, Rig, refusal

PART = f"{HEAD}:part2"
QUESTION = f"in-doubt:{HEAD}:U0CORA"
HOUR = timedelta(hours=1)


def not_answered(rig: Rig, *, taken: bool) -> Schedule:
    """Send Monday's digest without an answer from Slack; whether it took it is for the test to say."""
    schedule = rig.schedule()
    rig.clock.shown = MONDAY
    rig.slack.raises, rig.slack.takes_first = [TimeoutError()], taken
    rig.run(schedule)
    rig.slack.takes_first = False
    assert rig.row().state is DeliveryState.UNKNOWN
    assert rig.slack.requests == 1
    return schedule


def test_what_stands_in_the_history_was_sent(rig_on_either: Rig) -> None:
    rig = rig_on_either
    schedule = not_answered(rig, taken=True)
    rig.wait(schedule, SHOWN_WITHIN - 1)
    assert rig.slack.reads == []
    rig.wait(schedule, 1)
    assert (rig.row().state, rig.row().error) == (DeliveryState.SENT, FROM_HISTORY)
    assert rig.row().ts == rig.slack.posts[0].ts
    assert rig.slack.keys == [HEAD, PART]
    assert rig.slack.posts[1].thread_ts == rig.row().ts


def test_what_two_reads_a_minute_apart_do_not_find_is_sent_again(rig: Rig) -> None:
    schedule = not_answered(rig, taken=False)
    rig.wait(schedule, SHOWN_WITHIN)
    rig.wait(schedule, BETWEEN_READS - 1)
    assert (len(rig.slack.reads), rig.row().state) == (1, DeliveryState.UNKNOWN)
    rig.wait(schedule, 1)
    assert len(rig.slack.reads) == 2
    rig.wait(schedule, 10)
    assert rig.row().state is DeliveryState.SENT
    assert rig.slack.keys == [HEAD, PART]


def test_a_history_that_shows_it_late_is_believed(rig: Rig) -> None:
    schedule = not_answered(rig, taken=True)
    rig.slack.hidden = True
    rig.wait(schedule, SHOWN_WITHIN)
    rig.slack.hidden = False
    rig.wait(schedule, BETWEEN_READS)
    assert rig.row().state is DeliveryState.SENT
    assert rig.slack.keys == [HEAD, PART]


def test_it_is_known_by_its_first_block_where_the_metadata_is_not_shown(rig: Rig) -> None:
    schedule = not_answered(rig, taken=True)
    arguments = dict(rig.slack.posts[0].arguments)
    del arguments["metadata"]
    rig.slack.posts.clear()
    rig.slack.add(CHANNEL, arguments)
    rig.wait(schedule, SHOWN_WITHIN)
    assert rig.row().state is DeliveryState.SENT


def test_what_another_app_wrote_with_its_key_is_not_taken_for_it(rig: Rig) -> None:
    schedule = not_answered(rig, taken=True)
    arguments = rig.slack.posts.pop().arguments
    rig.slack.add(CHANNEL, arguments, user="U0OTHER")
    rig.wait(schedule, SHOWN_WITHIN)
    rig.wait(schedule, BETWEEN_READS)
    assert (rig.row().state, rig.row().error) == (DeliveryState.DUE, "not_found")


def test_a_long_history_is_read_to_its_end_a_page_at_a_time(rig: Rig) -> None:
    schedule = not_answered(rig, taken=True)
    for number in range(40):
        rig.slack.add(CHANNEL, {"text": str(number)}, user="U0KIM")
    rig.wait(schedule, SHOWN_WITHIN)
    assert [read.get("cursor") for read in rig.slack.reads] == [None, "15", "30"]
    assert rig.row().state is DeliveryState.SENT


def test_asked_to_slow_down_it_goes_on_with_the_page_that_comes(rig: Rig) -> None:
    schedule = not_answered(rig, taken=True)
    for number in range(20):
        rig.slack.add(CHANNEL, {"text": str(number)}, user="U0KIM")
    rig.stopwatch.seconds += SHOWN_WITHIN
    schedule.tick()
    rig.slack.closed = refusal("ratelimited", 429, {"Retry-After": "60"})
    assert rig.run(schedule) == 30
    rig.slack.closed = None
    rig.wait(schedule, 59)
    assert rig.row().state is DeliveryState.UNKNOWN
    rig.wait(schedule, 1)
    assert [read.get("cursor") for read in rig.slack.reads] == [None, "15", "15"]
    assert rig.row().state is DeliveryState.SENT


def test_what_was_left_behind_in_sending_is_looked_for_too(rig: Rig) -> None:
    rig.left_in_sending()
    later = rig.schedule()
    rig.run(later)
    rig.wait(later, 30)
    assert (rig.row().state, rig.row().error) == (DeliveryState.UNKNOWN, ABANDONED)
    rig.wait(later, SHOWN_WITHIN)
    rig.wait(later, BETWEEN_READS)
    rig.wait(later, 10)
    assert rig.slack.keys == [HEAD, PART]


def test_the_wait_begins_anew_in_each_process(rig: Rig) -> None:
    not_answered(rig, taken=False)
    for _ in range(3):
        rig.run(rig.schedule())
        rig.stopwatch.seconds += SHOWN_WITHIN - 1
    assert rig.slack.reads == []


def test_a_part_is_looked_for_in_its_thread_and_holds_back_those_after_it(rig: Rig) -> None:
    schedule = rig.schedule()
    rig.clock.shown = MONDAY
    schedule.tick()
    rig.slack.raises, rig.slack.takes_first = [TimeoutError()], True
    rig.run(schedule)
    assert rig.row(PART).state is DeliveryState.UNKNOWN
    rig.wait(schedule, SHOWN_WITHIN)
    assert rig.row(PART).state is DeliveryState.SENT
    assert rig.slack.keys == [HEAD, PART]


def test_a_direct_message_is_looked_for_in_its_conversation(rig: Rig) -> None:
    schedule = rig.schedule()
    rig.clock.shown = MONDAY - HOUR
    payload = {"text": "x", "metadata": {"event_type": "recbot_delivery", "event_payload": {"key": "told"}}}
    with rig.store.begin() as connection:
        enqueue(connection, key="told", person=cast.ALICE, payload=payload, instant=rig.clock.shown)
    rig.slack.raises, rig.slack.takes_first = [TimeoutError()], True
    rig.run(schedule)
    rig.wait(schedule, SHOWN_WITHIN)
    assert rig.row("told").state is DeliveryState.SENT
    assert [post.channel for post in rig.slack.posts] == ["D0ALICE"]


# Where it cannot be looked


def cannot_look(rig: Rig, reason: str, *, taken: bool = True) -> Schedule:
    schedule = not_answered(rig, taken=taken)
    rig.slack.closed = refusal(reason)
    rig.wait(schedule, SHOWN_WITHIN)
    return schedule


def wait_until_coordinators_are_asked(rig: Rig, schedule: Schedule) -> None:
    for _ in range(int(ASK_AFTER / BETWEEN_READS)):
        rig.wait(schedule, BETWEEN_READS)


@pytest.mark.parametrize(
    "reason", ["missing_scope", "not_in_channel", "token_revoked", "team_access_not_granted"]
)
def test_where_it_cannot_look_it_is_not_sent_again_and_the_reason_stays_with_it(
    rig: Rig, reason: str
) -> None:
    cannot_look(rig, reason)
    assert (rig.row().state, rig.row().error) == (DeliveryState.UNKNOWN, reason)
    assert rig.slack.keys == [HEAD]


@pytest.mark.parametrize("reason", ["team_access_not_granted", "an_error_of_tomorrow"])
def test_a_refusal_that_nobody_listed_is_asked_about_too(rig: Rig, reason: str) -> None:
    schedule = cannot_look(rig, reason)
    wait_until_coordinators_are_asked(rig, schedule)
    assert rig.row().state is DeliveryState.NEEDS_HUMAN


def test_after_a_while_the_coordinators_are_asked_once(rig_on_either: Rig) -> None:
    rig = rig_on_either
    schedule = cannot_look(rig, "missing_scope")
    wait_until_coordinators_are_asked(rig, schedule)
    assert rig.row().state is DeliveryState.NEEDS_HUMAN
    wait_until_coordinators_are_asked(rig, schedule)
    [question] = [post for post in rig.slack.posts if post.key == QUESTION]
    assert question.channel == "D0CORA"
    assert question.text == (
        "Did the digest of Monday 10 March 2025 at 09:00 appear? Slack did not say whether it took it."
    )


def test_a_history_that_opens_again_answers_before_a_person_does(rig: Rig) -> None:
    schedule = cannot_look(rig, "not_in_channel")
    wait_until_coordinators_are_asked(rig, schedule)
    rig.slack.closed = None
    rig.wait(schedule, 300)
    assert (rig.row().state, rig.row().error) == (DeliveryState.SENT, FROM_HISTORY)


def test_slack_being_away_is_no_reason_to_ask_a_person(rig: Rig) -> None:
    schedule = not_answered(rig, taken=True)
    rig.slack.closed = TimeoutError()
    rig.wait(schedule, SHOWN_WITHIN)
    wait_until_coordinators_are_asked(rig, schedule)
    assert rig.row().state is DeliveryState.UNKNOWN
    rig.slack.closed = None
    rig.wait(schedule, BETWEEN_READS)
    assert rig.row().state is DeliveryState.SENT


def test_nobody_is_asked_about_a_question(rig: Rig) -> None:
    schedule = cannot_look(rig, "missing_scope")
    rig.slack.raises, rig.slack.takes_first = [TimeoutError()], True
    wait_until_coordinators_are_asked(rig, schedule)
    assert rig.row(QUESTION).state is DeliveryState.UNKNOWN
    wait_until_coordinators_are_asked(rig, schedule)
    rig.wait(schedule, SHOWN_WITHIN)
    wait_until_coordinators_are_asked(rig, schedule)
    assert rig.row(QUESTION).state is DeliveryState.NEEDS_HUMAN
    assert rig.slack.keys.count(QUESTION) == len([key for key in rig.slack.keys if "in-doubt" in key]) == 1


# What is older than the process


def lost_row(rig: Rig) -> None:
    """Post Monday's digest, then restore the database from Sunday's copy."""
    rig.clock.shown = MONDAY
    rig.run()
    with rig.store.begin() as connection:
        connection.execute(delete(table))
    rig.clock.shown = MONDAY + HOUR


def test_after_a_restore_from_an_old_copy_nothing_is_posted_twice(rig_on_either: Rig) -> None:
    rig = rig_on_either
    lost_row(rig)
    rig.run()
    assert (rig.row().state, rig.row().error) == (DeliveryState.SENT, FROM_HISTORY)
    assert rig.slack.keys == [HEAD, PART]


def test_nothing_is_posted_on_a_guess_when_the_history_cannot_be_read_after_a_restart(rig: Rig) -> None:
    lost_row(rig)
    rig.slack.closed = refusal("missing_scope")
    schedule = rig.schedule()
    rig.run(schedule)
    assert (rig.row().state, rig.row().error) == (DeliveryState.UNKNOWN, "missing_scope")
    wait_until_coordinators_are_asked(rig, schedule)
    assert rig.row().state is DeliveryState.NEEDS_HUMAN
    assert rig.slack.keys.count(HEAD) == 1


def test_a_slot_of_before_the_start_is_looked_for_once_and_then_sent_at_once(rig: Rig) -> None:
    rig.clock.shown = MONDAY + HOUR
    rig.run()
    assert len(rig.slack.reads) == 1
    assert rig.slack.keys == [HEAD, PART]


def test_out_of_the_channel_since_before_the_start_it_is_blocked_and_posted_when_invited(rig: Rig) -> None:
    rig.clock.shown = MONDAY + HOUR
    rig.slack.closed = refusal("not_in_channel")
    schedule = rig.schedule()
    rig.run(schedule)
    assert (rig.row().state, rig.row().error) == (DeliveryState.BLOCKED, "not_in_channel")
    assert "digest-blocked" in rig.slack.keys[0]
    rig.slack.closed = None
    rig.wait(schedule, 300)
    assert rig.slack.keys[1:] == [HEAD, PART]


def test_what_a_coordinator_wants_sent_again_is_sent_even_by_a_younger_process(rig: Rig) -> None:
    schedule = cannot_look(rig, "missing_scope", taken=False)
    wait_until_coordinators_are_asked(rig, schedule)
    doubt.decide(rig.store, cast.occasion(cast.CORA, MONDAY), HEAD, Verdict.SEND_AGAIN)
    rig.clock.shown = MONDAY + HOUR
    rig.run()
    assert rig.slack.keys.count(HEAD) == 1


def test_one_by_hand_after_the_start_is_not_looked_for(rig: Rig) -> None:
    schedule = rig.schedule()
    rig.run(schedule)
    asked_for = cast.occasion(cast.CORA, rig.clock.shown, "command:T0HOME:1")
    digests.send(rig.store, asked_for, SchedulePlan(CHANNEL, MONDAYS))
    rig.run(schedule)
    assert rig.slack.reads == []
    assert rig.slack.keys[0] == "digest:manual:command:T0HOME:1"


def test_the_error_of_one_older_than_the_start_says_so(rig: Rig) -> None:
    rig.clock.shown = MONDAY + HOUR
    rig.schedule().tick()
    row: Delivery = rig.row()
    assert (row.state, row.error) == (DeliveryState.UNKNOWN, BEFORE_START)
