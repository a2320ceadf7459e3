"""One process's work on the deliveries, without a database: what each step does, and when it looks again."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.messages.delivery import (
    ABANDONED,
    BEFORE_START,
    FROM_HISTORY,
    NOT_FOUND,
    SAID_BY_A_PERSON,
    Delivery,
    DeliveryKind,
    Outbox,
    Outcome,
    Sendable,
)
from bot.domain.messages.delivery_state import FINAL, DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from bot.operations.messages.claiming import Claimed
from bot.operations.request.native_charts import NativeCharts
from bot.outbox.channel_history import History
from bot.outbox.dispatcher import Dispatcher
from bot.outbox.poster import Poster
from storage.database import Busy, OutcomeUnknown
from tests.outbox.rig import MONDAY, RECBOT, ClockByHand, FakeSlack, Stopwatch, refusal

LATER = MONDAY + timedelta(hours=1)
CHART: dict[str, Any] = {"type": "data_visualization"}
WORDS: dict[str, Any] = {"type": "section"}
FOR_EVER = float("inf")


def payload(key: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return {"text": key, "blocks": [*blocks], "metadata": {"event_payload": {"key": key}}}


def delivery(key: str = "told", **facts: Any) -> Delivery:
    """A part of a digest, of after the start; else as the facts say."""
    usual: dict[str, Any] = {
        "kind": DeliveryKind.DIGEST_PART,
        "slot": Slot.at(LATER),
        "channel": "C0COORD",
        "created_at": LATER,
        "updated_at": LATER,
        "payload": payload(key, WORDS),
    }
    return Delivery(key, **(usual | facts))


@dataclass
class Ledger:
    """The deliveries in a dictionary, and what was asked of them."""

    rows: dict[str, Delivery] = field(default_factory=dict)
    outcomes: list[tuple[str, Outcome]] = field(default_factory=list)
    asked_coordinators: list[tuple[str, str]] = field(default_factory=list)
    leavers: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    sweeps: list[tuple[str, int]] = field(default_factory=list)
    to_sweep: Sendable | None = None
    is_swept_by_another: bool = False
    failures: list[Exception] = field(default_factory=list)  # of the next attempts to write

    def add(self, *added: Delivery) -> None:
        self.rows |= {row.key: row for row in added}

    def outbox(self) -> Outbox:
        heads = {key: row.ts for key, row in self.rows.items() if row.ts}
        return Outbox(tuple(row for row in self.rows.values() if row.state not in FINAL), heads)

    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        if self.failures:
            raise self.failures.pop()
        self.outcomes.append((seen.key, outcome))
        self.rows[seen.key] = replace(
            seen, state=outcome.state, error=outcome.error, ts=outcome.ts, not_before=None
        )
        return True

    def move(self, unsent: Delivery, channel: str) -> bool:
        self.rows[unsent.key] = replace(unsent, channel=channel, fence=unsent.fence + 1)
        return True

    def pass_over(self, too_late: Delivery) -> bool:
        self.passed_over.append(too_late.key)
        self.rows[too_late.key] = replace(too_late, state=DeliveryState.SKIPPED)
        return True

    def ask_coordinators(self, seen: Delivery, reason: str) -> bool:
        self.asked_coordinators.append((seen.key, reason))
        self.rows[seen.key] = replace(seen, state=DeliveryState.NEEDS_HUMAN, error=reason)
        return True

    def record_leaver(self, unsent: Delivery) -> None:
        self.leavers.append(unsent.key)
        self.rows[unsent.key] = replace(unsent, state=DeliveryState.SKIPPED)

    def next_sweep(self) -> Sendable | None:
        return self.to_sweep

    def take_sweep(self, seen: Delivery) -> bool:
        return not self.is_swept_by_another

    def record_sweep(self, seen: Delivery, removed: int) -> bool:
        self.sweeps.append((seen.key, removed))
        self.to_sweep = None
        return True


class Sleepless(ClockByHand):
    """Notes how long somebody would have slept."""

    def __init__(self, shown: datetime, stopwatch: Stopwatch) -> None:
        super().__init__(shown, stopwatch)
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


class Process:
    """A dispatcher on a ledger, with a clock that stands still until it is moved."""

    def __init__(self, ledger: Ledger | None = None, slack: FakeSlack | None = None) -> None:
        self.ledger = ledger or Ledger()
        self.slack = slack or FakeSlack()
        self.stopwatch = Stopwatch((MONDAY - Stopwatch.BEGAN).total_seconds())
        self.clock = Sleepless(MONDAY, self.stopwatch)
        self.claim_takes = 0.0
        self.channel = ""  # that the settings name, where it is another than the deliveries'
        self.charts = NativeCharts()
        self.dispatcher = Dispatcher(
            self.ledger,
            Poster(self.slack),
            History(self.slack, RECBOT),
            self._claim,
            self.clock,
            channel_now=self._channel_now,
            charts=self.charts,
        )
        self.dispatcher.begin()

    def _channel_now(self, seen: Delivery) -> str:
        return self.channel or seen.channel

    def _claim(self, seen: Delivery) -> Claimed | None:
        began = self.clock.monotonic()
        claimed = replace(seen, state=DeliveryState.SENDING, fence=seen.fence + 1)
        self.ledger.rows[seen.key] = claimed
        self.stopwatch.seconds += self.claim_takes
        return Claimed(claimed, began)

    def step(self, after: float = 0) -> float:
        self.stopwatch.seconds += after
        self.dispatcher.begin()
        return self.dispatcher.step()

    def state(self, key: str = "told") -> DeliveryState:
        return self.ledger.rows[key].state


@pytest.fixture
def process() -> Process:
    return Process()


def test_before_its_first_step_it_promises_nothing(process: Process) -> None:
    assert (process.dispatcher.is_at_rest, process.dispatcher.has_sent_all) == (False, False)


def test_a_message_is_sent_and_a_second_is_left_for_the_next(process: Process) -> None:
    assert process.step() == FOR_EVER
    assert (process.dispatcher.is_at_rest, process.dispatcher.has_sent_all) == (True, True)
    process.ledger.add(delivery())
    assert process.step() == 1.0
    assert (process.dispatcher.is_at_rest, process.dispatcher.has_sent_all) == (True, False)
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.SENT, ts="1741597200.000001"))]
    assert process.step() == FOR_EVER
    assert process.slack.requests == 1


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.UNKNOWN])
def test_it_is_at_rest_once_no_outcome_is_open(process: Process, state: DeliveryState) -> None:
    process.ledger.add(delivery(state=state))
    process.step()
    assert not process.dispatcher.is_at_rest


def test_it_looks_again_when_the_first_may_be_sent(process: Process) -> None:
    process.ledger.add(delivery(not_before=process.clock.real_now() + timedelta(seconds=7)))
    assert process.step() == 7
    assert process.slack.requests == 0
    assert process.step(after=7) == 1.0


def test_what_has_waited_too_long_is_passed_over_before_anything_is_sent(process: Process) -> None:
    process.ledger.add(delivery(slot=Slot.at(MONDAY - timedelta(days=3))), delivery("another"))
    assert process.step() == 0
    assert (process.ledger.passed_over, process.slack.requests) == (["told"], 0)


def test_a_message_that_was_claimed_and_left_is_looked_for_and_sent_again_when_nobody_has_it(
    process: Process,
) -> None:
    process.ledger.add(delivery(state=DeliveryState.SENDING))
    assert process.step() == 30
    assert process.step(after=30) == 0
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.UNKNOWN, error=ABANDONED))]
    assert process.step() == 120
    assert process.step(after=120) == 0
    assert process.step() == 60
    assert process.step(after=60) == 0
    assert process.ledger.outcomes[1:] == [("told", Outcome(DeliveryState.DUE, error=NOT_FOUND))]
    process.step()
    assert process.state() is DeliveryState.SENT


def test_what_stands_in_the_history_was_sent(process: Process) -> None:
    ts = process.slack.add("C0COORD", payload("told"))
    process.slack.add("C0COORD", payload("told"))
    process.ledger.add(delivery(state=DeliveryState.UNKNOWN))
    process.step()
    assert process.step(after=120) == 0
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.SENT, ts=ts, error=FROM_HISTORY))]


def waits_since_before_the_start(**facts: Any) -> Process:
    ledger = Ledger()
    ledger.add(delivery(**facts))
    return Process(ledger)


def test_what_waited_as_the_process_began_is_looked_for_first_and_sent_at_once_where_it_is_not_there() -> (
    None
):
    process = waits_since_before_the_start()
    assert process.step() == 0
    assert process.step() == 0
    assert process.ledger.outcomes == [
        ("told", Outcome(DeliveryState.UNKNOWN, error=BEFORE_START)),
        ("told", Outcome(DeliveryState.DUE, error=NOT_FOUND, wait=0.0)),
    ]
    assert process.step() == 1.0
    assert (process.state(), process.slack.requests) == (DeliveryState.SENT, 1)


def test_one_of_the_calendar_whose_slot_was_before_the_start_is_looked_for_too(process: Process) -> None:
    process.ledger.add(delivery(kind=DeliveryKind.DIGEST, slot=Slot.at(MONDAY - timedelta(minutes=1))))
    assert process.step() == 0
    assert process.state() is DeliveryState.UNKNOWN


def test_what_a_coordinator_wants_sent_again_is_not_looked_for() -> None:
    process = waits_since_before_the_start(error=SAID_BY_A_PERSON)
    assert process.step() == 1.0


def test_what_this_process_did_not_look_for_may_stand_there_all_the_same() -> None:
    process = waits_since_before_the_start(error=NOT_FOUND)
    assert process.step() == 0
    assert process.state() is DeliveryState.UNKNOWN


def test_what_another_process_looked_for_may_be_sent_by_this_one() -> None:
    process = waits_since_before_the_start()
    process.step()
    another = Process(process.ledger, process.slack)
    assert another.step() == 0
    assert process.step() == 1.0


def test_what_was_unknown_as_the_process_began_is_sent_once_it_has_looked() -> None:
    process = waits_since_before_the_start(state=DeliveryState.UNKNOWN)
    for seconds in (0, 120, 60):
        process.step(after=seconds)
    assert process.step() == 1.0


def test_each_message_is_looked_for_before_it_is_sent() -> None:
    ledger = Ledger()
    ledger.add(delivery("a"), delivery("b"))
    process = Process(ledger)
    assert (process.step(), process.step()) == (0, 0)
    assert {process.state("a"), process.state("b")} == {DeliveryState.UNKNOWN}


def test_that_one_message_is_not_there_says_nothing_of_another_in_the_same_channel() -> None:
    ledger = Ledger()
    process = Process(ledger)
    ledger.add(delivery("a"), delivery("b", not_before=process.clock.real_now() + timedelta(seconds=10)))
    process = Process(ledger)
    for _ in range(3):
        process.step()
    assert process.state("a") is DeliveryState.SENT
    assert process.step(after=10) == 0
    assert process.state("b") is DeliveryState.UNKNOWN


def test_a_message_that_was_not_in_the_old_channel_is_looked_for_in_the_new_one_too() -> None:
    process = waits_since_before_the_start()
    process.step()
    process.step()
    process.channel = "C0NEW"
    assert process.step() == 0
    assert process.step() == 0
    assert (process.state(), process.slack.requests) == (DeliveryState.UNKNOWN, 0)


def test_what_was_blocked_before_anybody_looked_is_looked_for_when_it_can_be() -> None:
    process = waits_since_before_the_start()
    process.slack.closed = refusal("not_in_channel")
    process.step()
    process.step()
    process.slack.closed = None
    assert process.step() == 0
    assert (process.state(), process.slack.requests) == (DeliveryState.UNKNOWN, 0)


def test_a_part_is_looked_for_in_the_thread_of_its_head(process: Process) -> None:
    process.slack.add("C0COORD", payload("told") | {"thread_ts": "1.1"})
    process.ledger.add(
        delivery("head", state=DeliveryState.SENT, ts="1.1"),
        delivery(follows="head", state=DeliveryState.UNKNOWN),
    )
    process.step()
    process.step(after=120)
    assert process.state() is DeliveryState.SENT


def test_nothing_is_sent_that_was_not_worded(process: Process) -> None:
    process.ledger.add(delivery(payload=None))
    with pytest.raises(ValueError, match="rendered"):
        process.step()


def test_what_belongs_in_another_channel_by_now_is_moved_there(process: Process) -> None:
    process.channel = "C0NEW"
    process.ledger.add(delivery())
    assert process.step() == 0
    assert process.slack.requests == 0
    process.step()
    assert process.slack.posts[0].channel == "C0NEW"


def test_a_frozen_process_does_not_post(process: Process) -> None:
    process.ledger.add(delivery())
    process.claim_takes = 2.1
    assert process.step() == 0
    assert (process.slack.requests, process.ledger.outcomes) == (0, [])


def test_a_claim_of_two_seconds_is_in_time(process: Process) -> None:
    process.ledger.add(delivery())
    process.claim_takes = 2.0
    assert process.step() == 1.0


def test_a_part_stands_in_the_thread_of_its_head(process: Process) -> None:
    process.ledger.add(delivery("head", state=DeliveryState.SENT, ts="1.1"), delivery(follows="head"))
    process.step()
    assert process.slack.posts[0].thread_ts == "1.1"


def to_a_person(**facts: Any) -> Delivery:
    return delivery(kind=DeliveryKind.DIRECT_MESSAGE, channel="U0ALICE", **facts)


def test_a_message_to_a_person_goes_to_the_conversation_with_them(process: Process) -> None:
    process.ledger.add(to_a_person())
    process.step()
    assert process.slack.posts[0].channel == "D0ALICE"
    assert process.ledger.rows["told"].conversation == "D0ALICE"


def test_a_reader_who_has_left_gets_nothing_and_is_noted(process: Process) -> None:
    process.slack.left.add("U0ALICE")
    process.ledger.add(to_a_person())
    assert process.step() == 0
    assert (process.ledger.leavers, process.slack.requests) == (["told"], 0)
    process.ledger.add(to_a_person(state=DeliveryState.UNKNOWN))
    process.step()
    assert process.step(after=120) == 0
    assert process.ledger.leavers == ["told", "told"]


def test_where_no_conversation_opens_the_outcome_says_why(process: Process) -> None:
    process.slack.opening.append(refusal("cannot_dm_bot"))
    process.ledger.add(to_a_person())
    assert process.step() == 0
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.BLOCKED, error="cannot_dm_bot"))]


def test_a_chart_that_slack_refuses_comes_again_without_and_none_is_tried_for_a_day(process: Process) -> None:
    process.slack.raises = [refusal("invalid_blocks")]
    process.ledger.add(delivery(payload=payload("told", WORDS, CHART)))
    assert process.step() == 1.0
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.DUE, error="invalid_blocks"))]
    process.step()
    process.ledger.add(delivery("next", payload=payload("next", WORDS, CHART)))
    process.step()
    process.ledger.add(delivery("later", payload=payload("later", WORDS, CHART)))
    process.step(after=24 * 3600)
    blocks = [post.arguments["blocks"] for post in process.slack.posts]
    assert blocks == [[WORDS], [WORDS], [WORDS, CHART]]


def test_words_that_slack_refuses_are_blocked(process: Process) -> None:
    process.slack.raises = [refusal("invalid_blocks")]
    process.ledger.add(delivery())
    process.step()
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.BLOCKED, error="invalid_blocks"))]
    assert process.charts.may_be_tried(process.clock.monotonic())


@pytest.mark.parametrize("busy", [6, 7])
def test_a_message_that_is_out_is_written_as_soon_as_the_database_is_back(
    process: Process, busy: int
) -> None:
    process.ledger.add(delivery())
    process.ledger.failures = [OutcomeUnknown("OperationalError"), *[Busy("OperationalError")] * (busy - 1)]
    assert process.step() == 1.0
    assert process.clock.slept == [0.1, 0.5, 1.0, 2.0, 5.0, 10.0]
    assert process.state() is (DeliveryState.SENT if busy == 6 else DeliveryState.SENDING)


def test_where_nobody_can_look_coordinators_are_asked(process: Process) -> None:
    process.slack.closed = refusal("not_in_channel")
    process.ledger.add(delivery(state=DeliveryState.UNKNOWN))
    process.step()
    assert process.step(after=120) == 0
    noted = [("told", Outcome(DeliveryState.UNKNOWN, error="not_in_channel"))]
    assert process.ledger.outcomes == noted
    for _ in range(11):
        process.step(after=60)
    assert process.ledger.outcomes == noted
    assert process.ledger.asked_coordinators == [("told", "not_in_channel")]


@pytest.mark.parametrize(
    ("reason", "channel_now", "state"),
    [
        ("not_in_channel", "C0COORD", DeliveryState.BLOCKED),
        ("missing_scope", "C0COORD", DeliveryState.UNKNOWN),
        ("unknown_method", "C0COORD", DeliveryState.UNKNOWN),
        ("not_in_channel", "C0NEW", DeliveryState.UNKNOWN),
    ],
)
def test_where_posting_would_be_refused_as_reading_is_it_is_blocked_after_a_start(
    reason: str, channel_now: str, state: DeliveryState
) -> None:
    process = waits_since_before_the_start()
    process.slack.closed = refusal(reason)
    process.channel = channel_now
    process.step()
    process.step()
    assert (process.state(), process.ledger.rows["told"].error) == (state, reason)


@pytest.mark.parametrize(
    ("error", "waits", "reason"),
    [
        (refusal("cannot_dm_bot"), 60, "cannot_dm_bot"),
        (refusal("ratelimited", 429, {"Retry-After": "7"}), 7, ""),
        (TimeoutError(), 60, ""),
    ],
)
def test_where_a_conversation_does_not_open_nobody_can_look_in_it_yet(
    process: Process, error: Exception, waits: float, reason: str
) -> None:
    process.ledger.add(to_a_person(state=DeliveryState.UNKNOWN))
    process.step()
    process.slack.opening.append(error)
    assert process.step(after=120) == 0
    assert process.step() == waits
    assert process.ledger.rows["told"].error == reason
    assert process.slack.reads == []


def test_a_part_whose_head_is_not_known_cannot_be_looked_for(process: Process) -> None:
    process.ledger.add(delivery(follows="head", state=DeliveryState.UNKNOWN))
    process.step()
    process.step(after=120)
    assert process.ledger.outcomes == [("told", Outcome(DeliveryState.UNKNOWN, error="no_parent"))]
    assert process.slack.reads == []


def test_while_slack_is_away_it_is_looked_for_again_in_a_minute(process: Process) -> None:
    process.slack.closed = TimeoutError()
    process.ledger.add(delivery(state=DeliveryState.UNKNOWN))
    process.step()
    assert process.step(after=120) == 0
    assert process.step() == 60
    assert process.ledger.outcomes == []


def standing_twice(process: Process, **facts: Any) -> None:
    for _ in range(3):
        process.slack.add("C0COORD", payload("told"))
    sent = delivery(
        state=DeliveryState.SENT, sweep_at=process.clock.real_now() + timedelta(seconds=60), **facts
    )
    process.ledger.to_sweep = Sendable(sent, None)


def test_of_several_that_stand_there_the_one_that_is_known_stays(process: Process) -> None:
    standing_twice(process, ts="1741597200.000002")
    assert process.step() == 60
    assert process.step(after=60) == 0
    assert process.slack.deleted == ["1741597200.000001", "1741597200.000003"]
    assert process.ledger.sweeps == [("told", 2)]
    assert process.step() == FOR_EVER


def test_else_the_earliest_stays_and_one_that_was_removed_already_is_not_counted(process: Process) -> None:
    standing_twice(process, ts="9.9")
    process.slack.a_page = 2
    assert process.step(after=60) == 0
    assert (process.slack.deleted, process.ledger.sweeps) == ([], [])
    assert process.step() == 0
    assert process.slack.deleted == ["1741597200.000002", "1741597200.000003"]


def test_what_another_process_sweeps_is_left_to_it(process: Process) -> None:
    standing_twice(process)
    process.ledger.is_swept_by_another = True
    assert process.step(after=60) == FOR_EVER
    assert process.slack.reads == []


def test_of_a_reader_who_has_left_nothing_is_swept(process: Process) -> None:
    standing_twice(process, kind=DeliveryKind.DIRECT_MESSAGE, channel="U0ALICE")
    process.slack.left.add("U0ALICE")
    assert process.step(after=60) == 0
    assert process.ledger.sweeps == [("told", 0)]


def test_a_sweep_is_due_at_its_second(process: Process) -> None:
    standing_twice(process)
    assert process.step(after=59.5) == 0.5
    assert process.slack.reads == []


@pytest.mark.parametrize(
    ("error", "waits", "sweeps"),
    [
        (refusal("not_in_channel"), FOR_EVER, [("told", 0)]),
        (refusal("ratelimited", 429, {"Retry-After": "7"}), 7, []),
    ],
)
def test_a_sweep_that_cannot_read_ends_or_waits_as_slack_says(
    process: Process, error: Exception, waits: float, sweeps: list[tuple[str, int]]
) -> None:
    standing_twice(process)
    process.slack.closed = error
    assert process.step(after=60) == 0
    assert process.step() == waits
    assert process.ledger.sweeps == sweeps
    process.slack.closed = None
    process.step(after=7)
    assert bool(process.slack.deleted) is (waits == 7)


def test_a_sweep_that_may_read_on_by_now_is_looked_at_at_once(process: Process) -> None:
    standing_twice(process)
    process.slack.closed = refusal("ratelimited", 429, {"Retry-After": "7"})
    process.step(after=60)
    assert process.step(after=6.5) == 0.5
    process.ledger.add(delivery("another"))
    assert process.step(after=0.5) == 1.0
    assert process.step() == 0


def test_while_slack_is_away_a_sweep_is_begun_anew_by_whoever_is_there(process: Process) -> None:
    standing_twice(process)
    process.slack.closed = TimeoutError()
    assert process.step(after=60) == 0
    process.slack.closed = None
    process.ledger.is_swept_by_another = True
    assert process.step() == FOR_EVER
    process.ledger.is_swept_by_another = False
    assert process.step() == 0
    assert process.ledger.sweeps == [("told", 2)]
