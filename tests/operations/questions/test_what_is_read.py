"""What is asked often goes through neither the history nor all addressees, however SQLite's planner guesses.

PostgreSQL goes through whatever is as small as these registers."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.messages.home import HomePlace
from bot.domain.questions.grammar.typed_commands import AsAt, Overdue, Ref
from bot.domain.questions.grammar.written_questions import read_question
from bot.domain.register.people import PersonKey
from bot.operations.questions import answering, as_at, overdue
from bot.operations.questions.home import home
from bot.operations.request import name_book
from bot.operations.request.schedule_plan import SchedulePlan
from storage.store import Store
from tests.cast import ALICE, CORA, TODAY, VIC, Register, occasion, stalking_case

PLAN = SchedulePlan(channel="C0COORD", rule="FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0")


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    made.says(ALICE, "note 15: a text that may not be published")
    yield made
    made.store.database.close()


@pytest.mark.parametrize("who", [ALICE, CORA, VIC], ids=["contact", "coordinator", "viewer"])
def test_no_home_goes_through_the_history(register: Register, who: PersonKey) -> None:
    steps = steps_of(register.store, lambda store: home(store, occasion(who), HomePlace(), PLAN))
    assert [step for step in steps if step == "SCAN updates" or "rowid>" in step] == []


def test_the_past_of_a_recommendation_goes_through_no_other_history(register: Register) -> None:
    fifteen = Ref(None, "15")
    wanted = AsAt((fifteen,), TODAY, known=False)
    steps = steps_of(
        register.store, lambda store: as_at.recommendation(store, occasion(VIC), wanted, fifteen)
    )
    assert [step for step in steps if step == "SCAN updates"] == []


def test_what_is_overdue_is_found_by_its_recommendations(register: Register) -> None:
    late = occasion(VIC, datetime(2025, 3, 28, 9, tzinfo=UTC))
    steps = steps_of(register.store, lambda store: overdue.overdue(store, late, Overdue()))
    assert [step for step in steps if "addressees" in step and "ended" not in step] == [
        "SEARCH addressees USING PRIMARY KEY (recommendation_id=?)"
    ]


@pytest.mark.parametrize("typed", ["approved", "not approved"])
def test_lists_by_approval_go_by_what_was_asked(register: Register, typed: str) -> None:
    with register.store.reading() as connection:
        question = read_question(typed, name_book.read_names(connection), TODAY)
    steps = steps_of(register.store, lambda store: answering.answer(store, occasion(VIC), question))
    assert [
        step for step in steps if step.startswith(("SCAN addressees", "SEARCH addressees USING INDEX"))
    ] == []


def steps_of(store: Store, ask: Callable[[Store], object]) -> list[str]:
    """Return what SQLite does with each table, by its own word, for all that is asked."""
    statements: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        statements.append((statement, values))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        ask(store)
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    with store.reading() as connection:
        return [
            step[3]
            for statement, values in statements
            if statement.startswith(("SELECT", "WITH"))
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
        ]
