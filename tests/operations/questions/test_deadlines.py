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
    def asked(**how: object) -> list[tuple[str, int, int]]:
        found = deadlines.deadlines(register.store, occasion(VIC), typed_commands.Deadlines(**how))  # type: ignore[arg-type]
        return [(row.recommendation.number, row.owed, row.addressed) for row in found.rows]

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
    register.says(ALICE, "complete 15")
    usual = [("15", 42, 43), ("16", 43, 43), ("25", 43, 43)]
    assert asked() == [*usual, ("40", 1, 1)]
    assert asked(everything=True) == [*usual, ("40", 1, 1), ("41", 1, 1)]
    assert asked(within_days=17) == usual
    assert asked(within_days=16) == []
    assert asked(before=date(2025, 3, 28)) == usual
    assert asked(before=DEADLINE) == []


def test_deadlines_count_what_is_overdue_already_and_know_the_next_one(register: Register) -> None:
    add(
        register,
        a_recommendation("40", respond_by=date(2025, 3, 1), due_on=None),
        ("kent", "surrey"),
        answer=Answer.AWAITING,
    )
    found = deadlines.deadlines(register.store, occasion(VIC), typed_commands.Deadlines(within_days=5))
    assert found.late == OverdueSummary(1, date(2025, 3, 1))
    assert found.nearest[0].on == DEADLINE
