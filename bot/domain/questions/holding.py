"""Whether a condition of a question holds of one recommendation with one body, and which cannot be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import assert_never

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

# Of which answers and stages a state is made: of one addressee here, and of all in a query.
ANSWERS_OF = {
    AskedState.ACCEPTED: frozenset((Answer.ACCEPTED,)),
    AskedState.NOT_YET_ACCEPTED: frozenset(Answer) - {Answer.ACCEPTED},
    AskedState.IN_PART: frozenset((Answer.ACCEPTED_IN_PART,)),
    AskedState.NOT_ACCEPTED: frozenset((Answer.NOT_ACCEPTED,)),
    AskedState.WAITING: frozenset((Answer.AWAITING,)),
    AskedState.RESPONDED: frozenset(Answer) - {Answer.AWAITING},
}
STAGES_OF = {
    AskedState.NOT_STARTED: frozenset((Stage.NOT_STARTED,)),
    AskedState.STARTED: frozenset(Stage) - {Stage.NOT_STARTED},
    AskedState.IN_PROGRESS: frozenset((Stage.IN_PROGRESS,)),
    AskedState.BLOCKED: frozenset((Stage.BLOCKED,)),
    AskedState.NOT_BLOCKED: frozenset(Stage) - {Stage.BLOCKED},
    AskedState.COMPLETE: frozenset(stage for stage in Stage if stage.is_done),
    AskedState.NOT_COMPLETE: frozenset(stage for stage in Stage if not stage.is_done),
    AskedState.CHECKED: frozenset((Stage.CHECKED,)),
    AskedState.NOT_CHECKED: frozenset((Stage.COMPLETE,)),
    AskedState.CLOSED: frozenset((Stage.CLOSED,)),
    AskedState.NOT_CLOSED: frozenset(Stage) - {Stage.CLOSED},
}
# By which marks a state holds: by any of them where it is true, by none where it is false.
MARKS_OF = {
    AskedState.EXTENDED: (frozenset((Mark.EXTENDED,)), True),
    AskedState.EXTENSION_ASKED: (frozenset((Mark.ASKS_FOR_TIME,)), True),
    AskedState.EXTENSIONS: (frozenset((Mark.EXTENDED, Mark.ASKS_FOR_TIME)), True),
    AskedState.EXPECTED_LATE: (frozenset((Mark.EXPECTED_LATE,)), True),
    AskedState.MOVED_TWICE: (frozenset((Mark.MOVED_TWICE,)), True),
    AskedState.EVIDENCE: (frozenset((Mark.EVIDENCE,)), True),
    AskedState.NO_EVIDENCE: (frozenset((Mark.EVIDENCE,)), False),
    AskedState.QUOTABLE: (frozenset((Mark.QUOTABLE,)), True),
    AskedState.NOT_QUOTABLE: (frozenset((Mark.INTERNAL,)), True),
}


def is_recorded(condition: Condition) -> bool:
    return condition not in NOT_RECORDED


@dataclass(frozen=True, slots=True)
class Facts:
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
    """Tell whether it holds on a London date. Raises ValueError for what is not recorded."""
    match condition:
        case AskedState():
            return _state_holds(condition, addressee, facts, day)
        case NoNews(days=days):
            return _is_open(addressee) and _is_silent(addressee, days_before(day, days))
        case Theme() | Priority():
            raise ValueError("this is for the recommendation to say")
        case _:
            assert_never(condition)


def days_before(day: date, days: int) -> date:
    """Count back from a London date, to the first day there is at most."""
    return day - timedelta(days=min(days, (day - date.min).days))


def _is_open(addressee: Addressee) -> bool:
    return any(map(addressee.owes, Duty))


def _is_silent(addressee: Addressee, since: date) -> bool:
    return addressee.moved_on is None or addressee.moved_on <= since


def _is_late(addressee: Addressee, day: date) -> bool:
    return any(addressee.is_overdue(duty, day) for duty in Duty)


def _is_marked(state: AskedState, addressee: Addressee, facts: Facts) -> bool:
    marks = marks_of(
        addressee,
        facts.stated_due_on,
        has_evidence=facts.has_evidence,
        asks_for_time=facts.asked_until is not None,
    )
    mark_group, any_of_them = MARKS_OF[state]
    return bool(marks & mark_group) is any_of_them


def _state_holds(state: AskedState, addressee: Addressee, facts: Facts, day: date) -> bool:
    match state:
        case (
            AskedState.ACCEPTED
            | AskedState.NOT_YET_ACCEPTED
            | AskedState.IN_PART
            | AskedState.NOT_ACCEPTED
            | AskedState.WAITING
            | AskedState.RESPONDED
        ):
            return addressee.answer in ANSWERS_OF[state]
        case (
            AskedState.NOT_STARTED
            | AskedState.STARTED
            | AskedState.IN_PROGRESS
            | AskedState.BLOCKED
            | AskedState.NOT_BLOCKED
            | AskedState.COMPLETE
            | AskedState.NOT_COMPLETE
            | AskedState.CHECKED
            | AskedState.NOT_CHECKED
            | AskedState.CLOSED
            | AskedState.NOT_CLOSED
        ):
            return addressee.stage in STAGES_OF[state]
        case AskedState.OVERDUE:
            return _is_late(addressee, day)
        case AskedState.NOT_OVERDUE:
            return not _is_late(addressee, day)
        case (
            AskedState.EXTENDED
            | AskedState.EXTENSION_ASKED
            | AskedState.EXTENSIONS
            | AskedState.EXPECTED_LATE
            | AskedState.MOVED_TWICE
            | AskedState.EVIDENCE
            | AskedState.NO_EVIDENCE
            | AskedState.QUOTABLE
            | AskedState.NOT_QUOTABLE
        ):
            return _is_marked(state, addressee, facts)
        case AskedState.CONTACT:
            return facts.has_contact
        case AskedState.NO_CONTACT:
            return not facts.has_contact
        case AskedState.APPROVED:
            return Approvals.of(addressee, facts.approvals).is_given
        case AskedState.NOT_APPROVED:
            return Approvals.of(addressee, facts.approvals).is_missing
        case AskedState.DONE_LATE:
            raise ValueError(f"not recorded: {state}")
        case _:
            assert_never(state)
