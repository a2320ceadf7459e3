"""What comes by itself comes once: with real processes that are killed, a real client whose answers are
lost, and replicas that race for the same slots."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import psycopg
import pytest
from slack_sdk import WebClient

from bot.domain.messages.delivery import FROM_HISTORY, MISSED, Delivery, DeliveryKind, digest_key
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.following import message_key
from bot.domain.messages.newcomers import announcement_key, welcome_key
from bot.domain.messages.reminders import is_office_time
from bot.domain.messages.slots import Slot
from bot.domain.questions.grammar.typed_recordings import StartFollowing
from bot.domain.register.adding import AddresseeScope, RecommendationEntry, ReportEntry
from bot.domain.register.following import Follow, Reader, Subject, SubjectKind
from bot.domain.register.people import PersonKey, Role
from bot.operations.messages import claiming
from bot.operations.messages.reminders import NOTHING_OWED
from bot.operations.recording import follow
from bot.operations.recording.add import add_recommendation, add_report
from bot.operations.request.schedule_plan import NO_DIGEST
from bot.outbox.channel_history import History
from bot.outbox.poster import Poster
from bot.outbox.schedule import Schedule
from bot.outbox.upkeep import Upkeep
from bot.rendering.blocks.recording import redact
from bot.rendering.delivered import delivered
from bot.rendering.screen import screen
from bot.standin import Person, StandIn
from bot.standin.faults import Fault, Faults
from bot.standin.messages import Post
from storage import deliveries, follows, people
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests import cast
from tests.journeys.office import CHANNEL, MANIFEST, Office, office
from tests.journeys.processes import PROGRAM
from tests.journeys.serving import free_port, wait_until
from tests.outbox.rig import WORDING, ClockByHand, draw_nothing
from tests.prove.size import size

pytestmark = pytest.mark.prove

NOON = datetime(2025, 3, 10, 12, tzinfo=UTC)
SEED = int(os.environ.get("RECBOT_SEED", "0")) or random.randrange(1, 1_000_000)


# A lost reply after Slack took it

LOST = size(short=100, full=1_000)
AT_A_TIME = 20


def test_a_reply_lost_after_slack_took_it_is_one_request_and_one_message(sqlite_url: str) -> None:
    store = cast.migrated(sqlite_url)
    with StandIn() as slack:
        slack.install(MANIFEST.read_text(encoding="utf-8"))
        slack.add_channel(CHANNEL, "coordination")
        schedule = in_process(store, slack)
        for first in range(0, LOST, AT_A_TIME):
            for number in range(first, first + AT_A_TIME):
                fault = "accept_then_drop" if number % 2 else "accept_then_500"
                slack.faults.next("chat.postMessage", fault)  # type: ignore[arg-type]
                add(store, f"lost:{number}")
            run_until_all_sent(store, schedule)
        requests = Counter(
            call.arguments["metadata"]["event_payload"]["key"]
            for call in slack.calls
            if call.method == "chat.postMessage"
        )
        stand = Counter((post.metadata or {})["event_payload"]["key"] for post in slack.posts(CHANNEL))
    rows = all_rows(store)
    store.database.close()
    from_history = sum(row.error == FROM_HISTORY for row in rows)
    print(f"{LOST:,} replies lost: {sum(requests.values()):,} requests, {sum(stand.values()):,} messages,")
    print(f"{from_history:,} found in the history")
    assert len(requests) == len(stand) == from_history == LOST
    assert set(requests.values()) == set(stand.values()) == {1}
    assert {row.attempts for row in rows} == {1}


def in_process(store: Store, slack: StandIn) -> Schedule:
    client = WebClient(slack.bot_token, base_url=slack.api_url, timeout=10, retry_handlers=[])
    clock = ClockByHand(NOON, wait_factor=0.001)
    return Schedule(
        store,
        clock,
        plan=NO_DIGEST,
        wording=WORDING,
        poster=Poster(client),
        history=History(client, slack.bot_user_id),
        upkeep=Upkeep(store, client, redact.not_edited, draw_nothing, clock),
    )


def add(store: Store, key: str) -> None:
    payload = delivered(screen("A message."), key)
    with store.begin() as connection:
        new = Delivery(key, DeliveryKind.DIGEST, Slot.at(NOON), CHANNEL, NOON, NOON, payload=payload)
        deliveries.add(connection, new)


def run_until_all_sent(store: Store, schedule: Schedule) -> None:
    while True:
        pause = schedule.tick()
        with store.reading() as connection:
            if not deliveries.outbox(connection).open:
                return
        time.sleep(min(pause, 0.02))


def all_rows(store: Store) -> list[Delivery]:
    with store.reading() as connection:
        return list(deliveries.last_digests(connection, 10_000))


# Eight replicas race for the same slots

SLOTS = size(short=300, full=10_000)
REPLICAS = 8


def test_of_eight_replicas_one_wins_each_slot(postgresql_url: str) -> None:
    cast.migrated(postgresql_url).database.close()
    processes = get_context("spawn")
    together = processes.Barrier(REPLICAS)
    with ProcessPoolExecutor(REPLICAS, processes, initializer=_wait_for_all, initargs=(together,)) as pool:
        racing = [pool.submit(race, postgresql_url, SLOTS) for _ in range(REPLICAS)]
        won = [future.result() for future in racing]
    winners = Counter(key for keys in won for key in keys)
    print(f"{REPLICAS} replicas, {SLOTS:,} slots: {sum(winners.values()):,} winners,")
    print(f"from {min(map(len, won)):,} to {max(map(len, won)):,} each")
    assert len(winners) == SLOTS
    assert set(winners.values()) == {1}
    with psycopg.connect(postgresql_url) as connection:
        counted = connection.execute("SELECT count(*), min(fence), max(fence) FROM deliveries").fetchone()
    assert counted == (SLOTS, 1, 1)


_together: list[Barrier] = []


def _wait_for_all(barrier: Barrier) -> None:
    """Get to know the others, as the first thing in a new process."""
    _together.append(barrier)


def race(url: str, slots: int) -> list[str]:
    """Note each slot and claim it in one process, as the schedule does. Return the keys it won."""
    store = Store(Database(url, FOR_WORK), cast.HOME)
    _together[0].wait(PATIENCE)
    won, owner, clock = [], f"it:{os.getpid()}", ClockByHand(NOON)
    for number in range(slots):
        # Whoever is ahead waits now and then, so that each slot is fought for.
        if number % 50 == 0:
            _together[0].wait(PATIENCE)
        slot = Slot(NOON.replace(tzinfo=None) + timedelta(hours=number))
        key = digest_key(cast.HOME, slot)
        new = Delivery(key, DeliveryKind.DIGEST, slot, CHANNEL, NOON, NOON, payload={"text": "x"})
        with store.begin() as connection:
            deliveries.add(connection, new)
        if claiming.claim(store, new, owner, clock) is not None:
            won.append(key)
    store.database.close()
    return won


# Real processes, killed

DIGESTS = size(short=12, full=1_000)
# The waits of the protocol are this much shorter: all of them together are still some seconds.
SETTLE = "0.03"
HOURLY = "FREQ=HOURLY;BYMINUTE=0;BYSECOND=0"
# A thousand weeks of digests stand within an hour of real time here, and each look would read them all.
FORGOTTEN_AFTER = 10
# A Tuesday, on which contacts are reminded at nine.
FIRST_SLOT = datetime(2025, 1, 7, 9, tzinfo=UTC)
AFTER_DIGEST = timedelta(minutes=10)
FAULTS = ("accept_then_drop", "rate_limited", "http_500", "accept_then_500", "internal_error", "drop", "slow")
# In seconds; nothing here measures how long it takes.
PATIENCE = 400.0


def test_killed_at_any_moment_with_every_fault_no_message_is_lost_and_none_comes_twice(
    tmp_path: Path, postgresql_url: str
) -> None:
    print(f"RECBOT_SEED={SEED}")
    chance, stood, wanted = random.Random(SEED), Counter[str](), set[str]()
    with office(tmp_path, postgresql_url) as workplace:
        workplace.set_clock(FIRST_SLOT - timedelta(minutes=30))
        workplace.load_example()
        with Replicas(workplace, chance).running() as replicas, faulty(workplace.slack.faults, chance):
            hours = Hours(workplace)
            for number in range(DIGESTS):
                forget_what_was_said(postgresql_url)
                slot = FIRST_SLOT + timedelta(hours=number)
                keys = hours.prepare(number, slot)
                wanted |= keys
                replicas.meet(slot, keys)
                if number % FORGOTTEN_AFTER == 0:
                    stood += Counter(map(key_of, workplace.slack.forgets(CHANNEL)))
            hours.close()
        stood += Counter(map(key_of, workplace.slack.forgets(CHANNEL)))
        for person in (*hours.newcomers, workplace.ed):
            stood += Counter(map(key_of, workplace.slack.direct_messages(person.id)))
        requests = sum(call.method == "chat.postMessage" for call in workplace.slack.calls)
    with psycopg.connect(postgresql_url) as connection:
        # Kent's contact of an hour may be noted for a reminder when that hour, or the day's work, is over.
        rows = connection.execute(
            "SELECT key, kind, state, error, attempts, duplicates FROM deliveries"
            " WHERE NOT (kind = 'reminder' AND state = 'skipped' AND error = ANY(%s))",
            ([NOTHING_OWED, MISSED],),
        ).fetchall()
    lost = [key for key in wanted | {row[0] for row in rows} if stood[key] == 0]
    doubled = [key for key, times in stood.items() if times > 1]
    kinds = Counter(kind for _, kind, *_ in rows)
    removed = sum(row[5] for row in rows)
    print(
        f"{', '.join(f'{count:,} {kind}' for kind, count in sorted(kinds.items()))}; {requests:,} requests;"
        f" {replicas.kills:,} kills, {replicas.amid:,} of them before all was sent;"
        f" {len(lost)} lost, {len(doubled)} doubled, {removed} removed by the sweep,"
        f" {sum(row[3] == FROM_HISTORY for row in rows):,} found in the history"
    )
    for kind, messages in EACH_HOUR.items():
        assert kinds[kind.value] == messages * DIGESTS, kind
    assert kinds[DeliveryKind.ANNOUNCEMENT.value] == hours.reports > 0
    assert kinds[DeliveryKind.REMINDER.value] > 0
    assert set(stood) == {row[0] for row in rows}
    assert {row[2] for row in rows} == {DeliveryState.SENT.value}
    assert (lost, doubled, removed) == ([], [], 0)
    assert replicas.kills >= DIGESTS


# How many messages of a kind each hour has; the digest's thread has its long list, and the report's chart.
EACH_HOUR = {
    DeliveryKind.DIGEST: 1,
    DeliveryKind.DIGEST_PART: 2,
    DeliveryKind.WELCOME: 1,
    DeliveryKind.FOLLOWED: 1,
    DeliveryKind.FOLLOWED_IN_CHANNEL: 1,
}


class Hours:
    """Sees to it that everything which comes by itself is due in each hour: beside the digest somebody is to
    be welcomed, they and the channel are told of what they follow, and in office hours Essex of a new
    report."""

    def __init__(self, workplace: Office) -> None:
        team = workplace.slack.team_id
        coordinators = frozenset({workplace.cora.id})
        self.newcomers: list[Person] = []
        self.reports = 0
        self._workplace = workplace
        self._register = cast.Register(Store(Database(workplace.database_url, FOR_WORK), team, coordinators))
        self._channel = Reader.of_channel(CHANNEL)
        # Long enough ago for Ed to be nobody new.
        before = FIRST_SLOT - timedelta(days=10)
        with self._store.begin() as connection:
            for who in (cast.CORA, cast.ED):
                people.remember(connection, cast.person(who))
            people.grant(connection, cast.ED, Role.CONTACT, self._register.body("essex").code, before)
        self._follows(cast.CORA, f"follow stalking in <#{CHANNEL}>", FIRST_SLOT - timedelta(minutes=25))

    @property
    def _store(self) -> Store:
        return self._register.store

    def close(self) -> None:
        self._store.database.close()

    def prepare(self, number: int, slot: datetime) -> set[str]:
        """Return the keys of the messages that are due ten minutes after a slot: what is followed comes so
        long after the digest."""
        after_digest = Slot.at(slot + AFTER_DIGEST)
        newcomer = self._newcomer(number, slot)
        self._follows(newcomer, "follow 15", slot - timedelta(minutes=20))
        stage = ("in progress", "blocked")[number % 2]
        typed = f"progress 15 kent {stage}: number {number}"
        self._register.says(cast.CORA, typed, slot - timedelta(minutes=10))
        keys = {
            digest_key(cast.HOME, Slot.at(slot)),
            welcome_key(newcomer),
            message_key(Reader.of_person(newcomer), after_digest),
            message_key(self._channel, after_digest),
        }
        if is_office_time(slot + AFTER_DIGEST):
            keys.add(announcement_key(self._report(number, slot - timedelta(minutes=15)), cast.ED))
        return keys

    def _newcomer(self, number: int, instant: datetime) -> PersonKey:
        """Have somebody become Kent's contact, in the place of whoever was before."""
        person = self._workplace.slack.add_person(f"U0NEW{number}", f"Newcomer {number}")
        who, kent = PersonKey(cast.HOME, person.id), self._register.body("kent").code
        with self._store.begin() as connection:
            if self.newcomers:
                before = PersonKey(cast.HOME, self.newcomers[-1].id)
                people.revoke(connection, before, Role.CONTACT, kent)
                follows.remove(connection, _follows_15(before))
            people.remember(connection, cast.person(who, name=person.name))
            people.grant(connection, who, Role.CONTACT, kent, instant)
        self.newcomers.append(person)
        return who

    def _follows(self, who: PersonKey, typed: str, instant: datetime) -> None:
        command = self._register.read(typed)
        assert isinstance(command, StartFollowing)
        follow.follow(self._store, cast.occasion(who, instant, f"{who} {typed}"), command, HOURLY)

    def _report(self, number: int, instant: datetime) -> str:
        """Add a report with one recommendation, addressed to Essex. Return its key."""
        key = f"fraud{number}"
        report = ReportEntry(key, f"Fraud, part {number}", "HMICFRS", instant.date(), "")
        entry = RecommendationEntry(
            number="1",
            wording="Do it.",
            scope=AddresseeScope.CHOSEN,
            chosen=(self._register.body("essex").code,),
            respond_by=None,
            due_on=None,
            joint_with="",
            parts="",
        )
        add_report(self._store, cast.occasion(cast.CORA, instant, f"report {number}"), report)
        add_recommendation(self._store, cast.occasion(cast.CORA, instant, f"number {number}"), key, entry)
        self.reports += 1
        return key


