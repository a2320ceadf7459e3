"""Row 47: a year of reminders, against a second reckoning that shares with it the rules in words alone."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.messages import reminders
from bot.domain.register.addressee import Answer, Duty
from bot.domain.register.people import Membership, PersonKey, Role
from bot.operations.messages import reminders as operation
from bot.operations.request.digest_plan import NO_DIGEST
from storage import people, snoozes
from tests import cast
from tests.cast import ALICE, BOB, ED, VIC, Register, a_recommendation, occasion, person
from tests.operations import cases
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import Post, Rig, on_sunday

pytestmark = pytest.mark.prove

FIRST, LAST = date(2025, 2, 3), date(2026, 2, 2)
# https://www.gov.uk/bank-holidays, England and Wales
BANK_HOLIDAYS = {
    date(2025, 4, 18), date(2025, 4, 21), date(2025, 5, 5), date(2025, 5, 26), date(2025, 8, 25),
    date(2025, 12, 25), date(2025, 12, 26), date(2026, 1, 1),
}  # fmt: skip
CLOCKS_FORWARD, CLOCKS_BACK = date(2025, 3, 30), date(2025, 10, 26)

DEADLINES: dict[str, tuple[date | None, date | None]] = {
    "stalking-15": (None, date(2025, 3, 27)),
    "stalking-16": (None, date(2025, 3, 27)),
    "stalking-25": (None, date(2025, 3, 27)),
    # after Easter, and between the years
    "stalking-31": (date(2025, 4, 22), date(2025, 12, 28)),
    # a Saturday; the Monday after the clocks go back
    "stalking-32": (date(2025, 5, 31), date(2025, 10, 27)),
    # a bank holiday
    "stalking-33": (date(2025, 8, 25), date(2026, 1, 1)),
    "stalking-34": (None, None),
}
CONTACTS = (ALICE, BOB, ED, VIC)
SLUGS = ("kent", "surrey", "essex")
ONE_DAY = timedelta(days=1)


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def london_time(day: date, hour: int, minute: int = 0) -> datetime:
    """What London's clocks show, as UTC."""
    summer = CLOCKS_FORWARD <= day < CLOCKS_BACK
    return datetime(day.year, day.month, day.day, hour - summer, minute, tzinfo=UTC)


