"""One recommendation as it stands with one policing body: what it answered, and how far it is."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache, cached_property
from typing import assert_never

from msgspec import Struct

from bot.domain.refusals.recording import ReasonRequired
from bot.domain.refusals.refusal import Refusal
from bot.domain.values import replace


class _AnswerFacts(Struct, frozen=True):
    place: int  # among the others on screen, from 0
    how_far: int  # on the way from nothing said to accepted: less than before is a step back
    is_given: bool  # whether the body has responded
    needs_reason: bool  # whether it must be said why
    asks_for_action: bool  # whether the recommendation is then to be done
    is_named: bool  # whether the bodies are named wherever they are counted


class Answer(StrEnum):
    """The body's response: does it accept the recommendation?"""

    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted in part"
    NOT_ACCEPTED = "not accepted"

    @cached_property
    def facts(self) -> _AnswerFacts:
        """All that is known of it, in one table."""
        match self:
            case Answer.ACCEPTED:
                return _AnswerFacts(
                    place=0,
                    how_far=3,
                    is_given=True,
                    needs_reason=False,
                    asks_for_action=True,
                    is_named=False,
                )
            case Answer.ACCEPTED_IN_PART:
                return _AnswerFacts(
                    place=1, how_far=2, is_given=True, needs_reason=True, asks_for_action=True, is_named=True
                )
            case Answer.NOT_ACCEPTED:
                return _AnswerFacts(
                    place=2, how_far=1, is_given=True, needs_reason=True, asks_for_action=False, is_named=True
                )
            case Answer.AWAITING:
                return _AnswerFacts(
                    place=3, how_far=0, is_given=False, needs_reason=True, asks_for_action=True, is_named=True
                )
            case _:
                assert_never(self)

    @property
    def is_given(self) -> bool:
        """Whether the body has responded."""
        return self.facts.is_given


class _StageFacts(Struct, frozen=True):
    place: int  # among the others on screen, from 0: what is furthest comes first
    how_far: int  # on the way from nothing begun to checked: less than before is a step back
    is_done: bool  # whether nothing is owed any more
    is_stuck: bool  # whether it waits, and must say on what; it is still owed
    is_named: bool  # whether the bodies are named wherever they are counted
    is_bodys_word: bool  # whether the body itself says so; else a coordinator records it
    is_inspectorates_word: bool  # whether the inspectorate says so, which no word of the body undoes
    can_be_checked: bool  # whether a coordinator can agree that it is done


