"""When a policing body ends, all that was asked of it passes to its successor on the day after its last one.

The successor's row then stands for what its predecessors said. Where they differ, nobody has said yet how
the successor stands, and what counts until then overstates nothing: it is the least that any of them said,
and owes all that any of them owed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from bot.domain.register.addressee import Addressee, AddresseeKey, Answer, Duty, Stage
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Update
from bot.domain.values import replace


def ended_before(everyone: Iterable[PolicingBody], today: date) -> list[PolicingBody]:
    """Return the bodies that have a successor and had ended by a London date, the first to end first, since a
    successor may have ended too."""
    ended = (body for body in everyone if body.successor_code and body.has_ended_by(today))
    return sorted(ended, key=lambda body: (body.last_day or today, body.code))


def passes_on(body: PolicingBody) -> date:
    """Return the London date from which the successor owes what an ended body owed."""
    if body.last_day is None:
        raise ValueError(body.code)
    return body.last_day + timedelta(days=1)


def combined(heir: Addressee, stood: Sequence[Addressee], days: Callable[[int], date | None]) -> Addressee:
    """Return the heir as it stands for what several rows of one recommendation say, its own among them if it
    had any.

    The order in which they come makes no difference. `days` gives the London date from which an update
    stands, by its number."""
    acting = [row for row in stood if row.owes_if_live(Duty.ACTION)]
    answer, stage = _answer(stood, is_owed=bool(acting)), _least([row.stage for row in stood])
    # The earliest deadline, extended or not, of the rows that still have to act; of all where none has to.
    to_do = acting or stood
    due_on = min((row.due_on for row in to_do if row.due_on), default=None)
    # The latest day that any row that still has to act expects: by then all of them are done.
    expected_on = max((row.expected_on for row in acting if row.expected_on), default=None)
    # A deadline or an expected day comes with how often it was moved; another's was not moved for it.
    due = [row for row in to_do if row.due_on == due_on]
    expecting = [row for row in stood if row.expected_on == expected_on]
    is_closed, levels = stage.facts.is_inspectorates_word, {row.closing_level for row in stood}
    return replace(
        heir,
        live=True,
        answer=answer,
        stage=stage,
        parts_addressed=_parts(stood),
        part_states=_part_states(stood),
        due_on=due_on,
        expected_on=expected_on,
        slips=max((row.slips for row in due), default=0),
        slip_days=max((row.slip_days for row in due), default=0),
        expectation_moves=max((row.expectation_moves for row in expecting), default=0),
        closed_on=max((row.closed_on for row in stood if row.closed_on), default=None) if is_closed else None,
        closing_level=stood[0].closing_level if is_closed and len(levels) == 1 else "",
        moved_on=max((row.moved_on for row in stood if row.moved_on), default=None),
        undecided=tuple(duty for duty in Duty if _differ(duty, stood)),
        response_seq=_latest(
            (row.response_seq for row in stood if row.answer is answer and answer.is_given), days
        ),
        progress_seq=_latest((row.progress_seq for row in stood if row.stage is stage), days),
    )


def _answer(stood: Sequence[Addressee], *, is_owed: bool) -> Answer:
    """Return the least advanced answer. Where it asks for no action and any row still owes one, no answer
    counts as given."""
    answer = min((row.answer for row in stood), key=lambda answer: answer.facts.how_far)
    return Answer.AWAITING if is_owed and not answer.facts.asks_for_action else answer


def _parts(stood: Sequence[Addressee]) -> tuple[str, ...]:
    """Return the parts that all of them have addressed."""
    first, *others = stood
    return tuple(
        label for label in first.parts_addressed if all(label in row.parts_addressed for row in others)
    )


def _part_states(stood: Sequence[Addressee]) -> tuple[tuple[str, Stage], ...]:
    """Return the least advanced state of each part that all of them have begun and not all have done."""
    states = [
        {**dict.fromkeys(row.parts_addressed, Stage.COMPLETE), **dict(row.part_states)} for row in stood
    ]
    labels = sorted(set.intersection(*map(set, states)))
    least = ((label, _least([by_label[label] for by_label in states])) for label in labels)
    return tuple((label, stage) for label, stage in least if stage is not Stage.COMPLETE)


def _least(stages: Sequence[Stage]) -> Stage:
    """Return the least advanced stage; of two that are equally far, the one that is blocked."""
    return min(stages, key=lambda stage: (stage.facts.how_far, not stage.is_stuck))


def _differ(duty: Duty, stood: Sequence[Addressee]) -> bool:
    states = {row.answer if duty is Duty.RESPONSE else row.stage for row in stood}
    return len(states) > 1 or any(duty in row.undecided for row in stood)


def _latest(seqs: Iterable[int | None], days: Callable[[int], date | None]) -> int | None:
    """Return the update that stands from the latest day: only from then on did all of them say so."""
    return max((seq for seq in seqs if seq), key=lambda seq: (days(seq) or date.min, seq), default=None)


class Predecessor(Struct, frozen=True):
    """What a body had said of a recommendation before another took its place, or before it took another's."""

    addressee: Addressee  # as it stood on its last day
    last_day: date  # London
    updates: tuple[Update, ...] = ()  # its own, as the reader may read them, newest first
    was_asked_first: bool = True  # whether it was addressed before any body ended
    is_heir_itself: bool = False  # whether it is the heir, before anything passed to it

    @property
    def name(self) -> str:
        return self.addressee.body_name

    @property
    def response(self) -> Update | None:
        """The update by which its response stands."""
        return self._update(self.addressee.response_seq)

    @property
    def progress(self) -> Update | None:
        """The update in which it last said how far it was."""
        return self._update(self.addressee.progress_seq)

    def _update(self, seq: int | None) -> Update | None:
        return next((update for update in self.updates if update.seq == seq), None)


