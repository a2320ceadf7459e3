"""Whether a condition of a question holds of one recommendation with one body, and which cannot be told."""

from collections.abc import Container, Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal, assert_never

from msgspec import Struct, field

from bot.domain.questions.model import AskedState, Condition, NoNews, Priority, Theme
from bot.domain.register.addressee import Addressee, Answer, Duty, Stage
from bot.domain.register.approval import Approval, Approvals, approvals_by_seq
from bot.domain.register.extension import until
from bot.domain.register.marks import Mark, marks_of
from bot.domain.register.transition import ANSWER_SINCE, STAGE_SINCE, Value
from bot.domain.register.update import Update, UpdateKind

# Of these the register holds nothing yet.
NOT_RECORDED = frozenset(
    (
        # Known of what is done is the day of the last update, which may be a later note.
        AskedState.DONE_LATE,
    )
)
# These are known as they are today, and not as they were.
NOT_OF_THE_PAST = frozenset(
    (AskedState.CONTACT, AskedState.NO_CONTACT, AskedState.QUOTABLE, AskedState.NOT_QUOTABLE)
)


class FromAnswers(Struct, frozen=True):
    """A condition that holds with any of these answers."""

    answers: frozenset[Answer]


class FromStages(Struct, frozen=True):
    """A condition that holds with any of these stages of progress."""

    stages: frozenset[Stage]


class FromMarks(Struct, frozen=True):
    """A condition that holds with any of these marks; with none of them where `is_wanted` is false."""

    marks: frozenset[Mark]
    is_wanted: bool = True

    def holds(self, marks: Container[str]) -> bool:
        """Tell whether it holds with these marks, which may be in one text, as they are stored."""
        return any(mark in marks for mark in self.marks) is self.is_wanted


# Each of these has a rule of its own, here and in SQL.
OwnRule = (
    Literal[
        AskedState.OVERDUE,
        AskedState.NOT_OVERDUE,
        AskedState.DONE_LATE,
        AskedState.CONTACT,
        AskedState.NO_CONTACT,
        AskedState.APPROVED,
        AskedState.NOT_APPROVED,
    ]
    | NoNews
    | Theme
    | Priority
)
Basis = FromAnswers | FromStages | FromMarks | OwnRule


@cache
def basis_of(condition: Condition) -> Basis:  # noqa: PLR0912 - a case for each state
    """Return what a condition is decided from: of one addressee here, and of all of them in a query."""
    match condition:
        case AskedState.ACCEPTED:
            return FromAnswers(frozenset((Answer.ACCEPTED,)))
        case AskedState.NOT_YET_ACCEPTED:
            return FromAnswers(frozenset(Answer) - {Answer.ACCEPTED})
        case AskedState.IN_PART:
            return FromAnswers(frozenset((Answer.ACCEPTED_IN_PART,)))
        case AskedState.NOT_ACCEPTED:
            return FromAnswers(frozenset((Answer.NOT_ACCEPTED,)))
        case AskedState.WAITING:
            return FromAnswers(frozenset((Answer.AWAITING,)))
        case AskedState.RESPONDED:
            return FromAnswers(frozenset(Answer) - {Answer.AWAITING})
        case AskedState.NOT_STARTED:
            return FromStages(frozenset((Stage.NOT_STARTED,)))
        case AskedState.STARTED:
            return FromStages(frozenset(Stage) - {Stage.NOT_STARTED})
        case AskedState.IN_PROGRESS:
            return FromStages(frozenset((Stage.IN_PROGRESS,)))
        case AskedState.BLOCKED:
            return FromStages(frozenset((Stage.BLOCKED,)))
        case AskedState.NOT_BLOCKED:
            return FromStages(frozenset(Stage) - {Stage.BLOCKED})
        case AskedState.COMPLETE:
            return FromStages(frozenset(stage for stage in Stage if stage.is_done))
        case AskedState.NOT_COMPLETE:
            return FromStages(frozenset(stage for stage in Stage if not stage.is_done))
        case AskedState.CHECKED:
            return FromStages(frozenset((Stage.CHECKED,)))
        case AskedState.NOT_CHECKED:
            return FromStages(frozenset((Stage.COMPLETE,)))
        case AskedState.CLOSED:
            return FromStages(frozenset((Stage.CLOSED,)))
        case AskedState.NOT_CLOSED:
            return FromStages(frozenset(Stage) - {Stage.CLOSED})
        case AskedState.EXTENDED:
            return FromMarks(frozenset((Mark.EXTENDED,)))
        case AskedState.EXTENSION_ASKED:
            return FromMarks(frozenset((Mark.ASKS_FOR_TIME,)))
        case AskedState.EXTENSIONS:
            return FromMarks(frozenset((Mark.EXTENDED, Mark.ASKS_FOR_TIME)))
        case AskedState.EXPECTED_LATE:
            return FromMarks(frozenset((Mark.EXPECTED_LATE,)))
        case AskedState.MOVED_TWICE:
            return FromMarks(frozenset((Mark.MOVED_TWICE,)))
        case AskedState.EVIDENCE:
            return FromMarks(frozenset((Mark.EVIDENCE,)))
        case AskedState.NO_EVIDENCE:
            return FromMarks(frozenset((Mark.EVIDENCE,)), is_wanted=False)
        case AskedState.QUOTABLE:
            return FromMarks(frozenset((Mark.QUOTABLE,)))
        case AskedState.NOT_QUOTABLE:
            return FromMarks(frozenset((Mark.INTERNAL,)))
        case (
            AskedState.OVERDUE
            | AskedState.NOT_OVERDUE
            | AskedState.DONE_LATE
            | AskedState.CONTACT
            | AskedState.NO_CONTACT
            | AskedState.APPROVED
            | AskedState.NOT_APPROVED
            | NoNews()
            | Theme()
            | Priority()
        ):
            return condition
        case _:
            assert_never(condition)


