"""A world of chance in which the real sending code runs: its ledger, its clocks and Slack are made up, the
rest (`Dispatcher` and all below it) is what the product runs.

Each replica is a thread, and one of them runs at a time: at every step outside the code, that is before and
after each commit and each request, the world may let it go on, keep it waiting while others run, or end it as
if by `kill -9`. Whoever waits looks whose turn is next, and wakes them or goes on at once, since a switch of
threads costs more than the rest of a step. Time is made up, so nothing is waited for. The course of a trial
is decided by its seed."""

import heapq
import itertools
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.domain.messages.delivery import MISSED, Delivery, DeliveryKind, Outbox, Outcome, Sendable, part_key
from bot.domain.messages.delivery_state import FINAL, DeliveryState, may_follow
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from bot.operations.messages.claiming import Claimed
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.outbox.channel_history import History
from bot.outbox.dispatcher import Dispatcher
from bot.outbox.poster import Poster
from bot.outbox.stored_ledger import SWEEPS
from bot.runtime.clock import Clock

CHANNEL, RECBOT = "C0COORD", "U0RECBOT"
READER, CONVERSATION = "U0KIM", "D0KIM"
HEAD = "digest:T0HOME:2025-03-10T09:00"
PART = part_key(HEAD, 2)
# What else may come by itself in the same minute, each by its key.
OTHERS = {
    "welcome:T0HOME:U0KIM": DeliveryKind.WELCOME,
    "new-report:T0HOME:U0KIM:fraud": DeliveryKind.ANNOUNCEMENT,
    "reminder:T0HOME:U0KIM:2025-03-10": DeliveryKind.REMINDER,
    "follow:T0HOME/U0KIM:2025-03-10T09:10": DeliveryKind.FOLLOWED,
    "follow:C0COORD:2025-03-10T09:10": DeliveryKind.FOLLOWED_IN_CHANNEL,
}
NINE = datetime(2025, 3, 10, 9, tzinfo=UTC)

# In seconds. Slack finishes a request it was left alone with, and shows the message, within the first two
# together, which is less than the wait and the time between two reads.
LATE_ACCEPTANCE = 20.0
LAG = 150.0
TIMEOUT = 10.0
FAULTS_END = 600.0
LONGEST_FREEZE = 400.0
# From the last look at the clock to the request, what the wait for an abandoned claim allows for.
SHORT_FREEZE = 12.0
RESTORE_TAKES = 200.0
END = 6 * 3600.0


class Killed(BaseException):
    """As by kill -9."""


class Over(BaseException):
    """The trial has ended."""


@dataclass(frozen=True)
class Chances:
    """How often, at each step outside the code."""

    crash: float = 0.06
    crashes: int = 12
    freeze: float = 0.08
    fault: float = 0.4
    late_or_lagging: float = 0.3
    part: float = 0.25
    other: float = 0.1  # for each of the others that may come beside the digest
    chatter: float = 0.1
    restore: float = 0.1
    clock_wrong: float = 0.5
    # How often something takes as long as it may.
    longest: float = 0.2
    # Whether a process may be frozen for long between its last look at the clock and its request: nothing can
    # prevent what comes of that, but it is put right.
    freeze_at_the_door: float = 0.0


@dataclass
class Message:
    ts: float
    key: str
    thread_ts: str | None
    visible_at: float
    channel: str = CHANNEL
    user: str = RECBOT
    deleted: bool = False


@dataclass
class Result:
    """What came of a trial."""

    standing: Mapping[str, int]  # by key: how often each message stands in Slack at the end
    posted: Mapping[str, int]  # by key: how often it was posted
    states: Mapping[str, str]
    kinds: Mapping[str, DeliveryKind]  # by key
    crashes: int
    restored: bool
    from_history: int

    @property
    def lost(self) -> bool:
        return any(count == 0 for count in self.standing.values())

    @property
    def doubled(self) -> bool:
        return any(count > 1 for count in self.standing.values())

    @property
    def doubled_for_a_while(self) -> bool:
        return any(count > 1 for count in self.posted.values())


