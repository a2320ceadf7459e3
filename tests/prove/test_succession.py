"""Row 35: bodies that end by chance, in chains, mergers and divisions, some recorded late, files in any
order: no duty is lost or doubled, no words are out of reach, and each count is of those that stand there.

RECBOT_SEED says which plans they are, PLANS how many, and FIRST_PLAN at which number they begin."""

import os
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, count
from pathlib import Path

import pytest

from bot.domain.questions.grammar.typed_commands import Ref
from bot.domain.questions.grammar.typed_recordings import ChangeEnding, Progress, Respond
from bot.domain.questions.names import Body
from bot.domain.refusals.refusal import Refusal
from bot.domain.register.addressee import Answer, Duty, Stage
from bot.domain.register.details import Details
from bot.domain.register.ending_plan import EndingRefused
from bot.domain.register.imports import BodyRow, FilePlace, FileRefused
from bot.domain.register.people import Request
from bot.domain.register.policing_body import Sureness
from bot.domain.register.update import Update
from bot.domain.values import replace
from bot.operations.recording import endings
from bot.operations.recording.pass_on import pass_on
from bot.operations.recording.progress import progress
from bot.operations.recording.respond import respond
from bot.operations.register.now import RegisterNow
from bot.operations.register.register import Register as OfOneDay
from bot.operations.register.then import RegisterAt
from storage import updates
from storage.database import Connection
from tests.cast import CORA, Register, stalking_case
from tests.operations.imports.test_imports import into
from tests.prove.endings import (
    LAST,
    LETTER,
    RECOMMENDATIONS,
    STAGES,
    Reckoning,
    Statement,
    every_day,
    instant,
)
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

SEED = int(os.environ.get("RECBOT_SEED", "0")) or random.randrange(1, 1_000_000)
PLANS = int(os.environ.get("PLANS", "0")) or size(short=40, full=10_000)
FIRST_PLAN = int(os.environ.get("FIRST_PLAN", "0"))
OTHER_DAYS = 5
# Of one plan in so many each London day is looked at, or in short every so many days of the first such plan.
EVERY_DAY_OF = 1_000
DAYS_BETWEEN = size(short=30, full=1)
# One plan in so many is audited from outside, and read anew from the database for each question.
READ_ANEW = 10
TELL_AFTER = 500
# A chief executive's question is one of these at a time; more would say no more.
BODIES = 5
STEPS = 9