def is_recorded(condition: Condition) -> bool:
    return condition not in NOT_RECORDED


class Facts(Struct, frozen=True):
    """What is known of an addressee beside its own row."""

    stated_due_on: date | None = None  # as the report states it, before any extension
    has_evidence: bool = False
    asked_until: date | None = None  # by an extension that is asked for and not decided
    has_contact: bool = False
    stage_since: date | None = None  # London dates from which they stand; None where they never changed
    answer_since: date | None = None
    approvals: Mapping[int, Approval] = field(default_factory=dict)  # by the numbers of the recordings


def facts_of(updates: Iterable[Update], stated_due_on: date | None = None) -> Facts:
    """Fold what `Facts` tells from the updates of an addressee that count, oldest first."""
    recorded = tuple(updates)
    has_evidence, waiting = False, dict[int, date]()
    since: dict[str, date] = {}
    for update in recorded:
        draft = update.draft
        has_evidence = has_evidence or bool(draft.evidence_url)
        if draft.kind is UpdateKind.EXTENSION_ASKED:
            waiting[update.seq] = until(update)
        elif draft.about_seq in waiting:
            del waiting[draft.about_seq]
        since.update({change.what: draft.stands_from for change in draft.changes if change.was != change.now})
        # A successor stands so from the day on which its predecessors did.
        since.update(_inherited_since(update))
    return Facts(
        stated_due_on=stated_due_on,
        has_evidence=has_evidence,
        asked_until=next(reversed(waiting.values()), None),
        stage_since=since.get(Value.STAGE),
        answer_since=since.get(Value.ANSWER),
        approvals=approvals_by_seq(recorded),
    )


def _inherited_since(update: Update) -> dict[str, date]:
    value_of = {ANSWER_SINCE: Value.ANSWER, STAGE_SINCE: Value.STAGE}
    return {
        value_of[change.what].value: date.fromisoformat(change.now)
        for change in update.draft.changes
        if change.what in value_of and change.now
    }


def holds(condition: Condition, addressee: Addressee, facts: Facts, day: date) -> bool:
    """Tell whether it holds on a London date. Raises ValueError for what one addressee does not tell."""
    basis = basis_of(condition)
    match basis:
        case FromAnswers(answers=answers):
            return addressee.answer in answers
        case FromStages(stages=stages):
            return addressee.stage in stages
        case FromMarks():
            return basis.holds(_marks_of(addressee, facts))
        case AskedState.OVERDUE:
            return _is_late(addressee, day)
        case AskedState.NOT_OVERDUE:
            return not _is_late(addressee, day)
        case AskedState.CONTACT:
            return facts.has_contact
        case AskedState.NO_CONTACT:
            return not facts.has_contact
        case AskedState.APPROVED:
            return Approvals.of(addressee, facts.approvals).is_given
        case AskedState.NOT_APPROVED:
            return Approvals.of(addressee, facts.approvals).is_missing
        case NoNews(days=days):
            return _is_open(addressee) and _is_silent(addressee, days_before(day, days))
        case AskedState.DONE_LATE | Theme() | Priority():
            raise ValueError(f"not told by one addressee: {basis}")
        case _:
            assert_never(basis)


def days_before(day: date, days: int) -> date:
    """Count back from a London date, to the first day there is at most."""
    return day - timedelta(days=min(days, (day - date.min).days))


def _is_open(addressee: Addressee) -> bool:
    return any(map(addressee.owes, Duty))


def _is_silent(addressee: Addressee, since: date) -> bool:
    return addressee.moved_on is None or addressee.moved_on <= since


def _is_late(addressee: Addressee, day: date) -> bool:
    return any(addressee.is_overdue(duty, day) for duty in Duty)


def _marks_of(addressee: Addressee, facts: Facts) -> frozenset[Mark]:
    return marks_of(
        addressee,
        facts.stated_due_on,
        has_evidence=facts.has_evidence,
        asks_for_time=facts.asked_until is not None,
    )
