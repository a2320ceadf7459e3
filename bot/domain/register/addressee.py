"""One recommendation as it stands with one policing body: what it answered, and how far it is."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never

from bot.domain.refusals import (
    BlockedOnWhat,
    DateNotLater,
    NotComplete,
    NothingToReopen,
    ReasonRequired,
)


class Answer(StrEnum):
    """The body's response: does it accept the recommendation?"""

    AWAITING = "awaiting"
    ACCEPTED = "accepted"
    ACCEPTED_IN_PART = "accepted in part"
    NOT_ACCEPTED = "not accepted"

    @property
    def place(self) -> int:
        """Its place among the others on screen."""
        match self:
            case Answer.ACCEPTED:
                return 0
            case Answer.ACCEPTED_IN_PART:
                return 1
            case Answer.NOT_ACCEPTED:
                return 2
            case Answer.AWAITING:
                return 3
            case _:
                assert_never(self)


class Stage(StrEnum):
    """The body's progress; `CHECKED` is shown as "checked by the association"."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    BLOCKED = "blocked"
    COMPLETE = "complete"
    CHECKED = "checked"

    @property
    def is_done(self) -> bool:
        match self:
            case Stage.COMPLETE | Stage.CHECKED:
                return True
            case Stage.NOT_STARTED | Stage.IN_PROGRESS | Stage.BLOCKED:
                return False
            case _:
                assert_never(self)

    @property
    def place(self) -> int:
        """Its place among the others on screen: what is furthest comes first."""
        match self:
            case Stage.COMPLETE:
                return 0
            case Stage.CHECKED:
                return 1
            case Stage.IN_PROGRESS:
                return 2
            case Stage.BLOCKED:
                return 3
            case Stage.NOT_STARTED:
                return 4
            case _:
                assert_never(self)


ANSWERS_IN_ORDER = tuple(sorted(Answer, key=lambda answer: answer.place))
STAGES_IN_ORDER = tuple(sorted(Stage, key=lambda stage: stage.place))
"""All of them, in the order in which they are shown."""


def is_step_back(was: Answer | Stage, now: Answer | Stage) -> bool:
    """Whether less is answered or done than before: in progress after complete, declined after accepted."""
    return _how_far(now) < _how_far(was)


def _how_far(state: Answer | Stage) -> int:
    match state:
        case Stage.NOT_STARTED | Answer.AWAITING:
            return 0
        case Stage.IN_PROGRESS | Stage.BLOCKED | Answer.NOT_ACCEPTED:
            return 1
        case Stage.COMPLETE | Answer.ACCEPTED_IN_PART:
            return 2
        case Stage.CHECKED | Answer.ACCEPTED:
            return 3
    assert_never(state)


class Duty(StrEnum):
    """The two things a body owes, each with a deadline of its own."""

    RESPONSE = "response"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class LatestUpdate:
    """The latest update in short, kept in the addressee's own row so that a lookup reads no history."""

    seq: int
    kind: str
    author_team: str
    author_user: str
    recorded_at: datetime
    excerpt: str
    quotable: bool


@dataclass(frozen=True, slots=True)
class Addressee:
    """`respond_by` and `due_on` are London dates, `due_on` the one in force; `moved_on` is the day the
    latest update stands from; `version` counts the updates."""

    recommendation_id: str
    body_code: str
    body_name: str
    live: bool = True
    answer: Answer = Answer.AWAITING
    stage: Stage = Stage.NOT_STARTED
    parts_addressed: tuple[str, ...] = ()
    respond_by: date | None = None
    due_on: date | None = None
    moved_on: date | None = None
    version: int = 0
    response_seq: int | None = None
    progress_seq: int | None = None
    face: LatestUpdate | None = None

    def respond(self, answer: Answer, reason: str) -> "Addressee":
        """Raises ReasonRequired for anything short of acceptance without a reason."""
        if answer is not Answer.ACCEPTED and not reason.strip():
            raise ReasonRequired(answer, self.recommendation_id, self.body_name)
        return replace(self, answer=answer)

    def progress(self, stage: Stage, text: str) -> "Addressee":
        """Raises BlockedOnWhat when a body is blocked and does not say on what."""
        if stage is Stage.BLOCKED and not text.strip():
            raise BlockedOnWhat(self.recommendation_id, self.body_name)
        return replace(self, stage=stage)

    def check(self) -> "Addressee":
        """A coordinator agrees that it is complete. Raises NotComplete when the body has not said so."""
        if self.stage is not Stage.COMPLETE:
            raise NotComplete(self.recommendation_id, self.body_name, self.stage)
        return replace(self, stage=Stage.CHECKED)

    def reopen(self, reason: str) -> "Addressee":
        """What was complete is under way again. Raises NothingToReopen, ReasonRequired."""
        if not self.stage.is_done:
            raise NothingToReopen(self.recommendation_id, self.body_name, self.stage)
        if not reason.strip():
            raise ReasonRequired("reopen", self.recommendation_id, self.body_name)
        return replace(self, stage=Stage.IN_PROGRESS)

    def extend(self, until: date, reason: str) -> "Addressee":
        """Moves the deadline for action to a later London date. Raises DateNotLater, ReasonRequired."""
        if not reason.strip():
            raise ReasonRequired("extend", self.recommendation_id, self.body_name)
        return self.due_until(until)

    def due_until(self, until: date) -> "Addressee":
        """With a later deadline for action, a London date. Raises DateNotLater."""
        if self.due_on is None or until <= self.due_on:
            raise DateNotLater(self.recommendation_id, self.body_name, self.due_on)
        return replace(self, due_on=until)

    def owes(self, duty: Duty) -> bool:
        if not self.live:
            return False
        if duty is Duty.RESPONSE:
            return self.answer is Answer.AWAITING
        return self.answer is not Answer.NOT_ACCEPTED and not self.stage.is_done

    def deadline(self, duty: Duty) -> date | None:
        return self.respond_by if duty is Duty.RESPONSE else self.due_on

    def is_overdue(self, duty: Duty, today: date) -> bool:
        """Overdue means that the day after the deadline has begun in London and the duty is not done."""
        deadline = self.deadline(duty)
        return deadline is not None and deadline < today and self.owes(duty)
