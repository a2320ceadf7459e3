"""The schedule against the stand-in Slack, with slack_sdk's own client in between."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile

import pytest
from slack_sdk import WebClient

from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.values import replace
from bot.operations.request.schedule_plan import SchedulePlan
from bot.outbox.channel_history import History
from bot.outbox.loop import Loop
from bot.outbox.poster import Poster
from bot.outbox.schedule import Schedule
from bot.outbox.upkeep import Upkeep
from bot.rendering.blocks.recording import redact
from bot.standin import StandIn
from bot.standin.faults import refused
from tests.cast import CORA
from tests.journeys.office import MANIFEST
from tests.outbox.rig import CHANNEL, HEAD, MONDAY, PLAN, WORDING, Rig, draw_nothing

# What Slack, and not the schedule, has to wait for is short here.
WAIT_FACTOR = 0.01
# In seconds: long enough for any machine.
PATIENCE = 60
BETWEEN_LOOKS = 0.05


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """Give a workspace whose faults, in what it was sent, fail the test."""
    with StandIn() as made:
        made.install(MANIFEST.read_text(encoding="utf-8"))
        made.add_channel(CHANNEL, "coordination")
        yield made
        assert made.faults_found == []


def schedule(rig: Rig, slack: StandIn, plan: SchedulePlan = PLAN) -> Schedule:
    client = WebClient(slack.bot_token, base_url=slack.api_url, timeout=2, retry_handlers=[])
    # From here on real time passes by itself, and quickly.
    rig.clock.stopwatch, rig.clock.wait_factor = None, WAIT_FACTOR
    return Schedule(
        rig.store,
        rig.clock,
        plan=plan,
        wording=WORDING,
        poster=Poster(client),
        history=History(client, slack.bot_user_id),
        upkeep=Upkeep(rig.store, client, redact.not_edited, draw_nothing, rig.clock),
    )


def run_until(rig: Rig, slack: StandIn, state: DeliveryState, plan: SchedulePlan = PLAN) -> None:
    """Run the loop until Monday's digest has come to a state."""
    running = schedule(rig, slack, plan)
    loop: Loop

    def tick() -> float:
        pause = running.tick()
        if rig.row().state is state and running.tick() > WAIT_FACTOR:
            done.append(True)
        return pause if done else min(pause, BETWEEN_LOOKS)

    done: list[bool] = []
    loop = Loop(tick, rig.clock)
    loop.start()
    deadline = time.monotonic() + PATIENCE
    while not done and time.monotonic() < deadline:
        time.sleep(0.005)
    loop.stop()
    assert done, f"it does not become {state}: {rig.row()}"


def test_the_digest_is_posted_with_its_thread_and_the_anchor_in_its_metadata(
    rig: Rig, slack: StandIn
) -> None:
    rig.clock.shown = MONDAY
    run_until(rig, slack, DeliveryState.SENT)
    [head] = slack.posts(CHANNEL)
    assert head.text.startswith("Stalking: all 43 accepted")
    facts = head.metadata["event_payload"] if head.metadata else {}
    assert facts.keys() == {"key", "through", "anchor"}
    assert facts["key"] == HEAD
    [part] = slack.thread(CHANNEL, head.ts)
    assert "No news for 60 days" in part.all_text


@pytest.mark.parametrize("fault", ["accept_then_drop", "accept_then_500", "internal_error", "drop"])
def test_when_it_is_not_known_whether_slack_took_it_there_is_one_request(
    rig: Rig, slack: StandIn, fault: str
) -> None:
    slack.faults.next("chat.postMessage", fault)  # type: ignore[arg-type]
    rig.clock.shown = MONDAY
    run_until(rig, slack, DeliveryState.UNKNOWN)
    rig.clock.shown = MONDAY + timedelta(hours=1)
    schedule(rig, slack).tick()
    assert [call.method for call in slack.calls] == ["chat.postMessage"]


def test_invited_back_into_the_channel_it_posts(rig: Rig, slack: StandIn) -> None:
    slack.remove_bot(CHANNEL)
    rig.clock.shown = MONDAY
    schedule(rig, slack).tick()
    assert rig.row().state is DeliveryState.BLOCKED
    slack.invite_bot(CHANNEL)
    run_until(rig, slack, DeliveryState.SENT)
    assert len(slack.posts(CHANNEL)) == 1


