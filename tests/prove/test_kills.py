"""Row 45: recbot is killed while people record and a digest is on its way: what was acknowledged is there
afterwards. RECBOT_SEED repeats the moments of an earlier run."""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.standin import Person
from bot.standin.delivery import CommandFailed, NoReply, OperationTimeout
from tests.journeys.office import CHANNEL, Office, office
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

KILLS = size(short=10, full=50)
SEED = int(os.environ.get("RECBOT_SEED", "0")) or random.randrange(1, 1_000_000)
JUST_BEFORE_THE_FIRST_DIGEST = datetime.fromisoformat("2025-01-06T08:59:59.500+00:00")
LIVES_AT_MOST = 1.5  # seconds
BODIES = ("kent", "surrey", "essex", "gwent")


class Typists:
    """People who record without a pause, each for a body, and remember what recbot said it recorded."""

    def __init__(self, people: list[Person]) -> None:
        self.acknowledged: list[str] = []
        self.unanswered = 0
        self._stopping = threading.Event()
        self._threads = [
            threading.Thread(target=self._type, args=(person, slug))
            for person, slug in zip(people, BODIES, strict=True)
        ]

    def _type(self, person: Person, slug: str) -> None:
        for number in count():
            if self._stopping.is_set():
                return
            text = f"{slug} wrote note {number}"
            try:
                reply = person.types(f"/recs note 15 {slug}: {text}")
            except (OperationTimeout, CommandFailed, NoReply):
                self.unanswered += 1
                time.sleep(0.05)
                continue
            assert reply.text.startswith(("Recorded for", "Busy", "That is a lot")), reply.text
            if reply.text.startswith("Recorded for"):
                self.acknowledged.append(text)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        for thread in self._threads:
            thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            for thread in self._threads:
                thread.join()


@pytest.fixture
def workplace(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    with office(tmp_path, sqlite_url) as opened:
        opened.load_example()
        yield opened


def test_killed_at_any_moment_it_loses_nothing_acknowledged_and_no_digest_comes_twice(
    workplace: Office, sqlite_url: str
) -> None:
    print(f"RECBOT_SEED={SEED}")
    chance = random.Random(SEED)
    typists = Typists([workplace.cora] * len(BODIES))
    with typists.at_work():
        for kill in range(KILLS):
            # Each digest meets two lives, each cut short before the digest is claimed, amid it, or after.
            workplace.set_clock(JUST_BEFORE_THE_FIRST_DIGEST + timedelta(weeks=kill // 2))
            workplace.start()
            time.sleep(chance.uniform(0, LIVES_AT_MOST))
            workplace.kill()
        workplace.start()
    assert workplace.stop() == 0

    written = Counter(row["text"] for row in audit(sqlite_url) if row["kind"] == "note")
    assert [text for text in typists.acknowledged if written[text] != 1] == []
    assert max(written.values()) == 1
    digests = keys_of_messages(workplace)
    print(
        f"{len(typists.acknowledged)} acknowledged, {typists.unanswered} not answered, {len(written)} there"
    )
    print(f"{len(digests)} messages of digests")
    assert typists.acknowledged
    assert typists.unanswered
    assert digests
    assert {key: times for key, times in digests.items() if times != 1} == {}


def keys_of_messages(workplace: Office) -> Counter[str]:
    """Count how often each message of a digest stands in the channel and its threads, by its delivery's
    key."""
    heads = workplace.slack.posts(CHANNEL)
    answers = [answer for head in heads for answer in workplace.slack.thread(CHANNEL, head.ts)]
    return Counter(str((post.metadata or {})["event_payload"]["key"]) for post in (*heads, *answers))