class Replica(Clock):
    """A process and its clock: a thread that runs only while the world lets it, and a time that may be wrong,
    and jump."""

    def __init__(self, world: "World", name: int) -> None:
        self.world = world
        self.go = _closed_gate()
        self.kill = False
        self.steps_done = 0
        chance = world.chance
        # Whoever restores an old copy sees to the clock first.
        wrong = world.restore_at is None and chance.random() < world.chances.clock_wrong
        self.skew = chance.uniform(-300, 300) if wrong else 0.0
        self.jump_at = chance.uniform(0, FAULTS_END) if wrong else END
        self.jump = chance.choice((-3600.0, 3600.0))
        self.thread = threading.Thread(target=self._run, name=f"replica {name}", daemon=True)

    def monotonic(self) -> float:
        return self.world.time

    def now(self) -> datetime:
        jumped = self.jump if self.world.time >= self.jump_at else 0.0
        return NINE + timedelta(seconds=self.world.time + self.skew + jumped)

    def real_now(self) -> datetime:
        return self.now()

    def sleep(self, seconds: float) -> None:
        self.world.wait(self, seconds)

    def _run(self) -> None:
        self.go.acquire()
        try:
            while True:
                try:
                    self._live()
                except Killed:
                    self.world.crashes += 1
                    self._start_again_in(self.world.chance.uniform(0.1, 20))
        except Over:
            pass
        except BaseException as error:
            self.world.failure = error
            self.world.finished.release()

    def _start_again_in(self, seconds: float) -> None:
        try:
            self.world.wait(self, seconds)
        except Killed:
            # It was not running.
            return

    def _live(self) -> None:
        dispatcher = self.world.process(self)
        dispatcher.begin()
        while True:
            self.world.ledger_of(self).note_due()
            pause = dispatcher.step()
            self.steps_done += 1
            longest = 30.0 if self.world.time < FAULTS_END else 300.0
            self.world.wait(self, max(0.001, min(pause, longest)))


