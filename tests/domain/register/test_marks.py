"""What marks an addressee, and which of it an update can change without anybody reading the history."""

from datetime import UTC, date, datetime
from itertools import product

import pytest

from bot.domain.register.addressee import Addressee, LatestUpdate, Stage
from bot.domain.register.marks import Mark, carried, leaves_other_marks, marks_of, own_marks, written
from bot.domain.register.update import STATEMENTS, Draft, UpdateKind, Via
from bot.domain.values import replace

STATED, LATER = date(2025, 3, 27), date(2025, 4, 30)
PLAIN = Addressee("stalking-15", "kent", "Kent", due_on=STATED)
NOTED = LatestUpdate(
    7, UpdateKind.NOTE, "T1", "U1", datetime(2025, 3, 1, tzinfo=UTC), "a text", quotable=False
)
STANDINGS = (
    PLAIN,
    replace(PLAIN, expected_on=LATER),
    replace(PLAIN, expected_on=LATER, stage=Stage.COMPLETE),
    replace(PLAIN, slips=2),
    replace(PLAIN, latest_update=NOTED),
    replace(PLAIN, latest_update=replace(NOTED, quotable=True)),
    replace(PLAIN, latest_update=replace(NOTED, excerpt="")),
)


def drafted(kind: UpdateKind, evidence_url: str = "") -> Draft:
    return Draft(kind=kind, stands_from=STATED, via=Via.SLACK, by=None, evidence_url=evidence_url)


@pytest.mark.parametrize("has_evidence", [True, False])
@pytest.mark.parametrize("asks_for_time", [True, False])
@pytest.mark.parametrize("due_on", [STATED, LATER, None])
def test_marks_that_are_carried_on_are_those_that_are_read_anew(
    has_evidence: bool, asks_for_time: bool, due_on: date | None
) -> None:
    def marks(addressee: Addressee) -> str:
        return written(marks_of(addressee, STATED, has_evidence=has_evidence, asks_for_time=asks_for_time))

    standings = [replace(standing, due_on=due_on) for standing in STANDINGS]
    for before, after in product(standings, standings):
        assert carried(marks(before), after) == marks(after)


def test_every_mark_is_told_by_the_row_or_by_the_history() -> None:
    own = own_marks(replace(PLAIN, expected_on=LATER, slips=2, latest_update=NOTED)) | own_marks(STANDINGS[5])
    others = marks_of(replace(PLAIN, due_on=LATER), STATED, has_evidence=True, asks_for_time=True)
    assert own | others == set(Mark)
    assert not own & others


def test_most_of_what_a_body_says_leaves_the_other_marks_alone() -> None:
    for kind in UpdateKind:
        assert leaves_other_marks(PLAIN, STANDINGS[4], drafted(kind)) == (kind in STATEMENTS)


def test_evidence_and_another_deadline_do_not() -> None:
    with_evidence = drafted(UpdateKind.NOTE, "https://example.org/minutes")
    assert not leaves_other_marks(PLAIN, PLAIN, with_evidence)
    assert not leaves_other_marks(PLAIN, replace(PLAIN, due_on=LATER), drafted(UpdateKind.NOTE))