class Stage(StrEnum):
    """The body's progress; `CHECKED` is shown as "checked by the association", `CLOSED` as "closed by the
    inspectorate"."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    COMPLETE = "complete"
    CHECKED = "checked"
    CLOSED = "closed"

    @cached_property
    def facts(self) -> _StageFacts:
        """All that is known of it, in one table."""
        match self:
            case Stage.COMPLETE:
                return _StageFacts(
                    place=0,
                    how_far=2,
                    is_done=True,
                    is_stuck=False,
                    is_named=False,
                    is_bodys_word=True,
                    is_inspectorates_word=False,
                    can_be_checked=True,
                )
            case Stage.CHECKED:
                return _StageFacts(
                    place=1,
                    how_far=3,
                    is_done=True,
                    is_stuck=False,
                    is_named=False,
                    is_bodys_word=False,
                    is_inspectorates_word=False,
                    can_be_checked=False,
                )
            case Stage.CLOSED:
                return _StageFacts(
                    place=2,
                    how_far=4,
                    is_done=True,
                    is_stuck=False,
                    is_named=False,
                    is_bodys_word=False,
                    is_inspectorates_word=True,
                    can_be_checked=False,
                )
            case Stage.IN_PROGRESS:
                return _StageFacts(
                    place=3,
                    how_far=1,
                    is_done=False,
                    is_stuck=False,
                    is_named=False,
                    is_bodys_word=True,
                    is_inspectorates_word=False,
                    can_be_checked=False,
                )
            case Stage.BLOCKED:
                return _StageFacts(
                    place=4,
                    how_far=1,
                    is_done=False,
                    is_stuck=True,
                    is_named=True,
                    is_bodys_word=True,
                    is_inspectorates_word=False,
                    can_be_checked=False,
                )
            case Stage.NOT_STARTED:
                return _StageFacts(
                    place=5,
                    how_far=0,
                    is_done=False,
                    is_stuck=False,
                    is_named=False,
                    is_bodys_word=True,
                    is_inspectorates_word=False,
                    can_be_checked=False,
                )
            case _:
                assert_never(self)

    @property
    def is_done(self) -> bool:
        """Whether nothing is owed any more."""
        return self.facts.is_done

    @property
    def is_stuck(self) -> bool:
        """Whether it waits on something, which must be said; it is still owed."""
        return self.facts.is_stuck


ANSWERS_IN_ORDER = tuple(sorted(Answer, key=lambda answer: answer.facts.place))
STAGES_IN_ORDER = tuple(sorted(Stage, key=lambda stage: stage.facts.place))
"""All of them, in the order in which they are shown."""


def is_step_back(was: Answer | Stage, now: Answer | Stage) -> bool:
    """Return whether less is answered or done than before: in progress after complete, declined after
    accepted."""
    return now.facts.how_far < was.facts.how_far


@dataclass
class BlockedOnWhat(Refusal):
    """A body that is stuck needs to say on what it waits; `stage` is what it said."""

    recommendation_id: str
    body_name: str
    stage: Stage


@dataclass
class NotComplete(Refusal):
    """Only what the body calls complete can be checked; `stage` is where it stands."""

    recommendation_id: str
    body_name: str
    stage: Stage


@dataclass
class ClosedByInspectorate(Refusal):
    """What the inspectorate has closed, on a London date, no progress of the body opens again."""

    recommendation_id: str
    body_name: str
    closed_on: date | None


@dataclass
class NothingToReopen(Refusal):
    """Only what is done can be reopened; `stage` is where it stands."""

    recommendation_id: str
    body_name: str
    stage: Stage


@dataclass
class DateNotLater(Refusal):
    """An extension to a day that is no later than the deadline (a London date), or without a deadline."""

    recommendation_id: str
    body_name: str
    due_on: date | None


@dataclass
class ExpectedInThePast(Refusal):
    """The London date on which a body expects to be done has passed already."""

    recommendation_id: str
    body_name: str
    day: date


@dataclass
class NothingToExpect(Refusal):
    """Nothing is left to be done, so no day is expected; `answer` and `stage` are where it stands."""

    recommendation_id: str
    body_name: str
    answer: Answer
    stage: Stage


class Duty(StrEnum):
    """The two things a body owes, each with a deadline of its own."""

    RESPONSE = "response"
    ACTION = "action"

    def deadline(self, respond_by: date | None, due_on: date | None) -> date | None:
        """Return which of two London dates is its deadline: to respond, or to be done."""
        match self:
            case Duty.RESPONSE:
                return respond_by
            case Duty.ACTION:
                return due_on
            case _:
                assert_never(self)

    # Asked of every row of a list, and of few different states.
    @cache
    def is_owed(self, answer: Answer, stage: Stage) -> bool:
        """Return whether a body that stands there owes it, as long as anything is asked of it."""
        match self:
            case Duty.RESPONSE:
                return not answer.is_given
            case Duty.ACTION:
                return answer.facts.asks_for_action and not stage.is_done
            case _:
                assert_never(self)


def owes_anything(answer: Answer, stage: Stage) -> bool:
    return any(duty.is_owed(answer, stage) for duty in Duty)


class LatestUpdate(Struct, frozen=True):
    """The latest update in short, kept in the addressee's own row so that a lookup reads no history."""

    seq: int
    kind: str
    author_team: str
    author_user: str
    recorded_at: datetime
    excerpt: str
    quotable: bool


AddresseeKey = tuple[str, str]
"""Which addressee: the id of its recommendation and the code of its body."""