class World:
    def __init__(self, seed: int, chances: Chances, variant: "Variant") -> None:
        self.chance = random.Random(seed)
        self.chances = chances
        self.variant = variant
        self.time = 0.0
        self.over = False
        self.crashes = 0
        self.rows: dict[str, Delivery] = {}
        self.copy: dict[str, Delivery] = {}
        self.messages: list[Message] = []
        self.finished = _closed_gate()
        self.failure: BaseException | None = None  # what the code under trial was not to raise
        self._events: list[tuple[float, int, Replica]] = []
        self._numbers = itertools.count()
        self.from_history = 0
        self.has_part = self.chance.random() < chances.part
        self.others = [key for key in OTHERS if self.chance.random() < chances.other]
        self.restore_at = (
            self.chance.uniform(60, FAULTS_END) if self.chance.random() < chances.restore else None
        )
        self.copy_at = self.chance.uniform(0, self.restore_at) if self.restore_at is not None else None
        self.restored = False
        self._chatter()
        self.replicas = [Replica(self, name) for name in range(2)]

    def run(self) -> Result:
        for replica in self.replicas:
            self._schedule(self.chance.uniform(0, 1), replica)
            replica.thread.start()
        self._hand_over_to(self._next())
        self.finished.acquire()
        return self._end()

    # What a replica's steps run into

    def step(self, replica: Replica, *, at_the_door: bool = False) -> None:
        """Pass a moment at which a process may be killed, or others may go first."""
        if self.over:
            raise Over
        chances, chance = self.chances, self.chance
        if self.time < FAULTS_END:
            drawn = chance.random()
            if drawn < chances.crash and self.crashes < chances.crashes:
                raise Killed
            if drawn < chances.crash + chances.freeze:
                self.wait(replica, self._freeze(at_the_door))

    def wait(self, replica: Replica, seconds: float) -> None:
        self._schedule(self.time + seconds, replica)
        following = self._next()
        if following is not replica:
            self._hand_over_to(following)
            replica.go.acquire()
        if self.over:
            raise Over
        if replica.kill:
            replica.kill = False
            raise Killed

    def _freeze(self, at_the_door: bool) -> float:
        if at_the_door and self.chance.random() >= self.chances.freeze_at_the_door:
            return self.up_to(SHORT_FREEZE)
        longest = self.chance.choice((1.0, 5.0, 60.0, LONGEST_FREEZE))
        return self.chance.uniform(0.0, longest)

    def up_to(self, seconds: float) -> float:
        if self.chance.random() < self.chances.longest:
            return seconds
        return self.chance.uniform(0.0, seconds)

    def process(self, replica: Replica) -> Dispatcher:
        ledger, client = self.ledger_of(replica), self.variant.client(self, replica)
        return Dispatcher(
            ledger,
            Poster(client),
            History(client, RECBOT),
            ledger.claim,
            replica,
            channel_now=NO_DIGEST.channel_now,
        )

    def ledger_of(self, replica: Replica) -> "MadeUpLedger":
        return self.variant.ledger(self, replica)

    # The course of things

    def _next(self) -> Replica | None:
        """Return whose turn it is, and let time pass until then; None where the trial is over."""
        while self._events and not self._is_over():
            when, _, replica = heapq.heappop(self._events)
            self.time = max(self.time, when)
            if self._is_restored_now():
                self._schedule(self.time + RESTORE_TAKES, replica)
                continue
            return replica if self.time <= END else None
        return None

    def _hand_over_to(self, replica: Replica | None) -> None:
        (replica.go if replica else self.finished).release()

    def _schedule(self, when: float, replica: Replica) -> None:
        heapq.heappush(self._events, (when, next(self._numbers), replica))

    def _is_restored_now(self) -> bool:
        """Restore an old copy where it is time: everybody is stopped, it takes the database's place, and
        everybody starts again."""
        if self.copy_at is not None and self.time >= self.copy_at:
            self.copy, self.copy_at = dict(self.rows), None
        if self.restore_at is None or self.time < self.restore_at:
            return False
        self.restore_at, self.restored = None, True
        self.rows = dict(self.copy)
        self._events = [(when + RESTORE_TAKES, number, replica) for when, number, replica in self._events]
        for replica in self.replicas:
            replica.kill = True
        return True

    def _is_over(self) -> bool:
        """Tell whether nothing can happen any more: all is written as sent, and nobody is frozen."""
        if self.time < FAULTS_END + LONGEST_FREEZE or self.restore_at is not None:
            return False
        return all(
            row.state is DeliveryState.SENT and (row.sweep_at is None or not self.chances.freeze_at_the_door)
            for row in self.rows.values()
        )

    def _end(self) -> Result:
        self.over = True
        for replica in self.replicas:
            replica.go.release()
        for replica in self.replicas:
            replica.thread.join()
        if self.failure is not None:
            raise self.failure
        ours = [message for message in self.messages if message.user == RECBOT]
        keys = {HEAD, *self.others, *self.rows, *(message.key for message in ours)}
        return Result(
            standing={
                key: sum(message.key == key and not message.deleted for message in ours) for key in keys
            },
            posted={key: sum(message.key == key for message in ours) for key in keys},
            states={key: row.state.value for key, row in self.rows.items()},
            kinds={HEAD: DeliveryKind.DIGEST, PART: DeliveryKind.DIGEST_PART} | OTHERS,
            crashes=self.crashes,
            restored=self.restored,
            from_history=self.from_history,
        )

    def _chatter(self) -> None:
        """Have people write in the channel too, more than a page holds."""
        if self.chance.random() < self.chances.chatter:
            for _ in range(40):
                when = self.chance.uniform(0, FAULTS_END)
                self.messages.append(Message(when, "", None, when, user="U0KIM"))