@dataclass
class Case:
    """A register, what it should say, and the clock."""

    register: Register
    reckoning: Reckoning
    rng: random.Random
    today: date = date(2025, 1, 7)
    new: int = 0
    number: int = 0  # of the plan
    refused: int = 0

    def __post_init__(self) -> None:
        self.minutes = count()
        self.divided: dict[str, dict[str, str]] = {}
        self.successors: dict[str, str] = {}
        self.chosen = self.rng.sample(sorted(body.code for body in self.register.bodies.values()), BODIES)
        self.names = {body.code: body for body in self.register.bodies.values()}

    @classmethod
    def begun(cls, register: Register, number: int) -> "Case":
        codes = tuple(sorted(body.code for body in register.bodies.values()))
        reckoning = Reckoning(codes)
        for code in codes:
            for recommendation in RECOMMENDATIONS:
                reckoning.say(recommendation, code, Statement("answer", "accepted", LETTER, ""))
        return cls(register, reckoning, random.Random(SEED + number), number=number)

    def goes_on(self) -> None:
        """Let some days pass, and whatever ended in them pass on."""
        self.today += timedelta(days=self.rng.choice((0, 1, 20, 200, 400)))
        self.today = min(self.today, LAST)
        pass_on(self.register.store, instant(self.today, next(self.minutes)))
        self.reckoning.day_comes(self.today)

    def request(self) -> Request:
        minute = next(self.minutes)
        return Request(CORA, instant(self.today, minute), f"request {minute}", even_if_stale=True)

    def somebody_speaks(self) -> None:
        """A body that stands there says something, often from an earlier day."""
        recommendation = self.rng.choice(RECOMMENDATIONS)
        code = self.rng.choice([*self.chosen, *(name for name in self.names if name.startswith("E99"))])
        body, token = self.names[code], f"words {self.rng.randrange(10**12)}"
        day = self.today - timedelta(days=self.rng.choice((0, 0, 3, 60)))
        ref = Ref(*recommendation.split("-"))
        details = Details(decided_on=day)
        store, request = self.register.store, self.request()
        try:
            if self.rng.random() < 0.3:
                answer = self.rng.choice([value for value in Answer if value is not Answer.AWAITING])
                respond(store, request, Respond(answer, (ref,), body, token, details=details))
                statement = Statement("answer", answer.value, day, token)
            else:
                stage = Stage(self.rng.choice(STAGES))
                progress(store, request, Progress(stage, (ref,), body, token, details=details))
                statement = Statement("stage", stage.value, day, token)
        except Refusal:
            # It has ended, is not asked, or speaks of a day before it took over.
            self.refused += 1
            return
        self.reckoning.say(recommendation, code, statement)

    def somebody_ends(self) -> None:
        """One or several bodies end, into one that is there or a new one, on one day or long ago."""
        last_day = self.today + timedelta(days=self.rng.choice((-300, -40, -1, 0, 30, 500)))
        last_day = min(max(last_day, date(2024, 12, 1)), LAST - timedelta(days=2))
        leaving = self.rng.sample(self.chosen, self.rng.choice((1, 1, 2, 3)))
        heir = self.rng.choice([code for code in self.chosen if code not in leaving])
        rows = []
        if self.rng.random() < 0.5:
            self.new += 1
            heir = f"E99{self.new:06}"
            rows.append(new_body(heir, last_day + timedelta(days=1)))
        rows += [BodyRow(place=NOWHERE, code=code, last_day=last_day, successor=heir) for code in leaving]
        self.rng.shuffle(rows)
        try:
            placed = [replace(row, place=FilePlace("", "", place)) for place, row in enumerate(rows, start=2)]
            digest = f"file {next(self.minutes)}"
            into(self.register, *placed, digest=digest, instant=instant(self.today, next(self.minutes)))
        except FileRefused:
            self.refused += 1
            return
        if heir not in self.names:
            self.names[heir] = Body(heir, heir.lower(), f"New {heir}")
            self.chosen.append(heir)
        for code in leaving:
            self.successors[code] = heir
            self.reckoning.end(
                code, last_day, dict.fromkeys(RECOMMENDATIONS, heir) | self.divided.get(code, {})
            )
        # The file passes on what has ended by its day.
        self.reckoning.day_comes(self.today)

    def duties_are_divided(self) -> None:
        """Of a body whose end is to come, one duty passes to somebody else."""
        ahead = [code for code, (last_day, _) in self.reckoning.endings.items() if last_day >= self.today]
        if not ahead:
            return
        code, recommendation = self.rng.choice(sorted(ahead)), self.rng.choice(RECOMMENDATIONS)
        other = self.rng.choice(self.chosen)
        ref = Ref(*recommendation.split("-"))
        command = ChangeEnding(
            self.names[code], heir=self.names[other], refs=(ref,), sureness=Sureness.DECIDED
        )
        try:
            endings.change_by_operator(self.register.store, instant(self.today, next(self.minutes)), command)
        except EndingRefused:
            self.refused += 1
            return
        self.reckoning.endings[code][1][recommendation] = other
        shares = self.divided.setdefault(code, {})
        if other == self.successors[code]:
            # It goes with the rest again.
            shares.pop(recommendation, None)
        else:
            shares[recommendation] = other

    def lives(self) -> None:
        for _ in range(STEPS):
            self.goes_on()
            self.rng.choice(
                (self.somebody_speaks, self.somebody_speaks, self.somebody_ends, self.duties_are_divided)
            )()
        self.today = LAST
        pass_on(self.register.store, instant(LAST, next(self.minutes)))
        self.reckoning.day_comes(LAST)


NOWHERE = FilePlace("", "", 0)


def new_body(code: str, first_day: date) -> BodyRow:
    return BodyRow(
        place=NOWHERE,
        code=code,
        slug=code.lower(),
        short_name=f"New {code}",
        body_name=f"Mayor of {code}",
        body_type="mayor",
        region="South East",
        country="England",
        first_day=first_day,
        tile_row=1,
        tile_col=1,
    )