class Ending(Struct, frozen=True):
    """The end of a body, as far as one recommendation is concerned."""

    last_day: date  # London
    heir_code: str  # of the body that stands in its place today, which may be the heir of an heir
    heir_name: str


# What a body answered, and the London date from which that stands.
DatedAnswer = tuple[date, Answer]


class Origin(Struct, frozen=True):
    """Of whom the count of a recommendation is, since bodies ended.

    What was counted when the bodies that were first asked had answered stays true, whatever any of them, or
    who stands in its place, says later."""

    addressed: int  # bodies that were first asked
    accepted: int  # of these had accepted on the day below
    answered_on: date | None  # a London date: the last of them that answered had done so; None where none has
    on_one_day: bool  # whether all of them that answered did so on that day
    bodies: int  # that stand in the place of all of them
    # An heir's name, and those of its predecessors, "itself" where it had been asked before.
    heirs: tuple[tuple[str, tuple[str, ...]], ...]

    @classmethod
    def of(
        cls,
        standing: Sequence[Addressee],
        predecessors: Mapping[AddresseeKey, Sequence[Predecessor]],
        answers: Mapping[str, Sequence[DatedAnswer]],
    ) -> "Origin":
        """Count of whom the numbers are. `standing` are those that count now, `predecessors` by heir what
        they stand for, `answers` by body all that it answered, in the order of recording."""
        ended = [predecessor for of_heir in predecessors.values() for predecessor in of_heir]
        first = {row.body_code for row in standing if row.key not in predecessors}
        first |= {predecessor.addressee.body_code for predecessor in ended if predecessor.was_asked_first}
        # An end may be recorded as of a day before the body answered, which it did all the same.
        own = [answers.get(code, ()) for code in first]
        answered = {min(day for day, _ in of_body) for of_body in own if of_body}
        on = max(answered, default=None)
        return cls(
            addressed=len(first),
            accepted=sum(on is not None and _answer_on(on, of_body) is Answer.ACCEPTED for of_body in own),
            answered_on=on,
            on_one_day=len(answered) == 1,
            bodies=len(standing),
            heirs=tuple(
                (row.body_name, tuple(map(_named, predecessors[row.key])))
                for row in standing
                if row.key in predecessors
            ),
        )


def _named(predecessor: Predecessor) -> str:
    return "itself" if predecessor.is_heir_itself else predecessor.name


def _answer_on(day: date, answers: Sequence[DatedAnswer]) -> Answer:
    """Return the answer at the end of a London day: the last recorded of those that stand from that day or
    before."""
    return next((answer for stands_from, answer in reversed(answers) if stands_from <= day), Answer.AWAITING)


class PassedOn(Struct, frozen=True):
    """What one recommendation asked of a body that ended came to another."""

    recommendation_id: str
    body_code: str
    heir_code: str
    since: date  # the London date from which the heir stands there


class Handover(Struct, frozen=True):
    """All that passed to one body on one day."""

    heir: str  # short name
    predecessors: tuple[str, ...]  # short names of the bodies that ended
    in_part: frozenset[str]  # those of them whose duties were divided
    since: date  # the London date from which the heir stands there


def handovers(passed: Iterable[PassedOn], names: Mapping[str, str]) -> tuple[Handover, ...]:
    """Return to whom duties passed, the latest day first; `names` are short names by code."""
    rows = list(passed)
    heirs: dict[str, set[str]] = {}
    predecessors: dict[tuple[date, str], set[str]] = {}
    for row in rows:
        heirs.setdefault(row.body_code, set()).add(row.heir_code)
        predecessors.setdefault((row.since, row.heir_code), set()).add(row.body_code)
    result = [
        Handover(
            heir=names[heir],
            predecessors=tuple(sorted(names[code] for code in codes)),
            in_part=frozenset(names[code] for code in codes if len(heirs[code]) > 1),
            since=since,
        )
        for (since, heir), codes in predecessors.items()
    ]
    return tuple(sorted(result, key=lambda handover: (-handover.since.toordinal(), handover.heir)))