class Addressee(Struct, frozen=True):
    """`respond_by` and `due_on` are London dates, `due_on` the one in force; `moved_on` is the day the
    latest update stands from; `version` counts the updates.

    `passed_to` is the code of the body that stands in this one's place since it ended. `undecided` are the
    duties on which predecessors differ and nobody has said yet how their successor stands.

    `expected_on` is the London date on which the body itself expects to be done. `slips` are extensions that
    were granted, by `slip_days` in all; `expectation_moves` counts how often the body expected a later day
    than before.

    `closed_on` is the London date on which the inspectorate closed it, `closing_level` its own word for how
    far it was convinced, such as 2; empty where it gave none."""

    recommendation_id: str
    body_code: str
    body_name: str
    live: bool = True
    answer: Answer = Answer.AWAITING
    stage: Stage = Stage.NOT_STARTED
    parts_addressed: tuple[str, ...] = ()  # the labels of the parts that are complete
    part_states: tuple[tuple[str, Stage], ...] = ()  # of those that are begun and not complete
    respond_by: date | None = None
    due_on: date | None = None
    expected_on: date | None = None
    slips: int = 0
    slip_days: int = 0
    expectation_moves: int = 0
    closed_on: date | None = None
    closing_level: str = ""
    moved_on: date | None = None
    version: int = 0
    response_seq: int | None = None
    progress_seq: int | None = None
    latest_update: LatestUpdate | None = None
    passed_to: str | None = None
    undecided: tuple[Duty, ...] = ()

    @property
    def key(self) -> AddresseeKey:
        return self.recommendation_id, self.body_code

    @property
    def counted(self) -> tuple[object, ...]:
        """All of it, besides its marks, that any count tells."""
        return self.live, self.answer, self.stage, self.respond_by, self.due_on, self.moved_on

    def respond(self, answer: Answer, reason: str) -> "Addressee":
        """Return the addressee with the response. Raises ReasonRequired for anything short of acceptance
        without a reason."""
        if answer.facts.needs_reason and not reason.strip():
            raise ReasonRequired(answer, self.recommendation_id, self.body_name)
        return replace(self, answer=answer, undecided=self._undecided_but(Duty.RESPONSE))

    def progress(self, stage: Stage, text: str) -> "Addressee":
        """Return the addressee with the progress. Raises BlockedOnWhat when a body is stuck and does not say
        on what, and ClosedByInspectorate."""
        if self.stage.facts.is_inspectorates_word and stage is not self.stage:
            raise ClosedByInspectorate(self.recommendation_id, self.body_name, self.closed_on)
        if stage.is_stuck and not text.strip():
            raise BlockedOnWhat(self.recommendation_id, self.body_name, stage)
        return replace(self, stage=stage, undecided=self._undecided_but(Duty.ACTION))

    def check(self) -> "Addressee":
        """Agree, as a coordinator, that it is complete. Raises NotComplete when the body has not said so."""
        if not self.stage.facts.can_be_checked:
            raise NotComplete(self.recommendation_id, self.body_name, self.stage)
        return replace(self, stage=Stage.CHECKED, undecided=self._undecided_but(Duty.ACTION))

    def close(self, on: date, level: str, source: str) -> "Addressee":
        """Close it as the inspectorate did on a London date, as a source says, whatever the body says of it.

        Raises ClosedByInspectorate where it has closed it already, and ReasonRequired without a source."""
        if self.stage.facts.is_inspectorates_word:
            raise ClosedByInspectorate(self.recommendation_id, self.body_name, self.closed_on)
        if not source.strip():
            raise ReasonRequired("close", self.recommendation_id, self.body_name)
        undecided = self._undecided_but(Duty.ACTION)
        return replace(self, stage=Stage.CLOSED, closed_on=on, closing_level=level, undecided=undecided)

    def reopen(self, reason: str) -> "Addressee":
        """Put what was complete under way again. Raises NothingToReopen, ReasonRequired."""
        if not self.stage.is_done:
            raise NothingToReopen(self.recommendation_id, self.body_name, self.stage)
        if not reason.strip():
            raise ReasonRequired("reopen", self.recommendation_id, self.body_name)
        undecided = self._undecided_but(Duty.ACTION)
        return replace(self, stage=Stage.IN_PROGRESS, closed_on=None, closing_level="", undecided=undecided)

    def extend(self, until: date, reason: str) -> "Addressee":
        """Move the deadline for action to a later London date. Raises DateNotLater, ReasonRequired."""
        if not reason.strip():
            raise ReasonRequired("extend", self.recommendation_id, self.body_name, until)
        return self.due_until(until)

    def due_until(self, until: date) -> "Addressee":
        """Move the deadline for action to a later London date. Raises DateNotLater."""
        if self.due_on is None or until <= self.due_on:
            raise DateNotLater(self.recommendation_id, self.body_name, self.due_on)
        return replace(self, due_on=until)

    def _undecided_but(self, duty: Duty) -> tuple[Duty, ...]:
        """Return what is left to be decided once the body has said how it stands with a duty."""
        return tuple(other for other in self.undecided if other is not duty)

    def expect(self, on: date, reason: str, today: date) -> "Addressee":
        """Say on which London date the body itself expects to be done.

        Raises NothingToExpect, ExpectedInThePast, and ReasonRequired for a day after the deadline, or after
        the day that was expected before."""
        if not self.owes(Duty.ACTION):
            raise NothingToExpect(self.recommendation_id, self.body_name, self.answer, self.stage)
        if on < today:
            raise ExpectedInThePast(self.recommendation_id, self.body_name, on)
        must_be_explained = any(day is not None and day < on for day in (self.due_on, self.expected_on))
        if must_be_explained and not reason.strip():
            raise ReasonRequired("expect", self.recommendation_id, self.body_name, on)
        return replace(self, expected_on=on)

    @property
    def expects(self) -> date | None:
        """The London date on which the body expects to be done, as long as it is not done."""
        return self.expected_on if self.owes(Duty.ACTION) else None

    @property
    def is_expected_late(self) -> bool:
        """Whether the body itself expects a day after its deadline."""
        late = self.expected_on is not None and self.due_on is not None and self.due_on < self.expected_on
        return late and self.owes(Duty.ACTION)

    @property
    def has_moved_a_date_twice(self) -> bool:
        """Whether its deadline was extended twice, or it expected a later day twice."""
        return max(self.slips, self.expectation_moves) >= 2

    def owes(self, duty: Duty) -> bool:
        return self.live and duty.is_owed(self.answer, self.stage)

    def owes_if_live(self, duty: Duty) -> bool:
        """Whether it would owe a duty if it were still asked for."""
        return duty.is_owed(self.answer, self.stage)

    def deadline(self, duty: Duty) -> date | None:
        return duty.deadline(self.respond_by, self.due_on)

    @property
    def owed_by(self) -> date | None:
        """The first deadline of what is owed, a London date: the last day there is where it has none, and
        None where nothing is owed."""
        owed = [self.deadline(duty) for duty in Duty if self.owes(duty)]
        return min((deadline or date.max for deadline in owed), default=None)

    def is_overdue(self, duty: Duty, today: date) -> bool:
        """Whether the day after the deadline has begun in London and the duty is not done."""
        deadline = self.deadline(duty)
        return deadline is not None and deadline < today and self.owes(duty)