class MadeUpLedger:
    """What the database does, in a dictionary: each method is one commit."""

    def __init__(self, world: World, replica: Replica) -> None:
        self.world = world
        self.replica = replica

    def note_due(self) -> None:
        self.world.step(self.replica)
        self._add(HEAD, DeliveryKind.DIGEST, None)
        for key in self.world.others:
            self._add(key, OTHERS[key], None)

    def _add(self, key: str, kind: DeliveryKind, follows: str | None) -> None:
        now, slot = self.replica.now(), Slot(NINE.replace(tzinfo=None))
        channel = READER if kind.facts.is_to_a_person else CHANNEL
        new = Delivery(key, kind, slot, channel, now, now, follows=follows, payload=_payload(key))
        self.world.rows.setdefault(key, new)

    def outbox(self) -> Outbox:
        rows = self.world.rows
        heads = {key: row.ts for key, row in rows.items() if row.state is DeliveryState.SENT and row.ts}
        return Outbox(tuple(row for row in rows.values() if row.state not in FINAL), heads)

    def claim(self, seen: Delivery) -> Claimed | None:
        began = self.replica.monotonic()
        self.world.step(self.replica)
        now = self.replica.now()
        claimed = replace(
            seen,
            state=DeliveryState.SENDING,
            fence=seen.fence + 1,
            attempts=seen.attempts + 1,
            first_send_at=seen.first_send_at or now,
            first_real_at=seen.first_real_at or now,
            not_before=None,
        )
        if not self._moved(seen, claimed):
            return None
        if seen.key == HEAD and self.world.has_part:
            self._add(PART, DeliveryKind.DIGEST_PART, HEAD)
        self.world.step(self.replica)
        return Claimed(claimed, began)

    def record_outcome(self, seen: Delivery, outcome: Outcome) -> bool:
        self.world.step(self.replica)
        assert may_follow(seen.state, outcome.state)
        done = self._record_sent(seen, outcome) if outcome.ts else self._record_other(seen, outcome)
        self.world.step(self.replica)
        return done

    def _record_sent(self, seen: Delivery, outcome: Outcome) -> bool:
        row = self.world.rows.get(seen.key)
        if row is None or row.state is DeliveryState.SENT:
            return False
        self.world.from_history += bool(outcome.error)
        sweep_at = self.replica.now() + timedelta(seconds=SWEEPS[0])
        self.world.rows[seen.key] = replace(
            row, state=DeliveryState.SENT, ts=outcome.ts, error=outcome.error, sweeps=0, sweep_at=sweep_at
        )
        return True

    def _record_other(self, seen: Delivery, outcome: Outcome) -> bool:
        pause = outcome.wait if outcome.wait is not None else outcome.pause(seen.attempts)
        not_before = None if pause is None else self.replica.now() + timedelta(seconds=pause)
        return self._moved(
            seen, replace(seen, state=outcome.state, error=outcome.error, not_before=not_before)
        )

    def pass_over(self, too_late: Delivery) -> bool:
        return self.record_outcome(too_late, Outcome(DeliveryState.SKIPPED, error=MISSED))

    def ask_coordinators(self, seen: Delivery, reason: str) -> bool:
        return self.record_outcome(seen, Outcome(DeliveryState.NEEDS_HUMAN, error=reason))

    def record_leaver(self, unsent: Delivery) -> None:
        raise AssertionError("nobody leaves")

    def next_sweep(self) -> Sendable | None:
        rows = self.world.rows
        waiting = [row for row in rows.values() if row.sweep_at is not None]
        if not waiting:
            return None
        first = min(waiting, key=lambda row: row.sweep_at or NINE)
        head = rows.get(first.follows or "")
        return Sendable(first, head.ts if head else None)

    def move(self, unsent: Delivery, channel: str) -> bool:
        raise AssertionError("the channel stays the same here")

    def take_sweep(self, seen: Delivery) -> bool:
        self.world.step(self.replica)
        row = self.world.rows.get(seen.key)
        if row is None or (row.sweeps, row.sweep_at) != (seen.sweeps, seen.sweep_at):
            return False
        self.world.rows[seen.key] = replace(row, sweep_at=self.replica.now() + timedelta(seconds=60))
        return True

    def record_sweep(self, seen: Delivery, removed: int) -> bool:
        self.world.step(self.replica)
        row = self.world.rows.get(seen.key)
        if row is None or row.sweeps != seen.sweeps:
            return False
        this_one, *later = SWEEPS[seen.sweeps :]
        next_at = self.replica.now() + timedelta(seconds=later[0] - this_one) if later else None
        self.world.rows[seen.key] = replace(row, sweeps=seen.sweeps + 1, sweep_at=next_at)
        return True

    def _moved(self, seen: Delivery, to: Delivery) -> bool:
        row = self.world.rows.get(seen.key)
        if row is None or (row.state, row.fence) != (seen.state, seen.fence):
            return False
        self.world.rows[seen.key] = to
        return True


