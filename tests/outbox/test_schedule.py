import logging
import threading
from datetime import timedelta

import pytest

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.register.update import UpdateKind
from bot.operations.messages import digest as digests
from bot.operations.request.schedule_plan import SchedulePlan
from storage import updates
from tests import cast
from tests.outbox.rig import CHANNEL, HEAD, MONDAY, MONDAYS, SUNDAY, AwayAfter, Rig, refusal

WEEK = timedelta(weeks=1)
MINUTE = timedelta(minutes=1)


def test_the_digest_comes_at_its_minute_with_its_thread_under_it(rig_on_either: Rig) -> None:
    rig = rig_on_either
    rig.clock.shown = MONDAY - timedelta(seconds=1)
    assert rig.run() == 1
    assert rig.slack.posts == []
    rig.clock.shown = MONDAY
    rig.run()
    head, part = rig.slack.posts
    assert head.channel == CHANNEL
    assert head.text == "Stalking: all 43 accepted; none complete; due in 17 days."
    assert (head.key, head.thread_ts) == (HEAD, None)
    assert (part.key, part.thread_ts) == (f"{HEAD}:part2", rig.row().ts)
    assert rig.row().state is rig.row(part.key).state is DeliveryState.SENT


def test_it_comes_once_however_many_rounds_and_processes_there_are(rig: Rig) -> None:
    rig.clock.shown = MONDAY
    schedules = [rig.schedule(), rig.schedule()]
    for _ in range(4):
        for schedule in schedules:
            rig.run(schedule)
        rig.clock.shown += MINUTE
    rig.clock.shown = MONDAY - timedelta(hours=1)
    rig.run()
    rig.clock.shown = MONDAY
    rig.run()
    assert rig.slack.keys == [HEAD, f"{HEAD}:part2"]


def test_it_has_caught_up_once_all_has_gone_that_may_go(rig: Rig) -> None:
    schedule = rig.schedule()
    caught_up_at = []
    for shown in (SUNDAY, MONDAY, MONDAY, MONDAY):
        rig.clock.shown = shown
        schedule.tick()
        caught_up_at.append((len(rig.slack.posts), schedule.caught_up_at))
    assert caught_up_at == [(0, SUNDAY), (1, SUNDAY), (2, SUNDAY), (2, MONDAY)]


def test_what_waits_for_a_person_does_not_keep_it_from_catching_up(rig: Rig) -> None:
    schedule = rig.schedule()
    rig.slack.raises.append(refusal("is_archived"))
    rig.clock.shown = MONDAY
    rig.run(schedule)
    assert (rig.row().state, schedule.caught_up_at) == (DeliveryState.BLOCKED, MONDAY)


def test_the_first_start_is_recorded_once_and_what_came_before_is_not_owed(rig: Rig) -> None:
    rig.run()
    with rig.store.reading() as connection:
        started = updates.first_of_kind(connection, UpdateKind.STARTED)
        assert started is not None
        assert started.recorded_at == SUNDAY
        assert updates.count(connection, updates.Wanted()) == started.seq
    assert rig.states() == {}


def test_killed_before_the_claim_it_comes_after_the_restart(rig: Rig) -> None:
    rig.clock.shown = MONDAY
    digests.note_due(rig.store, rig.plan, MONDAY)
    rig.clock.shown = MONDAY + MINUTE
    rig.run()
    assert rig.slack.keys[0] == HEAD


def test_after_two_days_away_it_comes_marked_as_late(rig: Rig) -> None:
    rig.clock.shown = MONDAY + timedelta(days=2)
    rig.run()
    assert rig.slack.keys[0] == HEAD
    assert "Posted late: it was to come on 10 March 2025 at 09:00." in str(rig.slack.posts[0].arguments)


def test_after_a_month_away_only_the_newest_comes(rig: Rig) -> None:
    rig.clock.shown = MONDAY + 3 * WEEK + timedelta(hours=2)
    rig.run()
    assert [key for key in rig.slack.keys if "part" not in key] == ["digest:T0HOME:2025-03-31T09:00"]
    assert list(rig.states().values()) == [DeliveryState.SENT, *[DeliveryState.SKIPPED] * 3]


def test_three_days_late_it_is_passed_over(rig: Rig) -> None:
    rig.clock.shown = MONDAY + timedelta(days=3)
    rig.run()
    assert rig.slack.posts == []
    assert rig.states() == {HEAD: DeliveryState.SKIPPED}


def test_without_a_channel_nothing_is_due(rig: Rig) -> None:
    rig.plan = SchedulePlan(None, MONDAYS)
    rig.clock.shown = MONDAY
    rig.run()
    assert rig.states() == {}


