"""Random plans of bodies ending, and a reckoning of their own of who answers for whom on each day.

Nothing of the program's rules is asked here: states are plain words in an order, and each original body is
followed from heir to heir."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

RECOMMENDATIONS = ("stalking-15", "stalking-16", "stalking-25")
ANSWERS = ("awaiting", "not accepted", "accepted in part", "accepted")
STAGES = ("not started", "blocked", "in progress", "complete")
PUBLISHED = date(2024, 9, 27)
# An answer was due on the day of the letter, by which all had given it.
LETTER = date(2024, 11, 22)
DUE = date(2025, 3, 27)
ONE_DAY = timedelta(days=1)
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)

Cell = tuple[str, str]  # a recommendation and a body
State = tuple[str, str]  # an answer and a stage


@dataclass(frozen=True)
class Statement:
    """Something that a body says, standing from a day."""

    kind: str  # answer or stage
    value: str
    stands: date
    token: str  # words that nobody else uses


@dataclass(frozen=True)
class Passing:
    """Duties of bodies that come to one on a day."""

    stands: date
    predecessors: tuple[str, ...]


@dataclass
class Reckoning:
    """What was said and what passed on, body by body in the order in which the register learnt of it."""

    bodies: tuple[str, ...]  # those that were asked first
    events: dict[Cell, list[Statement | Passing]] = field(default_factory=dict)
    endings: dict[str, tuple[date, dict[str, str]]] = field(default_factory=dict)  # last day, heir by cell
    passed: set[Cell] = field(default_factory=set)

    def say(self, recommendation: str, body: str, statement: Statement) -> None:
        self.events.setdefault((recommendation, body), []).append(statement)

    def end(self, body: str, last_day: date, heirs: dict[str, str]) -> None:
        self.endings[body] = (last_day, heirs)

    def day_comes(self, today: date) -> None:
        """Pass on what has ended before a day, first what ended first, and on one day all at once."""
        for last_day in sorted({last_day for last_day, _ in self.endings.values() if last_day < today}):
            for recommendation in RECOMMENDATIONS:
                together: dict[str, list[str]] = {}
                for body, (its_last_day, heirs) in sorted(self.endings.items()):
                    cell = (recommendation, body)
                    if its_last_day == last_day and cell not in self.passed and self.is_asked(cell):
                        together.setdefault(heirs[recommendation], []).append(body)
                for heir, bodies in together.items():
                    self.passed.update((recommendation, body) for body in bodies)
                    # What had passed on from there already is there once more.
                    self.passed.discard((recommendation, heir))
                    event = Passing(last_day + timedelta(days=1), tuple(bodies))
                    self.events.setdefault((recommendation, heir), []).append(event)

    def is_asked(self, cell: Cell, day: date | None = None) -> bool:
        if cell[1] in self.bodies:
            return True
        passings = [event for event in self.events.get(cell, ()) if isinstance(event, Passing)]
        return any(day is None or event.stands <= day for event in passings)

    def holder(self, recommendation: str, body: str, day: date) -> str:
        """Who answers on a day for a body that was asked first."""
        while body in self.endings and self.endings[body][0] < day:
            body = self.endings[body][1][recommendation]
        return body

    def holders(self, recommendation: str, day: date) -> set[str]:
        return {self.holder(recommendation, body, day) for body in self.bodies}

    def state(self, recommendation: str, body: str, day: date) -> State | None:
        """How a body stands on a day; None where it is not asked by then."""
        state = ("awaiting", "not started") if body in self.bodies else None
        for event in self.events.get((recommendation, body), ()):
            if event.stands > day:
                continue
            if isinstance(event, Statement):
                answer, stage = state or ("awaiting", "not started")
                state = (event.value, stage) if event.kind == "answer" else (answer, event.value)
            else:
                states = [self.state(recommendation, code, day) for code in event.predecessors]
                state = least([known for known in (state, *states) if known is not None])
        return state

    def tokens(self, recommendation: str, body: str, day: date) -> set[str]:
        """All that was said by a body and by those before it, standing from a day or earlier."""
        words = set()
        for event in self.events.get((recommendation, body), ()):
            if event.stands > day:
                continue
            if isinstance(event, Statement):
                words.add(event.token)
            else:
                for code in event.predecessors:
                    words |= self.tokens(recommendation, code, day)
        return words

    def late(self, recommendation: str, day: date) -> set[str]:
        """Who owes an answer or an action on a day after its deadline."""
        states = {code: self.state(recommendation, code, day) for code in self.holders(recommendation, day)}
        return {
            code
            for code, state in states.items()
            if state is not None
            and ((state[0] == "awaiting" and day > LETTER) or (owes_action(state) and day > DUE))
        }

    def days(self, rng: random.Random, more: int) -> dict[date, list[str]]:
        """Each day on which anything changes of a recommendation, the day before, and some others: on all
        other days all of it stands as on the day before."""
        days = {day: set(RECOMMENDATIONS) for day in (LETTER, LETTER + ONE_DAY, DUE, DUE + ONE_DAY)}
        for (recommendation, _), events in self.events.items():
            for event in events:
                for day in (event.stands, event.stands - ONE_DAY):
                    days.setdefault(day, set()).add(recommendation)
        for _ in range(more):
            day = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
            days.setdefault(day, set()).add(rng.choice(RECOMMENDATIONS))
        return {day: sorted(days[day]) for day in sorted(days) if PUBLISHED <= day <= LAST}


def every_day(between: int) -> Iterator[date]:
    """Yield each London day on which the report was there, or one in so many."""
    day = PUBLISHED
    while day <= LAST:
        yield day
        day += timedelta(days=between)


def owes_action(state: State) -> bool:
    return state[0] != "not accepted" and state[1] != "complete"


def least(states: Sequence[State]) -> State:
    answer = min((answer for answer, _ in states), key=ANSWERS.index)
    stage = min((stage for _, stage in states), key=STAGES.index)
    if answer == "not accepted" and any(map(owes_action, states)):
        answer = "awaiting"
    return answer, stage


def instant(day: date, minute: int = 0) -> datetime:
    return datetime.combine(day, time(12), UTC) + timedelta(minutes=minute)
