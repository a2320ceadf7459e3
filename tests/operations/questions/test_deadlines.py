"""Finding what falls due."""

from datetime import date, timedelta

from bot.domain.questions.answers import OverdueSummary
from bot.domain.questions.grammar import typed_commands
from bot.domain.register.addressee import Answer
from bot.operations.questions import deadlines
from tests.cast import (
    ALICE,
    NOW,
    VIC,
    Register,
    a_recommendation,
    occasion,
)
from tests.operations.cases import DEADLINE, add


def test_deadlines_reach_ninety_days_unless_said(register: Register) -> None:
    def rows(**how: object) -> list[tuple[str, int, int]]:
        deadline_list = deadlines.deadlines(register.store, occasion(VIC), typed_commands.Deadlines(**how))  # type: ignore[arg-type]
        return [(row.recommendation.number, row.owed, row.addressed) for row in deadline_list.rows]

    add(
        register,
        a_recommendation("40", due_on=NOW.date() + timedelta(days=90)),
        ("kent",),
        answer=Answer.ACCEPTED,
    )
    add(
        register,
        a_recommendation("41", due_on=NOW.date() + timedelta(days=91)),
        ("kent",),
        answer=Answer.ACCEPTED,
    )
    register.says(ALICE, "complete 15: all of it")
    usual = [("15", 42, 43), ("16", 43, 43), ("25", 43, 43)]
    assert rows() == [*usual, ("40", 1, 1)]
    assert rows(everything=True) == [*usual, ("40", 1, 1), ("41", 1, 1)]
    assert rows(within_days=17) == usual
    assert rows(within_days=16) == []
    assert rows(before=date(2025, 3, 28)) == usual
    assert rows(before=DEADLINE) == []


def test_deadlines_count_what_is_overdue_already_and_know_the_next_one(register: Register) -> None:
    add(
        register,
        a_recommendation("40", respond_by=date(2025, 3, 1), due_on=None),
        ("kent", "surrey"),
        answer=Answer.AWAITING,
    )
    deadline_list = deadlines.deadlines(
        register.store, occasion(VIC), typed_commands.Deadlines(within_days=5)
    )
    assert deadline_list.late == OverdueSummary(1, date(2025, 3, 1))
    assert deadline_list.nearest[0].on == DEADLINE