def _follows_15(who: PersonKey) -> Follow:
    return Follow(Reader.of_person(who), Subject(SubjectKind.RECOMMENDATION, "stalking-15"))


def forget_what_was_said(url: str) -> None:
    """Have the next digest say everything in full, so that it has a thread."""
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE deliveries SET says_json = NULL")


def key_of(post: Post) -> str:
    return str((post.metadata or {})["event_payload"]["key"])


@dataclass
class Replicas:
    """Two `recbot serve` on one database, each killed and started again at random moments."""

    workplace: Office
    chance: random.Random
    kills: int = 0
    amid: int = 0
    processes: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    _ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))

    @contextmanager
    def running(self) -> Iterator["Replicas"]:
        self._database = psycopg.connect(self.workplace.database_url, autocommit=True)
        self.processes = [self._start(port) for port in self._ports]
        try:
            wait_until(self._has_begun, PATIENCE)
            yield self
        finally:
            for process in self.processes:
                process.kill()
                process.wait()
            self._database.close()

    def meet(self, slot: datetime, keys: set[str]) -> None:
        """Let a slot come; kill now one of them, now both; and wait until all is sent, these messages too."""
        self.workplace.set_clock(slot + AFTER_DIGEST)
        give_up_at = time.monotonic() + PATIENCE
        kill_at = time.monotonic() + self.chance.uniform(0.0, 2.5)
        killed = False
        while not (killed and self._are_sent(keys)):
            assert time.monotonic() < give_up_at, f"not all of {keys} come: {self._states()}"
            if not killed and time.monotonic() >= kill_at:
                killed = True
                self.amid += not self._are_sent(keys)
                self._kill()
            time.sleep(0.01)

    def _kill(self) -> None:
        for place in self.chance.choice(((0,), (1,), (0, 1))):
            self.processes[place].kill()
            self.processes[place].wait()
            self.kills += 1
            self.processes[place] = self._start(self._ports[place])

    def _start(self, port: int) -> "subprocess.Popen[bytes]":
        settings = self.workplace.environment | {
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": self.workplace.slack.signing_secret,
            "HOST": "127.0.0.1",
            "PORT": str(port),
            "RECBOT_SETTLE": SETTLE,
            "RECBOT_DIGEST_RULE": HOURLY,
        }
        with self.workplace.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", PROGRAM, "serve"],
                env=settings,
                cwd=self.workplace.folder,
                stdout=log,
                stderr=log,
            )

    def _has_begun(self) -> bool:
        return bool(self._database.execute("SELECT 1 FROM updates WHERE kind = 'started'").fetchall())

    def _are_sent(self, keys: set[str]) -> bool:
        """Tell whether these messages are sent, their threads, and whatever else is due."""
        sent = self._database.execute(
            "SELECT count(*) FROM deliveries WHERE key = ANY(%s) AND state = 'sent'", (list(keys),)
        ).fetchone()
        return sent == (len(keys),) and not self._open()

    def _states(self) -> list[tuple[Any, ...]]:
        return self._database.execute("SELECT key, state, error FROM deliveries").fetchall()

    def _open(self) -> list[tuple[Any, ...]]:
        return self._database.execute(
            "SELECT key, state, error FROM deliveries WHERE state NOT IN ('sent', 'skipped')"
        ).fetchall()


@contextmanager
def faulty(faults: Faults, chance: random.Random) -> Iterator[None]:
    """Have 40% of the requests to post fail, now in this way and now in that, and some of those to read."""
    stopping = threading.Event()

    def go_on() -> None:
        while not stopping.wait(0.02):
            kind = chance.choice(FAULTS)
            seconds = chance.uniform(0.05, 0.5) if kind == "slow" else 1
            faults.sometimes("chat.postMessage", Fault(kind, seconds), 0.4)  # type: ignore[arg-type]
            faults.sometimes("conversations.history", chance.choice(("drop", "http_500")), 0.1)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
        faults.clear()