@dataclass
class ReadOnce:
    """Reads what was recorded of a recommendation once, for all the days that are asked about."""

    by_recommendation: dict[str, dict[str, list[Update]]] = field(default_factory=dict)

    def __call__(
        self, connection: Connection, *, recommendation_id: str | None = None, body_code: str | None = None
    ) -> Iterable[Update]:
        assert recommendation_id is not None
        if recommendation_id not in self.by_recommendation:
            by_body = self.by_recommendation[recommendation_id] = {}
            for update in updates.each_of_addressees(connection, recommendation_id=recommendation_id):
                by_body.setdefault(update.draft.body_code or "", []).append(update)
        by_body = self.by_recommendation[recommendation_id]
        return chain.from_iterable(by_body.values()) if body_code is None else by_body.get(body_code, [])


def must_agree(case: Case, of_day: OfOneDay, day: date, ids: Sequence[str] = RECOMMENDATIONS) -> int:
    """Hold a day of the register against the reckoning; return how many rows were compared."""
    recommendations, tallies = of_day.recommendations(ids), of_day.tallies(ids)
    rows_of = {id_: of_day.addressees(recommendations[id_]) for id_ in ids}
    late = {
        row.key for row in of_day.with_bodies(ids, None) if any(row.is_overdue(duty, day) for duty in Duty)
    }
    # Of the others nothing is recorded but the letter's acceptance.
    moving = [row for rows in rows_of.values() for row in rows if row.body_code in case.chosen]
    before = of_day.predecessors(moving)
    for id_, rows in rows_of.items():
        where = (SEED, case.number, id_, day)
        assert {row.body_code for row in rows} == case.reckoning.holders(id_, day), where
        assert len(rows) == len({row.body_code for row in rows}), where
        assert tallies[id_].addressed == len(rows) == sum(tallies[id_].stages.values()), where
        for row in rows:
            state = case.reckoning.state(id_, row.body_code, day)
            assert (row.answer.value, row.stage.value) == state, (*where, row.body_code)
        assert {code for key, code in late if key == id_} == case.reckoning.late(id_, day), where
        if not of_day.is_past:
            origin = of_day.origin(recommendations[id_])
            assert origin is None or (origin.addressed, origin.bodies) == (43, len(rows)), where
    for row in moving:
        its_updates = chain(
            of_day.each_update(row), *(earlier.updates for earlier in before.get(row.key, ()))
        )
        words = {update.draft.text for update in its_updates if update.draft.text.startswith("words")}
        tokens = case.reckoning.tokens(row.recommendation_id, row.body_code, day) - {""}
        assert tokens <= words, (SEED, case.number, row.key, day, tokens - words)
    return sum(map(len, rows_of.values()))


def test_no_duty_is_lost_or_doubled_and_no_words_are_out_of_reach(tmp_path: Path) -> None:
    file = tmp_path / "plan.db"
    register = stalking_case(f"sqlite:///{file}")
    register.store.database.close()
    empty = file.read_bytes()
    counted = Counter[str]()
    for number in range(FIRST_PLAN, FIRST_PLAN + PLANS):
        # One file for all plans, so that what SQLAlchemy compiled is of use to the next.
        file.write_bytes(empty)
        case = Case.begun(register, number)
        case.lives()
        counted["rows"] += agree_on_all_days(case, counted)
        if number % READ_ANEW == 0:
            audit(str(register.store.database.url))
        counted["endings"] += len(case.reckoning.endings)
        counted["refused"] += case.refused
        counted["plans"] += 1
        register.store.database.close()
        if counted["plans"] % TELL_AFTER == 0:
            tell(counted)
    tell(counted)


def tell(counted: Counter[str]) -> None:
    counts = ", ".join(f"{counted[what]} {what}" for what in ("plans", "endings", "refused", "days", "rows"))
    print(f"{counts}: 0 differences, seed {SEED}", flush=True)


def agree_on_all_days(case: Case, counted: Counter[str]) -> int:
    days = case.reckoning.days(case.rng, OTHER_DAYS)
    if case.number % EVERY_DAY_OF == 1:
        days |= {day: list(RECOMMENDATIONS) for day in every_day(DAYS_BETWEEN)}
    counted["days"] += len(days)
    read_history = updates.each_of_addressees if case.number % READ_ANEW == 0 else ReadOnce()
    compared = 0
    # A day at a time, for a transaction that reads may only take so long.
    for day, ids in days.items():
        with case.register.store.reading() as connection:
            compared += must_agree(case, RegisterAt(connection, day, read_history=read_history), day, ids)
    with case.register.store.reading() as connection:
        return compared + must_agree(case, RegisterNow(connection, LAST), LAST)
