"""Row 47: a year of reminders, against a second reckoning that shares with it the rules in words alone."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.domain.messages import reminders
from bot.domain.register.addressee import Answer
from bot.domain.register.people import ContactKind, Membership, PersonKey, Role
from bot.operations.messages import reminders as operation
from bot.operations.request.schedule_plan import NO_DIGEST
from storage import people, snoozes
from tests import cast
from tests.cast import ALICE, BOB, ED, VIC, Register, a_recommendation, occasion, person
from tests.operations import cases
from tests.outbox.resting import comes_to_rest
from tests.outbox.rig import Post, Rig, on_sunday
from tests.prove.size import size

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


def moved_back(day: date) -> date:
    while not works(day):
        day -= ONE_DAY
    return day


def is_fourth_week(day: date) -> bool:
    """1 January 2024 was a Monday; the week after it is one of those that remind of what is long overdue."""
    return (day - date(2024, 1, 8)).days // 7 % 4 == 0


@dataclass
class Model:
    """Who owes what and who is reminded of it, kept by the simplest means."""

    answered: set[tuple[str, str]] = field(default_factory=set)
    done: set[tuple[str, str]] = field(default_factory=set)
    news: dict[tuple[str, str], date] = field(default_factory=dict)
    contacts: dict[str, dict[PersonKey, ContactKind]] = field(
        default_factory=lambda: {
            "kent": {ALICE: ContactKind.MAIN, VIC: ContactKind.DEPUTY},
            "surrey": {BOB: ContactKind.MAIN},
            "essex": {ED: ContactKind.MAIN},
        }
    )
    left: set[PersonKey] = field(default_factory=set)
    told_of: set[PersonKey] = field(default_factory=set)
    away: dict[PersonKey, date] = field(default_factory=dict)
    paused: set[tuple[PersonKey, str]] = field(default_factory=set)
    snoozed: dict[tuple[PersonKey, str, str], date] = field(default_factory=dict)
    sent: dict[PersonKey, list[date]] = field(default_factory=dict)

    def deadlines(self, number: str, slug: str) -> list[date | None]:
        """Of what is still owed; empty when nothing is."""
        respond_by, due_on = DEADLINES[number]
        owed = []
        if number in ("stalking-31", "stalking-32", "stalking-33") and (number, slug) not in self.answered:
            owed.append(respond_by)
        if (number, slug) not in self.done:
            owed.append(due_on)
        return owed

    def readers(self, slug: str, day: date) -> set[PersonKey]:
        """Who is reminded for a body."""
        there = {
            who
            for who, kind in self.contacts[slug].items()
            if kind is not ContactKind.APPROVER and who not in self.left and not self.is_away(who, day)
        }
        awake = {who for who in there if (who, slug) not in self.paused} or there
        first = {who for who in awake if self.contacts[slug][who] is ContactKind.MAIN}
        return awake if not first or any(self.in_vain(who, slug, day) for who in first) else first

    def in_vain(self, who: PersonKey, slug: str, day: date) -> bool:
        """Whether somebody was reminded two weeks ago or earlier, and nothing came since."""
        weeks_ago = [sent for sent in self.sent.get(who, ()) if 14 <= (day - sent).days < 56]
        news = [on for (_, about), on in self.news.items() if about == slug]
        return bool(weeks_ago) and max(news, default=date.min) < max(weeks_ago)

    def is_away(self, who: PersonKey, day: date) -> bool:
        return day < self.away.get(who, FIRST)

    def listed(self, who: PersonKey, day: date) -> set[tuple[str, str]]:
        """What is open for the bodies for which somebody is reminded, without what they snoozed."""
        return {
            (number, slug)
            for slug in SLUGS
            if who in self.readers(slug, day)
            for number in DEADLINES
            if self.deadlines(number, slug)
            and self.snoozed.get((who, slug, number), FIRST) <= day
            and self.snoozed.get((who, slug, ""), FIRST) <= day
        }

    def reminder(self, who: PersonKey, day: date) -> tuple[str, set[tuple[str, str]]]:
        """The kind of reminder that is due to somebody on a day, and what it lists; nothing on most days."""
        listed = self.listed(who, day)
        unmoved = {key for key in listed if (day - self.news.get(key, date(2024, 11, 22))).days > 7}
        if day.weekday() == 1 and any(self.asks(key, day) for key in unmoved):
            return "weekly", listed
        eve = {
            key
            for key in unmoved
            for deadline in self.deadlines(*key)
            if deadline is not None and moved_back(deadline - ONE_DAY) == day
        }
        return ("eve" if eve else ""), eve

    def asks(self, key: tuple[str, str], day: date) -> bool:
        return is_fourth_week(day) or any(
            deadline is not None and (day - deadline).days <= 28 for deadline in self.deadlines(*key)
        )


class Year:
    """The same events befall the register and the model."""

    def __init__(self, rig: Rig, seed: int) -> None:
        self.rig = rig
        self.register = Register(rig.store)
        self.model = Model()
        self.chance = random.Random(seed)
        with rig.store.begin() as connection:
            people.grant(
                connection,
                VIC,
                Role.CONTACT,
                self.register.body("kent").code,
                rig.clock.now(),
                ContactKind.DEPUTY,
            )

    def something_happens(self, now: datetime) -> None:
        events = (
            self.completes,
            self.responds,
            self.notes,
            self.snoozes,
            self.goes_away,
            self.pauses,
            self.resumes,
        )
        rarer = (self.is_granted, self.is_revoked, self.leaves, self.returns, self.snoozes_all)
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            event = self.chance.choice(events) if self.chance.random() < 0.6 else self.chance.choice(rarer)
            event(now)

    def completes(self, now: datetime) -> None:
        number, slug = self._a_recommendation()
        # Half of what is recorded says that it is not complete after all.
        stage = self.chance.choice(("complete", "in progress"))
        self.register.says(cast.CORA, f"progress {number[9:]} {slug} {stage}: told us", now)
        (self.model.done.add if stage == "complete" else self.model.done.discard)((number, slug))
        self.model.news[number, slug] = now.date()

    def responds(self, now: datetime) -> None:
        number, slug = self._a_recommendation()
        self.register.says(cast.CORA, f"accept {number[9:]} {slug}", now)
        self.model.answered.add((number, slug))
        self.model.news[number, slug] = now.date()

    def notes(self, now: datetime) -> None:
        number, slug = self._a_recommendation()
        self.register.says(cast.CORA, f"note {number[9:]} {slug}: told us", now)
        self.model.news[number, slug] = now.date()

    def snoozes(self, now: datetime) -> None:
        number, slug = self._a_recommendation()
        for who in sorted(self.model.contacts[slug].keys() - self.model.left, key=str):
            operation.snooze(self.rig.store, occasion(who, now), number, self.register.body(slug).code)
            self.model.snoozed[who, slug, number] = now.date() + timedelta(days=7)

    def snoozes_all(self, now: datetime) -> None:
        who, _ = self._contact()
        slugs = [slug for slug in SLUGS if who in self.model.contacts[slug]]
        if not slugs or who in self.model.left:
            return
        operation.snooze_all(self.rig.store, occasion(who, now), reminders.RULE)
        today = now.date()
        next_tuesday = today + timedelta(days=(0 - today.weekday()) % 7 + 1)
        for slug in slugs:
            if (who, slug) not in self.model.paused:
                self.model.snoozed[who, slug, ""] = max(today + timedelta(days=7), next_tuesday + ONE_DAY)

    def goes_away(self, now: datetime) -> None:
        who, _ = self._contact()
        until = now.date() + timedelta(days=self.chance.choice((3, 10, 20)))
        with self.rig.store.begin() as connection:
            snoozes.snooze(connection, who, "", "", until)
        self.model.away[who] = until

    def pauses(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            snoozes.pause(connection, who, self.register.body(slug).code)
        self.model.paused.add((who, slug))
        self.model.snoozed.pop((who, slug, ""), None)

    def resumes(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            snoozes.resume(connection, who, self.register.body(slug).code)
        self.model.paused.discard((who, slug))
        self.model.snoozed.pop((who, slug, ""), None)

    def is_granted(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            kind = self.chance.choice(list(ContactKind))
            people.grant(connection, who, Role.CONTACT, self.register.body(slug).code, now, kind)
        self.model.contacts[slug][who] = kind

    def is_revoked(self, now: datetime) -> None:
        who, slug = self._contact()
        with self.rig.store.begin() as connection:
            people.revoke(connection, who, Role.CONTACT, self.register.body(slug).code)
        self.model.contacts[slug].pop(who, None)

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

    def _a_recommendation(self) -> tuple[str, str]:
        return self.chance.choice(list(DEADLINES)), self.chance.choice(SLUGS)

    def _contact(self) -> tuple[PersonKey, str]:
        return self.chance.choice(CONTACTS), self.chance.choice(SLUGS)

    def new_posts(self, moment: datetime) -> list[Post]:
        before = len(self.rig.slack.posts)
        self.rig.clock.shown = moment
        comes_to_rest(self.rig)
        return of_the_calendar(self.rig.slack.posts[before:])

    def shown(self, post: Post) -> set[tuple[str, str]]:
        """What the lines of a reminder are about."""
        slugs = {self.register.body(slug).short_name: slug for slug in SLUGS}
        only = [slugs[name] for name in slugs if post.text.startswith(f"{name} has ")]
        shown = set()
        for block in post.arguments["blocks"][1:]:
            if block["type"] == "section":
                about = block["text"]["text"].partition(":")[0]
                name, _, title = about.rpartition(", ")
                slug = slugs[name] if name else only[0]
                shown.add((title.lower().replace(" ", "-"), slug))
        return shown


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


def of_the_calendar(posts: Sequence[Post]) -> list[Post]:
    """Without what comes as soon as somebody is granted a role, or records for a body with approvers."""
    return [post for post in posts if not post.key.startswith(("welcome:", "approval:"))]


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
        wanted = {who: model.reminder(who, day) for who in CONTACTS if due}
        reminded = {who: kind for who, (kind, _) in wanted.items() if kind}
        leavers = {
            who for contacts in model.contacts.values() for who in contacts.keys() & model.left
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
            listed = wanted[who][1]
            assert year.shown(post) <= listed, day
            assert len(year.shown(post)) == min(len(listed), reminders.MOST_LINES), day
            model.sent.setdefault(who, []).append(day)
            sent["weekly" if " open" in post.text else "eve"] += 1
        expected.update(reminded.values())
        expected["leaver"] += len(leavers_told)
        day += ONE_DAY
    assert sent == expected
    assert set(expected) == {"weekly", "eve", "leaver"}
    assert min(expected.values()) >= 3


BODIES = size(10, 43)
EVES = {moved_back(deadline - ONE_DAY) for pair in DEADLINES.values() for deadline in pair if deadline}


def test_in_a_year_nobody_gets_two_a_week_but_before_a_deadline_and_none_says_the_same_again(
    rig: Rig,
) -> None:
    """Row 36."""
    chance, register = random.Random(36), Register(rig.store)
    contacts = two_contacts_each(register, rig.clock.now())
    began, day = len(rig.slack.posts), FIRST
    while day <= LAST:
        for slug in list(register.bodies)[:BODIES]:
            if chance.random() < 0.05:
                about = f"{chance.choice((15, 16, 25))} {slug}"
                typed = (f"note {about}", f"progress {about} in progress", f"progress {about} complete")
                register.says(cast.CORA, f"{chance.choice(typed)}: told us", london_time(day, 7))
        rig.clock.shown = london_time(day, 9)
        comes_to_rest(rig, far_too_many=2_000)
        day += ONE_DAY
    by_reader: dict[str, list[Post]] = {}
    for post in of_the_calendar(rig.slack.posts[began:]):
        by_reader.setdefault(reminders.reader(post.key).user_id, []).append(post)
    eves, repeats, most = 0, 0, 0
    for who in contacts:
        days = [date.fromisoformat(post.key.rpartition(":")[2]) for post in by_reader.get(who, ())]
        weekly = [on for on in days if on.weekday() == 1]
        eves += len(days) - len(weekly)
        assert [on for on in days if on.weekday() != 1 and on not in EVES] == []
        assert all((later - before).days >= 7 for before, later in pairwise(weekly))
        texts = [str(post.arguments["blocks"]) for post in by_reader.get(who, ())]
        repeats += sum(before == after for before, after in pairwise(texts))
        most = max(most, len(days))
    counted = sum(map(len, by_reader.values()))
    print(
        f"{BODIES} bodies, {len(contacts)} contacts: {counted} reminders in a year, {most} at most to one,"
        f" {eves} on the day before a deadline, {repeats} with the same text as the one before"
    )
    assert repeats == 0
    assert counted > BODIES


def two_contacts_each(register: Register, now: datetime) -> list[str]:
    """Give each of the first bodies a first and a second contact; return their user ids."""
    made = []
    with register.store.begin() as connection:
        for holder in people.contacts(connection):
            people.revoke(connection, holder.who, Role.CONTACT, holder.body_code)
        for number, slug in enumerate(list(register.bodies)[:BODIES]):
            for kind in (ContactKind.MAIN, ContactKind.DEPUTY):
                who = PersonKey("T0HOME", f"U0{number}{kind.name}")
                people.remember(connection, person(who, name=f"Officer {number} {kind}"))
                people.grant(connection, who, Role.CONTACT, register.body(slug).code, now, kind)
                made.append(who.user_id)
    return made