def test_left_in_sending_it_becomes_unknown(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    rig.left_in_sending()
    later = rig.schedule()
    rig.run(later)
    rig.wait(later, 29)
    assert rig.row().state is DeliveryState.SENDING
    with caplog.at_level(logging.WARNING):
        rig.wait(later, 1)
    assert rig.row().state is DeliveryState.UNKNOWN
    assert caplog.messages[-1:] == [f"it is not known whether {HEAD} was posted: it will be looked for"]


def test_after_a_restart_the_wait_for_one_left_in_sending_begins_anew(rig: Rig) -> None:
    rig.left_in_sending()
    rig.run(rig.schedule())
    rig.stopwatch.seconds += 31
    rig.run(rig.schedule())
    assert rig.row().state is DeliveryState.SENDING


def test_a_process_that_was_frozen_after_its_claim_does_not_post(rig: Rig) -> None:
    rig.left_in_sending()
    assert rig.slack.requests == 0


def test_too_many_requests_are_waited_for_as_long_as_slack_says(rig: Rig) -> None:
    rig.slack.raises = [refusal("ratelimited", 429, {"Retry-After": "7"})]
    rig.clock.shown = MONDAY
    assert rig.run() == 7
    assert rig.row().state is DeliveryState.DUE
    rig.stopwatch.seconds += 7
    rig.run()
    assert rig.slack.keys[0] == HEAD


def test_a_bot_that_is_not_in_the_channel_is_blocked_until_somebody_invites_it(rig: Rig) -> None:
    rig.slack.raises = [refusal("not_in_channel")] * 2
    rig.clock.shown = MONDAY
    rig.run()
    assert (rig.row().state, rig.row().error) == (DeliveryState.BLOCKED, "not_in_channel")
    for _ in range(2):
        rig.stopwatch.seconds += 300
        rig.run()
    assert rig.row().state is DeliveryState.SENT
    assert rig.slack.keys.count(HEAD) == 1


def test_a_blocked_one_gives_way_to_a_later_one_that_tells_its_period(rig: Rig) -> None:
    rig.slack.raises = [refusal("not_in_channel")]
    rig.clock.shown = MONDAY
    rig.run()
    rig.clock.shown += timedelta(days=1)
    digests.send(rig.store, cast.occasion(cast.CORA, rig.clock.shown, "command:T0HOME:1"), rig.plan)
    rig.run()
    rig.stopwatch.seconds += 3600
    rig.run()
    by_hand = "digest:manual:command:T0HOME:1"
    assert [key for key in rig.slack.keys if "blocked" not in key] == [by_hand, f"{by_hand}:part2"]
    assert (rig.row().state, rig.row().error) == (DeliveryState.SKIPPED, "told later")


def test_blocked_for_three_days_it_is_passed_over_and_the_reason_stays(rig: Rig) -> None:
    rig.slack.raises = [refusal("is_archived")]
    rig.clock.shown = MONDAY
    rig.run()
    rig.clock.shown = MONDAY + timedelta(days=3)
    rig.run()
    assert (rig.row().state, rig.row().error) == (DeliveryState.SKIPPED, "is_archived")
    assert rig.row(f"{HEAD}:part2").state is DeliveryState.SKIPPED


def test_a_message_that_is_out_is_written_as_sent_when_the_database_is_back(rig: Rig) -> None:
    rig.clock.shown = MONDAY
    away = AwayAfter(rig, attempts=3)
    through_gap = Rig(away.store, rig.clock, rig.slack, rig.stopwatch)
    through_gap.schedule().tick()
    assert rig.row().state is DeliveryState.SENT


def test_by_hand_it_comes_at_once_and_mondays_still_comes(rig: Rig) -> None:
    request = cast.occasion(cast.CORA, SUNDAY, "command:T0HOME:1")
    woken = threading.Event()
    plan = SchedulePlan(CHANNEL, MONDAYS, wake=woken.set)
    assert digests.send(rig.store, request, plan)
    assert woken.is_set()
    assert digests.send(rig.store, request, plan)
    rig.run()
    assert [key for key in rig.slack.keys if "part" not in key] == ["digest:manual:command:T0HOME:1"]
    rig.clock.shown = MONDAY
    rig.run()
    assert HEAD in rig.slack.keys


def test_of_eight_processes_one_claims(rig_on_either: Rig) -> None:
    rig = rig_on_either
    rig.clock.shown = MONDAY
    digests.note_due(rig.store, rig.plan, MONDAY)
    together = threading.Barrier(8)

    def race() -> None:
        schedule = rig.schedule()
        together.wait()
        for _ in range(3):
            schedule.tick()

    racers = [threading.Thread(target=race) for _ in range(8)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    rig.run()
    assert sorted(rig.slack.keys) == [HEAD, f"{HEAD}:part2"]
    assert rig.row().fence == 1
