"""When a policing body ends, all that was asked of it passes to its successor on the day after its last one.

The successor's row then stands for what its predecessors said. Where they differ, nobody has said yet how
the successor stands, and what counts until then overstates nothing: it is the least that any of them said,
and owes all that any of them owed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.policing_body import PolicingBody
from bot.domain.register.update import Update


def ended_before(everyone: Iterable[PolicingBody], today: date) -> list[PolicingBody]:
    """The bodies that have a successor and are no more on a London date, the first to end first: a successor
    may have ended since."""
    gone = (body for body in everyone if body.successor_code and body.has_ended_by(today))
    return sorted(gone, key=lambda body: (body.last_day or today, body.code))


def passes_on(body: PolicingBody) -> date:
    """The London date from which the successor owes what an ended body owed."""
    if body.last_day is None:
        raise ValueError(body.code)
    return body.last_day + timedelta(days=1)


def combined(heir: Addressee, stood: Sequence[Addressee], days: Callable[[int], date | None]) -> Addressee:
    """The heir as it stands for what several rows of one recommendation say, its own among them if it had
    any. `days` gives the London date from which an update stands, by its number.

    In whatever order they come, the result is the same."""
    answer, stage = _answer(stood), _stage(stood)
    return replace(
        heir,
        live=True,
        answer=answer,
        stage=stage,
        parts_addressed=_parts(stood),
        due_on=_due_on(stood),
        expected_on=_expected_on(stood),
        moved_on=max((row.moved_on for row in stood if row.moved_on), default=None),
        undecided=tuple(duty for duty in Duty if _differ(duty, stood)),
        response_seq=_latest(
            (row.response_seq for row in stood if row.answer is answer and answer.is_given), days
        ),
        progress_seq=_latest((row.progress_seq for row in stood if row.stage is stage), days),
    )


def _answer(stood: Sequence[Addressee]) -> Answer:
    """The least advanced answer; where it would let go of what another still owes, none is given yet."""
    answer = min((row.answer for row in stood), key=lambda answer: answer.facts.how_far)
    asks_less = any(row.owes_if_live(Duty.ACTION) for row in stood) and not answer.facts.asks_for_action
    return Answer.AWAITING if asks_less else answer


def _stage(stood: Sequence[Addressee]) -> Stage:
    """The least advanced stage; of two that are equally far, the one that is stuck."""
    return min((row.stage for row in stood), key=lambda stage: (stage.facts.how_far, not stage.is_stuck))


def _parts(stood: Sequence[Addressee]) -> tuple[str, ...]:
    """What all of them have addressed."""
    first, *others = stood
    return tuple(
        label for label in first.parts_addressed if all(label in row.parts_addressed for row in others)
    )


def _due_on(stood: Sequence[Addressee]) -> date | None:
    """The first deadline of those that still have to do it, extended or not; where all have, of all."""
    owing = [row for row in stood if row.owes_if_live(Duty.ACTION)] or stood
    return min((row.due_on for row in owing if row.due_on), default=None)


def _expected_on(stood: Sequence[Addressee]) -> date | None:
    """The last day that any of those that still have to do it expects: then all of them are done."""
    return max(
        (row.expected_on for row in stood if row.expected_on and row.owes_if_live(Duty.ACTION)), default=None
    )


def _differ(duty: Duty, stood: Sequence[Addressee]) -> bool:
    states = {row.answer if duty is Duty.RESPONSE else row.stage for row in stood}
    return len(states) > 1 or any(duty in row.undecided for row in stood)


def _latest(seqs: Iterable[int | None], days: Callable[[int], date | None]) -> int | None:
    """The update that stands from the latest day: only from then on did all of them say so."""
    return max((seq for seq in seqs if seq), key=lambda seq: (days(seq) or date.min, seq), default=None)


@dataclass(frozen=True, slots=True)
class Predecessor:
    """What a body that ended had said of a recommendation, which its successor stands for."""

    addressee: Addressee  # as it stood when the body ended
    last_day: date | None  # London
    updates: tuple[Update, ...] = ()  # as the reader may read them, newest first

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


@dataclass(frozen=True, slots=True)
class Standing:
    """Of whom the count of a recommendation is, since bodies ended.

    `accepted` of those first addressed had accepted by `accepted_on`, a London date; `bodies` now stand in
    the place of all of them."""

    addressed: int
    accepted: int
    accepted_on: date | None
    on_one_day: bool  # whether all accepted on that day; else it is the last
    bodies: int
    heirs: tuple[tuple[str, tuple[str, ...]], ...]  # an heir's name, and those of its predecessors