def test_its_channel_is_archived_and_another_one_set_it_goes_there(rig: Rig, slack: StandIn) -> None:
    slack.archive(CHANNEL)
    rig.clock.shown = MONDAY
    schedule(rig, slack).tick()
    assert rig.row().state is DeliveryState.BLOCKED
    slack.add_channel("C0OTHER", "coordination-2")
    slack.invite_bot("C0OTHER")
    run_until(rig, slack, DeliveryState.SENT, replace(PLAN, channel="C0OTHER"))
    assert (len(slack.posts(CHANNEL)), len(slack.posts("C0OTHER"))) == (0, 1)
    assert slack.thread("C0OTHER", slack.posts("C0OTHER")[0].ts)


def test_a_revoked_token_blocks_it(rig: Rig, slack: StandIn) -> None:
    slack.revoke_token()
    rig.clock.shown = MONDAY
    schedule(rig, slack).tick()
    assert (rig.row().state, rig.row().error) == (DeliveryState.BLOCKED, "token_revoked")


@pytest.mark.parametrize("code", ["access_denied", "messages_tab_disabled", "an_error_of_tomorrow"])
def test_a_refusal_of_whatever_code_is_a_no_told_to_the_coordinators_and_not_looked_for(
    rig: Rig, slack: StandIn, code: str
) -> None:
    slack.add_person(CORA.user_id, "Cora Lane")
    slack.faults.next("chat.postMessage", refused(code))
    rig.clock.shown = MONDAY
    run_until(rig, slack, DeliveryState.BLOCKED)
    assert rig.row().error == code
    # What coordinators are told is swept for duplicates, on a slow machine within this test.
    histories = [call.arguments["channel"] for call in slack.calls if call.method == "conversations.history"]
    assert CHANNEL not in histories
    [post] = slack.direct_messages(CORA.user_id)
    assert post.text.startswith("The digest of Monday 10 March 2025 at 09:00 was not posted: ")
    assert code in post.text
    assert "Slack's administrators" in post.text or "App Home" in post.text


def test_asked_to_slow_down_it_does(rig: Rig, slack: StandIn) -> None:
    slack.faults.next("chat.postMessage", "rate_limited")
    rig.clock.shown = MONDAY
    schedule(rig, slack).tick()
    assert (rig.row().state, rig.row().error) == (DeliveryState.DUE, "ratelimited")
    assert rig.row().not_before is not None


@pytest.mark.parametrize("fault", ["accept_then_drop", "accept_then_500", "internal_error", "drop"])
def test_what_became_of_it_is_found_in_the_history_and_it_stands_there_once(
    rig: Rig, slack: StandIn, fault: str
) -> None:
    slack.faults.next("chat.postMessage", fault)  # type: ignore[arg-type]
    rig.clock.shown = MONDAY
    run_until(rig, slack, DeliveryState.SENT)
    [head] = slack.posts(CHANNEL)
    assert head.ts == rig.row().ts
    # Once it is known to stand there, the history is read for second messages too.
    methods = [call.method for call in slack.calls]
    looks = list(takewhile(lambda method: method != "chat.postMessage", methods[1:]))
    assert looks == ["conversations.history"] * (1 if fault.startswith("accept") else 2)


def test_a_second_message_is_removed_from_the_channel(rig: Rig, slack: StandIn) -> None:
    rig.clock.shown = MONDAY
    run_until(rig, slack, DeliveryState.SENT)
    row = rig.row()
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    client.chat_postMessage(channel=CHANNEL, **(row.payload or {}))
    assert len(slack.posts(CHANNEL)) == 2
    later = schedule(rig, slack)
    deadline = time.monotonic() + PATIENCE
    while len(slack.posts(CHANNEL)) == 2 and time.monotonic() < deadline:
        time.sleep(min(later.tick(), BETWEEN_LOOKS))
    assert [post.ts for post in slack.posts(CHANNEL)] == [row.ts]
