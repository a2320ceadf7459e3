"""How an addressee stood at the end of an earlier day, from its updates alone."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.fold import state_at
from bot.domain.register.update import Change, Draft, Update, UpdateKind, Via
from tests.cast import ALICE

DEADLINE = date(2025, 3, 27)
ASKED = Addressee("stalking-15", "E23000032", "Kent", due_on=DEADLINE)
LETTER = date(2024, 11, 22)
LOADED = date(2025, 1, 6)


def instant(on: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=UTC)


def recorded_update(
    seq: int,
    kind: UpdateKind,
    recorded: datetime,
    *changes: tuple[str, str, str],
    stands_from: date | None = None,
    about: int | None = None,
) -> Update:
    """Recorded by Alice; it stands from the day of recording unless an earlier one is given."""
    draft = Draft(
        kind=kind,
        stands_from=stands_from or recorded.date(),
        via=Via.SLACK,
        by=ALICE,
        changes=tuple(Change(*change) for change in changes),
        about_seq=about,
    )
    return Update(seq, recorded, draft)


ACCEPTED = recorded_update(
    1, UpdateKind.RESPONSE, instant(LOADED), ("answer", "awaiting", "accepted"), stands_from=LETTER
)
BEGUN = recorded_update(
    2, UpdateKind.PROGRESS, instant(date(2025, 2, 3)), ("stage", "not started", "in progress")
)
PARTS = recorded_update(3, UpdateKind.PROGRESS, instant(date(2025, 2, 10)), ("parts addressed", "", "a b"))
EXTENDED = recorded_update(
    4,
    UpdateKind.EXTENSION_GRANTED,
    instant(date(2025, 3, 1)),
    ("due_on", "2025-03-27", "2025-04-30"),
)
DONE = recorded_update(
    5, UpdateKind.PROGRESS, instant(date(2025, 3, 5)), ("stage", "in progress", "complete")
)
CHECKED = recorded_update(6, UpdateKind.CHECK, instant(date(2025, 3, 6)), ("stage", "complete", "checked"))
REOPENED = recorded_update(
    7, UpdateKind.REOPEN, instant(date(2025, 3, 9)), ("stage", "checked", "in progress")
)
STORY = (ACCEPTED, BEGUN, PARTS, EXTENDED, DONE, CHECKED, REOPENED)


@pytest.mark.parametrize(
    ("day", "answer", "stage", "parts", "due_on"),
    [
        (date(2024, 11, 21), Answer.AWAITING, Stage.NOT_STARTED, (), DEADLINE),
        (LETTER, Answer.ACCEPTED, Stage.NOT_STARTED, (), DEADLINE),
        (date(2025, 2, 3), Answer.ACCEPTED, Stage.IN_PROGRESS, (), DEADLINE),
        (date(2025, 2, 28), Answer.ACCEPTED, Stage.IN_PROGRESS, ("a", "b"), DEADLINE),
        (date(2025, 3, 1), Answer.ACCEPTED, Stage.IN_PROGRESS, ("a", "b"), date(2025, 4, 30)),
        (date(2025, 3, 5), Answer.ACCEPTED, Stage.COMPLETE, ("a", "b"), date(2025, 4, 30)),
        (date(2025, 3, 8), Answer.ACCEPTED, Stage.CHECKED, ("a", "b"), date(2025, 4, 30)),
        (date(2025, 3, 9), Answer.ACCEPTED, Stage.IN_PROGRESS, ("a", "b"), date(2025, 4, 30)),
    ],
)
def test_each_value_is_the_last_one_that_stood_by_the_end_of_the_day(
    day: date, answer: Answer, stage: Stage, parts: tuple[str, ...], due_on: date
) -> None:
    stood = state_at(ASKED, STORY, day).addressee
    assert (stood.answer, stood.stage, stood.parts_addressed, stood.due_on) == (answer, stage, parts, due_on)


def test_nothing_recorded_leaves_it_as_it_was_asked() -> None:
    past = state_at(ASKED, (), LOADED)
    assert (past.addressee, past.updates, past.recorded_later) == (ASKED, (), 0)


def test_the_day_it_moved_and_the_updates_that_say_so_are_of_that_day() -> None:
    stood = state_at(ASKED, STORY, date(2025, 2, 12)).addressee
    assert (stood.moved_on, stood.response_seq, stood.progress_seq) == (date(2025, 2, 10), 1, 3)


@pytest.mark.parametrize(
    ("day", "known", "counted", "later"),
    [
        (LETTER, False, 1, 1),
        (date(2025, 1, 5), False, 1, 1),
        (LOADED, False, 1, 0),
        (LETTER, True, 0, 0),
        (date(2025, 1, 5), True, 0, 0),
        (LOADED, True, 1, 0),
    ],
)
def test_what_was_recorded_later_counts_and_is_counted_but_was_not_known(
    day: date, known: bool, counted: int, later: int
) -> None:
    past = state_at(ASKED, STORY, day, known=known)
    assert (len(past.updates), past.recorded_later) == (counted, later)


BEFORE_MIDNIGHT = recorded_update(
    2, UpdateKind.PROGRESS, instant(date(2025, 2, 3), 23, 55), ("stage", "not started", "blocked")
)
TAKEN_BACK = recorded_update(
    3,
    UpdateKind.UNDO,
    instant(date(2025, 2, 4), 0, 3),
    ("stage", "blocked", "not started"),
    about=2,
)


@pytest.mark.parametrize(
    ("day", "known", "stage"),
    [
        (date(2025, 2, 3), False, Stage.NOT_STARTED),
        (date(2025, 2, 4), False, Stage.NOT_STARTED),
        (date(2025, 2, 3), True, Stage.BLOCKED),
        (date(2025, 2, 4), True, Stage.NOT_STARTED),
    ],
)
def test_what_was_taken_back_never_stood_but_was_known_until_then(
    day: date, known: bool, stage: Stage
) -> None:
    past = state_at(ASKED, (ACCEPTED, BEFORE_MIDNIGHT, TAKEN_BACK), day, known=known)
    assert past.addressee.stage is stage
    assert past.addressee.moved_on == (LETTER if stage is Stage.NOT_STARTED else day)


def test_the_earlier_value_stands_again_once_the_later_one_is_taken_back() -> None:
    done = recorded_update(
        3, UpdateKind.PROGRESS, instant(date(2025, 2, 4)), ("stage", "in progress", "complete")
    )
    undo = recorded_update(
        4, UpdateKind.UNDO, instant(date(2025, 2, 4), 12, 5), ("stage", "complete", "in progress"), about=3
    )
    stood = state_at(ASKED, (ACCEPTED, BEGUN, done, undo), date(2025, 2, 5)).addressee
    assert (stood.stage, stood.progress_seq) == (Stage.IN_PROGRESS, 2)


def test_of_two_that_stood_the_one_recorded_later_holds() -> None:
    """It was written knowing the other: as at today is what stands today."""
    partly = recorded_update(
        8,
        UpdateKind.RESPONSE,
        instant(date(2025, 3, 10)),
        ("answer", "accepted", "accepted in part"),
        stands_from=date(2024, 11, 20),
    )
    updates = (*STORY, partly)

    def answers(known: bool, *days: date) -> list[Answer]:
        return [state_at(ASKED, updates, day, known=known).addressee.answer for day in days]

    days = (date(2024, 11, 20), LETTER, LOADED, date(2025, 3, 10))
    assert answers(False, *days) == [Answer.ACCEPTED_IN_PART] * 4
    assert answers(True, *days) == [
        Answer.AWAITING,
        Answer.AWAITING,
        Answer.ACCEPTED,
        Answer.ACCEPTED_IN_PART,
    ]


@pytest.mark.parametrize(
    ("recorded", "day", "known"),
    [
        # Summer time: London is an hour ahead of UTC.
        (datetime(2025, 6, 10, 22, 59, tzinfo=UTC), date(2025, 6, 10), True),
        (datetime(2025, 6, 10, 23, 0, tzinfo=UTC), date(2025, 6, 10), False),
        (datetime(2025, 1, 10, 23, 59, tzinfo=UTC), date(2025, 1, 10), True),
        (datetime(2025, 1, 11, 0, 0, tzinfo=UTC), date(2025, 1, 10), False),
    ],
)
def test_a_day_ends_at_midnight_in_london(recorded: datetime, day: date, known: bool) -> None:
    accepted = recorded_update(
        1, UpdateKind.RESPONSE, recorded, ("answer", "awaiting", "accepted"), stands_from=LETTER
    )
    assert (state_at(ASKED, (accepted,), day, known=True).addressee.answer is Answer.ACCEPTED) is known
    assert state_at(ASKED, (accepted,), day).recorded_later == (0 if known else 1)


def test_asking_for_time_and_leave_to_quote_move_no_value() -> None:
    quoting = recorded_update(2, UpdateKind.QUOTING_ALLOWED, instant(date(2025, 1, 8)), about=1)
    asking = recorded_update(
        3, UpdateKind.EXTENSION_ASKED, instant(date(2025, 1, 9)), ("due_on asked", "2025-03-27", "2025-04-30")
    )
    past = state_at(ASKED, (ACCEPTED, quoting, asking), date(2025, 1, 10))
    assert past.addressee.due_on == DEADLINE
    assert seqs(past.updates) == [1, 3]


def seqs(updates: Sequence[Update]) -> list[int]:
    return [update.seq for update in updates]