class MadeUpSlack:
    """One process's client: the network and Slack do all that they are known to do."""

    def __init__(self, world: World, replica: Replica) -> None:
        self.world = world
        self.replica = replica

    def chat_postMessage(self, *, channel: str, **arguments: Any) -> Any:  # noqa: N802 - Slack's name
        self.world.step(self.replica, at_the_door=True)
        return self.post({**arguments, "channel": channel})

    def post(self, arguments: Mapping[str, Any]) -> Any:
        """Make one request on the wire."""
        chance = self.world.chance
        if self.world.time >= FAULTS_END or chance.random() >= self.world.chances.fault:
            self.world.wait(self.replica, chance.uniform(0.05, 8))
            message = self._take(arguments, 0.0)
            self.world.step(self.replica)
            return {"ok": True, "ts": _ts(message)}
        return self._fail(arguments)

    def _fail(self, arguments: Mapping[str, Any]) -> Any:
        chance = self.world.chance
        kind = chance.choice(
            ("429", "drop", "accept_then_drop", "500", "accept_then_500", "late", "internal")
        )
        if kind == "429":
            raise refusal("ratelimited", 429, {"Retry-After": str(chance.randint(1, 30))})
        if kind.startswith("accept") or (kind == "internal" and chance.random() < 0.5):
            self._take(arguments, 0.0)
        if kind == "late":
            self.world.wait(self.replica, TIMEOUT)
            self._take(arguments, self.world.up_to(LATE_ACCEPTANCE))
            raise TimeoutError
        if kind.endswith("drop"):
            raise ConnectionResetError
        if kind == "internal":
            raise refusal("internal_error", 200)
        raise refusal("no json", 500)

    def _take(self, arguments: Mapping[str, Any], after: float) -> Message:
        chance = self.world.chance
        lags = self.world.time < FAULTS_END and chance.random() < self.world.chances.late_or_lagging
        accepted = self.world.time + after
        message = Message(
            accepted,
            arguments["metadata"]["event_payload"]["key"],
            arguments.get("thread_ts"),
            accepted + (self.world.up_to(LAG) if lags else 0.0),
            arguments["channel"],
        )
        self.world.messages.append(message)
        return message

    def conversations_open(self, *, users: str) -> Any:
        assert users == READER
        self.world.step(self.replica)
        return {"ok": True, "channel": {"id": CONVERSATION}}

    def conversations_history(self, *, channel: str, **arguments: Any) -> Any:
        return self._read(channel, None, arguments)

    def conversations_replies(self, *, channel: str, ts: str, **arguments: Any) -> Any:
        return self._read(channel, ts, arguments)

    def _read(self, channel: str, thread_ts: str | None, arguments: Mapping[str, Any]) -> Any:
        chance = self.world.chance
        self.world.step(self.replica)
        if self.world.time < FAULTS_END and chance.random() < self.world.chances.fault / 2:
            raise chance.choice((TimeoutError(), refusal("ratelimited", 429, {"Retry-After": "20"})))
        oldest = float(arguments["oldest"]) - NINE.timestamp()
        there = [
            message
            for message in self.world.messages
            if (message.channel, message.thread_ts) == (channel, thread_ts)
            and not message.deleted
            and message.visible_at <= self.world.time
            and message.ts > oldest
        ]
        there.sort(key=lambda message: -message.ts)
        start, size = int(arguments.get("cursor", 0)), arguments["limit"]
        answer = {
            "messages": [
                {
                    "user": message.user,
                    "ts": _ts(message),
                    "metadata": {"event_payload": {"key": message.key}},
                }
                for message in there[start : start + size]
            ],
            "response_metadata": {"next_cursor": str(start + size) if len(there) > start + size else ""},
        }
        self.world.step(self.replica)
        return answer

    def chat_delete(self, *, channel: str, ts: str) -> Any:
        self.world.step(self.replica)
        for message in self.world.messages:
            if (message.channel, _ts(message)) == (channel, ts) and not message.deleted:
                message.deleted = True
                return {"ok": True}
        raise refusal("message_not_found", 200)


