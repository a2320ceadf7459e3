"""Row 26: a month of load passes by a clock that is moved: nothing that comes by itself is missed, and the
process holds no more memory, descriptors and threads at its end than after its first days."""

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.standin import Post
from bot.standin.people import Person
from tests.journeys.office import CHANNEL, Office, office
from tests.journeys.serving import PATIENCE, wait_until
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

LONDON = ZoneInfo("Europe/London")
BEGINS = date(2025, 3, 3)  # a Monday, like the first day of what is counted
DAYS = size(short=4, full=30)
ACTS_A_DAY = size(short=40, full=150)
# What is loaded or kept at its first use is there after so many days, and the database has grown so far that
# SQLite's caches of it, 2 MB for each connection, are full.
WARM_AFTER = size(short=2, full=10)
# The short size ends while caches still fill.
GROWS_BY_AT_MOST = size(short=20, full=5) / 100
# Threads, and descriptors, of which a connection to the database takes three.
MORE = size(short=12, full=3)
CONTACTS = ("kent", "surrey", "essex", "gwent", "durham", "cumbria")
# London's time at which people act; the digest comes at nine on Mondays, reminders at nine on Tuesdays.
NINE = time(9, 1)
TIMES = (time(8), NINE, time(12), time(16))
MONDAY, TUESDAY = 0, 1


@dataclass(frozen=True, slots=True)
class Held:
    """What a process holds."""

    megabytes: float  # of memory
    descriptors: int
    threads: int

    @classmethod
    def by(cls, pid: int) -> "Held":
        place = Path(f"/proc/{pid}")
        status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
        descriptors = len(list((place / "fd").iterdir()))
        return cls(int(status["VmRSS"].split()[0]) / 1024, descriptors, int(status["Threads"]))

    def __str__(self) -> str:
        return f"{self.megabytes:.1f} MB, {self.descriptors} descriptors, {self.threads} threads"


@dataclass
class Crowd:
    """People who act all day."""

    office: Office
    contacts: dict[str, Person]
    chance: random.Random
    recorded: list[str] = field(default_factory=list)  # texts of which it was said that they were recorded
    answers: Counter[str] = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def act(self) -> None:
        """Somebody does one of the things that people do, by its share."""
        slug, person = self.chance.choice(list(self.contacts.items()))
        acts: tuple[tuple[int, Callable[[str, Person], None]], ...] = (
            (40, self._asks),
            (30, self._records),
            (10, self._updates),
            (10, self._opens_home),
            (5, self._says),
            (3, self._asks_for_a_file),
            (2, self._takes_back),
        )
        (act,) = self.chance.choices([act for _, act in acts], [share for share, _ in acts])
        act(slug, person)
        self.answers[act.__name__.strip("_").replace("_", " ")] += 1

    def _asks(self, slug: str, person: Person) -> None:
        text = self.chance.choice(
            (
                "15",
                "",
                "overdue",
                slug,
                "mine",
                "deadlines",
                "changes",
                "16 not complete",
                f"history 15 {slug}",
                "15 as at 6 Jan 2025",
                "search advocates",
                "who has not started 16?",
                "no such thing",
            )
        )
        assert person.types(f"/recs {text}").text

    def _records(self, slug: str, person: Person) -> None:
        text = f"{slug} wrote note {next(self._numbers)}"
        if person.types(f"/recs note 15 {slug}: {text}").text.startswith("Recorded"):
            self.recorded.append(text)

    def _updates(self, slug: str, person: Person) -> None:
        form = person.opens_form(f"/recs update 15 {slug}", wait=PATIENCE)
        form.close()

    def _opens_home(self, _slug: str, person: Person) -> None:
        assert person.opens_home(wait=PATIENCE).all_text

    def _says(self, _slug: str, person: Person) -> None:
        assert person.says("which bodies have not responded to 16?", wait=PATIENCE)

    def _asks_for_a_file(self, _slug: str, person: Person) -> None:
        assert person.types(f"/recs {self.chance.choice(('map 15', 'export 15 csv', 'chart 15'))}").text

    def _takes_back(self, slug: str, person: Person) -> None:
        reply = person.types(f"/recs note 16 {slug}: a slip {next(self._numbers)}")
        if reply.text.startswith("Recorded"):
            assert person.clicks(reply, "Undo", wait=PATIENCE) is not None