def days_of(deadline: date) -> Iterator[tuple[date, str]]:
    for days in (30, 14, 7, 1):
        yield moved(deadline - timedelta(days=days)), "before"
    for week in (1, 2, 3, 4):
        yield moved(deadline + timedelta(days=7 * week)), "weekly"
    year, month = deadline.year, deadline.month
    for ahead in range(2, 14):
        in_month = month - 1 + ahead
        yield moved(last_at_most(year + in_month // 12, in_month % 12 + 1, deadline.day)), "monthly"


def last_at_most(year: int, month: int, day: int) -> date:
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def moved(day: date) -> date:
    while not works(day):
        day -= ONE_DAY
    return day


KINDS = {
    deadline: dict(days_of(deadline))
    for pair in DEADLINES.values()
    for deadline in pair
    if deadline is not None
}


@dataclass
class Model:
    """Who owes what and who is reminded of it, kept by the simplest means."""

    answered: set[tuple[str, str]] = field(default_factory=set)
    done: set[tuple[str, str]] = field(default_factory=set)
    contacts: dict[str, set[PersonKey]] = field(
        default_factory=lambda: {"kent": {ALICE}, "surrey": {BOB}, "essex": {ED}}
    )
    left: set[PersonKey] = field(default_factory=set)
    told_of: set[PersonKey] = field(default_factory=set)
    paused: set[tuple[PersonKey, str]] = field(default_factory=set)
    snoozed: dict[tuple[PersonKey, str, str], date] = field(default_factory=dict)

    def deadlines(self, number: str, slug: str) -> list[date | None]:
        """Of what is still owed; empty when nothing is."""
        respond_by, due_on = DEADLINES[number]
        owed = []
        if number in ("stalking-31", "stalking-32", "stalking-33") and (number, slug) not in self.answered:
            owed.append(respond_by)
        if (number, slug) not in self.done:
            owed.append(due_on)
        return owed

    def listed(self, who: PersonKey, day: date) -> set[tuple[str, str]]:
        return {
            (number, slug)
            for slug in SLUGS
            if who in self.contacts[slug] and who not in self.left and not self.is_paused(who, slug)
            for number in DEADLINES
            if self.deadlines(number, slug) and self.snoozed.get((who, slug, number), FIRST) <= day
        }

    def is_paused(self, who: PersonKey, slug: str) -> bool:
        others = self.contacts[slug] - self.left - {who}
        return (who, slug) in self.paused and any((other, slug) not in self.paused for other in others)

    def kinds(self, who: PersonKey, day: date) -> list[str]:
        """The kind of each deadline of which today is a day to remind."""
        return [
            kind
            for number, slug in self.listed(who, day)
            for deadline in self.deadlines(number, slug)
            if deadline is not None and (kind := KINDS[deadline].get(day))
        ]


class Year:
    """The same events befall the register and the model."""

    def __init__(self, rig: Rig, seed: int) -> None:
        self.rig = rig
        self.register = Register(rig.store)
        self.model = Model()
        self.chance = random.Random(seed)
        self.slugs = {self.register.body(slug).code: slug for slug in SLUGS}

    def something_happens(self, now: datetime) -> None:
        events = (self.completes, self.responds, self.snoozes, self.pauses, self.resumes)
        rarer = (self.is_granted, self.is_revoked, self.leaves, self.returns)
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            event = self.chance.choice(events) if self.chance.random() < 0.6 else self.chance.choice(rarer)
            event(now)

    def completes(self, now: datetime) -> None:
        number, slug = self._one()
        # Half of what is recorded says that it is not complete after all.
        stage = self.chance.choice(("complete", "in progress"))
        self.register.says(cast.CORA, f"progress {number[9:]} {slug} {stage}: told us", now)
        (self.model.done.add if stage == "complete" else self.model.done.discard)((number, slug))

    def responds(self, now: datetime) -> None:
        number, slug = self._one()
        self.register.says(cast.CORA, f"accept {number[9:]} {slug}", now)
        self.model.answered.add((number, slug))

    def snoozes(self, now: datetime) -> None:
        number, slug = self._one()
        for who in sorted(self.model.contacts[slug] - self.model.left, key=str):
            operation.snooze(self.rig.store, occasion(who, now), number, self.register.body(slug).code)
            self.model.snoozed[who, slug, number] = now.date() + timedelta(days=7)

    def pauses(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            snoozes.pause(connection, who, self.register.body(slug).code)
        self.model.paused.add((who, slug))

    def resumes(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            snoozes.resume(connection, who, self.register.body(slug).code)
        self.model.paused.discard((who, slug))

    def is_granted(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            people.grant(connection, who, Role.CONTACT, self.register.body(slug).code, now)
        self.model.contacts[slug].add(who)

    def is_revoked(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            people.revoke(connection, who, Role.CONTACT, self.register.body(slug).code)
        self.model.contacts[slug].discard(who)

    def leaves(self, now: datetime) -> None:
        who, _ = self._contact()
        self._remember(who, Membership.DEACTIVATED)
        self.model.left.add(who)

    def returns(self, now: datetime) -> None:
        for who in self.model.left:
            self._remember(who, Membership.MEMBER)
        self.model.left.clear()

    def _remember(self, who: PersonKey, membership: Membership) -> None:
        with self.rig.store.begin() as connection:
            people.remember(connection, person(who, membership))

    def _one(self) -> tuple[str, str]:
        return self.chance.choice(list(DEADLINES)), self.chance.choice(SLUGS)

    def _contact(self) -> tuple[PersonKey, str]:
        return self.chance.choice(CONTACTS), self.chance.choice(SLUGS)

    def new_posts(self, moment: datetime) -> list[Post]:
        before = len(self.rig.slack.posts)
        self.rig.clock.shown = moment
        comes_to_rest(self.rig)
        return self.rig.slack.posts[before:]

    def shown(self, post: Post) -> set[tuple[str, str]]:
        """What the lines of a reminder are about."""
        values = [
            element["value"].split()
            for block in post.arguments["blocks"]
            if block["type"] == "actions"
            for element in block["elements"]
            if element["text"]["text"] == "Snooze a week"
        ]
        return {(number, self.slugs[code]) for number, code in values}

    def kinds_sent(self, who: PersonKey, day: date) -> list[str]:
        """By the program's own rule, for what the register says is owed."""
        with self.rig.store.reading() as connection:
            owing = operation.owing(connection, self.rig.store, who, day)
        assert owing is not None
        return [
            kind.value
            for addressee in owing.listed
            for duty in Duty
            if addressee.owes(duty)
            and (on := addressee.deadline(duty))
            and (kind := reminders.occurrence(on, day))
        ]


@pytest.fixture
def rig(sqlite_url: str) -> Iterator[Rig]:
    with on_sunday(sqlite_url, with_contacts=True) as made:
        made.plan = NO_DIGEST
        register = Register(made.store)
        for id_ in list(DEADLINES)[3:]:
            respond_by, due_on = DEADLINES[id_]
            answer = Answer.AWAITING if respond_by else Answer.ACCEPTED
            new = a_recommendation(id_[9:], respond_by=respond_by, due_on=due_on)
            cases.add(register, new, SLUGS, answer=answer)
        yield made


@pytest.mark.parametrize("seed", [1, 2])
def test_over_a_year_every_reminder_is_owed_and_none_comes_twice(rig: Rig, seed: int) -> None:
    year = Year(rig, seed)
    model, chance = year.model, year.chance
    sent: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    day = FIRST
    while day <= LAST:
        year.something_happens(london_time(day, 7))
        assert year.new_posts(london_time(day, 8, 59)) == [], day
        # Most days recbot runs at nine; on some it is away until later, or until the day's work is over.
        hour = chance.choice((9, 9, 9, 9, 12, 16, 17))
        posts = year.new_posts(london_time(day, hour))
        assert year.new_posts(london_time(day, max(hour, 16), 59)) == [], day
        due = works(day) and hour < 17
        reminded = {who: kinds for who in CONTACTS if due and (kinds := model.kinds(who, day))}
        leavers = {
            who for contacts in model.contacts.values() for who in contacts & model.left
        } - model.told_of
        leavers_told = leavers if due else set()
        model.told_of |= leavers_told
        keys = [reminders.key(who, day) for who in reminded]
        keys += [f"leaver:{who.user_id}:U0CORA" for who in leavers_told]
        assert sorted(post.key for post in posts) == sorted(keys), day
        for post in posts:
            if post.key.startswith("leaver"):
                sent["leaver"] += 1
                continue
            who = reminders.reader(post.key)
            listed, shown = model.listed(who, day), year.shown(post)
            assert shown <= listed, day
            assert len(shown) == min(len(listed), reminders.MOST_LINES), day
            sent.update(year.kinds_sent(who, day))
        expected.update(kind for kinds in reminded.values() for kind in kinds)
        expected["leaver"] += len(leavers_told)
        day += ONE_DAY
    assert sent == expected
    assert set(expected) == {"before", "weekly", "monthly", "leaver"}
    assert min(expected.values()) >= 3
