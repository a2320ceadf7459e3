"""A year in the register, made by chance, and how each addressee stood after every recording in it."""

import random
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import london_date
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.update import Draft, RequestKey, Update, UpdateKind, Via
from bot.domain.values import replace
from bot.operations.recording import undo
from bot.operations.request.writing import HistoryLedger
from storage import addressees
from tests.cast import CORA, Register, occasion

Key = tuple[str, str]
Becomes = Callable[[Addressee], Addressee]

FIRST_DAY = date(2025, 1, 7)
PUBLISHED = date(2024, 9, 27)
SLUGS = ("essex", "gwent", "kent", "surrey")
IDS = ("stalking-15", "stalking-16")


def write(
    register: Register,
    key: Key,
    kind: UpdateKind,
    becomes: Becomes,
    *,
    instant: datetime,
    stands_from: date | None = None,
    text: str = "",
    evidence_url: str = "",
) -> Update:
    """Cora records what an addressee becomes, and from which day it stands so."""
    with register.store.begin() as connection:
        ledger = HistoryLedger(connection, instant)
        before = addressees.get(connection, *key, for_update=True)
        assert before
        draft = Draft(
            kind=kind,
            stands_from=stands_from or london_date(instant),
            via=Via.SLACK,
            by=CORA,
            recommendation_id=key[0],
            body_code=key[1],
            text=text,
            evidence_url=evidence_url,
            request=RequestKey(f"year:{ledger.chain.seq}"),
        )
        _, update = ledger.record(before, becomes(before), draft)
    return update


@dataclass
class Year:
    """`stood` holds for each addressee the instants at which it changed, and what it was from then on."""

    register: Register
    chance: random.Random
    stood: dict[Key, tuple[list[datetime], list[Addressee]]] = field(default_factory=dict)
    recorded: int = 0
    taken_back: int = 0
    back_dated: int = 0

    @property
    def keys(self) -> tuple[Key, ...]:
        return tuple((id_, self.register.body(slug).code) for id_ in IDS for slug in SLUGS)

    def pass_by(self, recordings: int) -> None:
        for key in self.keys:
            self._look(key, datetime(2025, 1, 6, 12, tzinfo=UTC))
        days = sorted(self.chance.randrange(359) for _ in range(recordings))
        now = datetime.min.replace(tzinfo=UTC)
        for moment in sorted(self._moment(FIRST_DAY + timedelta(days=day)) for day in days):
            # Whoever takes something back may do so after the next moment: nothing is recorded before it.
            now = self._record(self.chance.choice(self.keys), max(moment, now + timedelta(seconds=1)))

    def at(self, key: Key, instant: datetime) -> Addressee:
        instants, states = self.stood[key]
        return states[bisect_right(instants, instant) - 1]

    def _record(self, key: Key, instant: datetime) -> datetime:
        """Record something, and perhaps take it back; return the instant of the last of both."""
        kind, becomes = self._something(self.at(key, instant))
        back = self.chance.randrange(1, 90) if self.chance.random() < 0.3 else 0
        stands_from = max(PUBLISHED, london_date(instant) - timedelta(days=back))
        update = write(
            self.register, key, kind, becomes, instant=instant, stands_from=stands_from, text="a text"
        )
        self.recorded += 1
        self.back_dated += back > 0
        self._look(key, instant)
        if self.chance.random() < 0.25:
            instant += timedelta(minutes=self.chance.randrange(1, 10))
            self._take_back(key, update, instant)
        return instant

    def _take_back(self, key: Key, update: Update, instant: datetime) -> None:
        undo.undo(self.register.store, occasion(CORA, instant), update.seq)
        self.taken_back += 1
        self._look(key, instant)

    def _look(self, key: Key, instant: datetime) -> None:
        with self.register.store.reading() as connection:
            addressee = addressees.get(connection, *key)
        assert addressee
        instants, states = self.stood.setdefault(key, ([], []))
        instants.append(instant)
        states.append(addressee)

    def _moment(self, day: date) -> datetime:
        """Any time of the day; often just before midnight, so that it is taken back the day after."""
        late = self.chance.random() < 0.2
        minute = 24 * 60 - self.chance.randrange(1, 8) if late else self.chance.randrange(24 * 60)
        seconds = self.chance.randrange(60)
        return datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minute, seconds=seconds)

    def _something(self, now: Addressee) -> tuple[UpdateKind, Becomes]:
        answer = self.chance.choice(list(Answer)[1:])
        stage = self.chance.choice([Stage.NOT_STARTED, Stage.IN_PROGRESS, Stage.BLOCKED, Stage.COMPLETE])
        parts = tuple(part for part in "ab" if self.chance.random() < 0.5)
        due_on = (now.due_on or FIRST_DAY) + timedelta(days=self.chance.randrange(1, 40))
        possible: list[tuple[UpdateKind, Becomes]] = [
            (UpdateKind.RESPONSE, lambda addressee: addressee.respond(answer, "why")),
            (UpdateKind.PROGRESS, lambda addressee: addressee.progress(stage, "on what")),
            (
                UpdateKind.PROGRESS,
                lambda addressee: replace(addressee.progress(stage, "on what"), parts_addressed=parts),
            ),
            (UpdateKind.NOTE, lambda addressee: addressee),
            (UpdateKind.NOTE, lambda addressee: replace(addressee, parts_addressed=parts)),
            (UpdateKind.EXTENSION_GRANTED, lambda addressee: addressee.extend(due_on, "why")),
        ]
        if now.stage is Stage.COMPLETE:
            possible += [(UpdateKind.CHECK, Addressee.check)] * 3
        if now.stage in (Stage.COMPLETE, Stage.CHECKED):
            possible += [(UpdateKind.REOPEN, lambda addressee: addressee.reopen("why"))] * 2
        return self.chance.choice(possible)