@pytest.fixture
def workplace(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    with office(tmp_path, sqlite_url) as opened:
        opened.load_example()
        opened.set_clock(datetime.combine(BEGINS - timedelta(days=1), time(12), LONDON))
        opened.start()
        yield opened


def test_a_month_of_load_leaves_nothing_behind_and_misses_nothing(workplace: Office, sqlite_url: str) -> None:
    crowd = Crowd(workplace, _contacts(workplace), random.Random(1))
    assert workplace.process is not None
    pid = workplace.process.pid
    days_held: list[Held] = []
    for number in range(DAYS):
        _pass_a_day(workplace, crowd, BEGINS + timedelta(days=number))
        days_held.append(Held.by(pid))
    assert workplace.stop() == 0
    warm, end = days_held[WARM_AFTER - 1], days_held[-1]
    most = max(day.megabytes for day in days_held)
    print(f"{DAYS} days, {sum(crowd.answers.values()):,} acts ({dict(crowd.answers)})")
    print(f"after {WARM_AFTER} days {warm}; at the end {end}; most {most:.1f} MB")
    print("MB after each day: " + ", ".join(f"{day.megabytes:.0f}" for day in days_held))
    written = Counter(row["text"] for row in audit(sqlite_url) if row["kind"] == "note")
    assert [text for text in crowd.recorded if written[text] != 1] == []
    days = [BEGINS + timedelta(days=number) for number in range(DAYS)]
    digests = [f"digest:T0HOME:{day}T09:00" for day in days if day.weekday() == MONDAY]
    assert sorted(key for key in _keys(workplace.slack.posts(CHANNEL)) if key.count(":") == 3) == digests
    for person in crowd.contacts.values():
        reminders = _reminders(workplace, person)
        assert {day for day in days if day.weekday() == TUESDAY} <= reminders.keys()
        assert set(reminders.values()) == {1}
    assert end.megabytes <= warm.megabytes * (1 + GROWS_BY_AT_MOST)
    assert end.threads <= warm.threads + MORE
    assert end.descriptors <= warm.descriptors + MORE


def _pass_a_day(workplace: Office, crowd: Crowd, day: date) -> None:
    for moment in TIMES:
        workplace.set_clock(datetime.combine(day, moment, LONDON))
        if moment >= NINE:
            wait_until(partial(_has_come, workplace, crowd, day), PATIENCE)
        for _ in range(ACTS_A_DAY // len(TIMES)):
            crowd.act()


def _has_come(workplace: Office, crowd: Crowd, day: date) -> bool:
    """Tell whether what comes by itself at nine o'clock of a day is there."""
    if day.weekday() == MONDAY:
        return f"digest:T0HOME:{day}T09:00" in _keys(workplace.slack.posts(CHANNEL))
    return day.weekday() != TUESDAY or all(
        day in _reminders(workplace, person) for person in crowd.contacts.values()
    )


def _keys(posts: Iterable[Post]) -> list[str]:
    """Return the keys of the deliveries that posts came by."""
    return [str(post.metadata["event_payload"]["key"]) for post in posts if post.metadata]


def _reminders(workplace: Office, person: Person) -> Counter[date]:
    """Count the reminders that somebody has by their days."""
    keys = _keys(workplace.slack.direct_messages(person.id))
    return Counter(date.fromisoformat(key[-10:]) for key in keys if key.startswith("reminder:"))


def _contacts(workplace: Office) -> dict[str, Person]:
    contacts = {}
    for number, slug in enumerate(CONTACTS):
        person = workplace.slack.add_person(f"U1{number:03}", f"Contact {number}", handle=f"contact{number}")
        assert "is now a contact" in workplace.cora.types(f"/recs grant @{person.handle} {slug}").text
        person.opens_home(wait=PATIENCE)
        contacts[slug] = person
    return contacts
