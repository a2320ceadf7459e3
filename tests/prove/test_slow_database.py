"""Row 23: a hundred people ask and record at once while the database is slow: everybody is answered within
Slack's three seconds, and whoever is told that nothing was saved can trust it."""

import math
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.standin.delivery import CommandFailed, OperationTimeout
from bot.standin.people import Person
from tests.journeys.office import Office, office
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = [pytest.mark.prove, pytest.mark.alone]

PEOPLE = 100
ROUNDS = size(short=1, full=10)  # in which each of them does one thing
SLOW = 2.0  # seconds, for which the database keeps everybody waiting, again and again
BETWEEN = 0.1  # seconds, in which it does not
ANSWERED_WITHIN = 2.5  # seconds, 99 of 100
BUSY = "Busy: nothing was saved."


@dataclass
class Outcome:
    """What came of what people did."""

    seconds: list[float] = field(default_factory=list)  # until each answer
    answers: Counter[str] = field(default_factory=Counter)
    recorded: list[str] = field(default_factory=list)  # texts of which it was said that they were recorded
    not_saved: list[str] = field(default_factory=list)  # texts of which it was said that they were not

    @property
    def p99(self) -> float:
        return sorted(self.seconds)[math.ceil(len(self.seconds) * 0.99) - 1]


def test_while_the_database_is_slow_a_hundred_people_are_answered_in_time(
    tmp_path: Path, database_url: str
) -> None:
    with office(tmp_path, database_url) as workplace:
        workplace.load_example()
        workplace.start()
        people = _people(workplace)
        outcome = Outcome()
        with _slow(database_url), ThreadPoolExecutor(PEOPLE) as crowd:
            for turn in range(ROUNDS):
                list(crowd.map(partial(_act, outcome, turn), range(PEOPLE), people))
        assert workplace.stop() == 0
    print(
        f"{len(outcome.seconds):,} acts: {dict(outcome.answers)}; p99 {outcome.p99:.2f} s,"
        f" at most {max(outcome.seconds):.2f} s"
    )
    written = Counter(row["text"] for row in audit(database_url) if row["kind"] == "note")
    assert [text for text in outcome.recorded if written[text] != 1] == []
    assert [text for text in outcome.not_saved if text in written] == []
    assert outcome.answers["operation_timeout"] == 0
    assert outcome.p99 < ANSWERED_WITHIN


def _act(outcome: Outcome, turn: int, number: int, person: Person) -> None:
    """Half of them record, half of them ask."""
    records = number % 2 == 0
    text = f"turn {turn}, note {number}"
    began = time.monotonic()
    try:
        answer = person.types(f"/recs note 15 kent: {text}" if records else "/recs 15").text
    except (OperationTimeout, CommandFailed) as error:
        answer = "operation_timeout" if isinstance(error, OperationTimeout) else "failed"
    outcome.seconds.append(time.monotonic() - began)
    if answer.startswith("Recorded"):
        outcome.recorded.append(text)
    elif records and answer == BUSY:
        outcome.not_saved.append(text)
    outcome.answers[answer.partition(":")[0] if answer != "operation_timeout" else answer] += 1


@contextmanager
def _slow(url: str) -> Iterator[None]:
    """Have the database keep whoever wants to write waiting for two seconds, again and again; PostgreSQL also
    whoever wants to read."""
    ended = threading.Event()
    thread = threading.Thread(target=_hold_up, args=(url, ended))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _hold_up(url: str, ended: threading.Event) -> None:
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(place.database or "", timeout=60, isolation_level=None)) as connection:
            while not ended.is_set():
                connection.execute("BEGIN IMMEDIATE")
                ended.wait(SLOW)
                connection.execute("ROLLBACK")
                ended.wait(BETWEEN)
        return
    with psycopg.connect(url.replace("postgresql+psycopg", "postgresql")) as connection:
        while not ended.is_set():
            # Somebody who holds one of the tables may wait for another, and then one of both is given up.
            with suppress(psycopg.errors.DeadlockDetected), connection.transaction():
                connection.execute("LOCK TABLE updates, addressees, people, tallies IN ACCESS EXCLUSIVE MODE")
                ended.wait(SLOW)
            ended.wait(BETWEEN)


def _people(workplace: Office) -> list[Person]:
    """A hundred people whom recbot knows, half of them contacts of Kent."""
    people = [
        workplace.slack.add_person(f"U1{number:03}", f"Person {number}", handle=f"person{number}")
        for number in range(PEOPLE)
    ]
    for number, person in enumerate(people):
        if number % 2 == 0:
            assert "is now" in workplace.cora.types(f"/recs grant @{person.handle} kent").text
        else:
            assert person.types("/recs 15").text
    return people