@dataclass(frozen=True)
class Variant:
    """The protocol as it is, or with one step taken out."""

    ledger: Callable[[World, Replica], MadeUpLedger] = MadeUpLedger
    client: Callable[[World, Replica], MadeUpSlack] = MadeUpSlack


AS_IT_IS = Variant()


@dataclass
class Counts:
    trials: int = 0
    lost: int = 0
    doubled: int = 0
    doubled_for_a_while: int = 0
    crashes: int = 0
    restored: int = 0
    from_history: int = 0
    messages: Counter[DeliveryKind] = field(default_factory=Counter)  # each of them stands once
    bad_seeds: list[int] = field(default_factory=list)

    def add(self, seed: int, result: Result) -> None:
        self.trials += 1
        self.lost += result.lost
        self.doubled += result.doubled
        self.doubled_for_a_while += result.doubled_for_a_while
        self.crashes += result.crashes
        self.restored += result.restored
        self.from_history += result.from_history
        self.messages += Counter(
            result.kinds[key] for key, standing in result.standing.items() if key and standing == 1
        )
        if result.lost or result.doubled_for_a_while:
            self.bad_seeds.append(seed)

    def __add__(self, other: "Counts") -> "Counts":
        mine, theirs = vars(self), vars(other)
        return Counts(**{name: mine[name] + theirs[name] for name in mine})

    def __str__(self) -> str:
        return (
            f"{self.trials:,} schedules, {self.crashes:,} crashes, {self.restored:,} restored copies,"
            f" {self.from_history:,} found in the history: {self.lost} lost, {self.doubled} doubled"
            f" ({self.doubled_for_a_while} for a while); "
            + ", ".join(f"{count:,} {kind}" for kind, count in sorted(self.messages.items()))
        )


def trial(seed: int, chances: Chances, variant: Variant = AS_IT_IS) -> Result:
    return World(seed, chances, variant).run()


def trials(seeds: Iterable[int], chances: Chances, variant: Variant = AS_IT_IS) -> Counts:
    counts = Counts()
    for seed in seeds:
        counts.add(seed, trial(seed, chances, variant))
    return counts


def refusal(error: str, status: int, headers: Mapping[str, str] | None = None) -> SlackApiError:
    """Return what slack_sdk raises for an answer that is not a yes."""
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": error},
        headers=dict(headers or {}),
        status_code=status,
    )
    return SlackApiError("refused", answer)  # type: ignore[no-untyped-call]


def _closed_gate() -> threading.Lock:
    """Return a lock at which the next `acquire` waits until somebody releases it."""
    gate = threading.Lock()
    gate.acquire()
    return gate


def _payload(key: str) -> Mapping[str, Any]:
    return {"text": "x", "metadata": {"event_type": "recbot_delivery", "event_payload": {"key": key}}}


def _ts(message: Message) -> str:
    return f"{NINE.timestamp() + message.ts:.6f}"
