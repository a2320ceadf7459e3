"""The bench runs, and says what it should; how fast anything is, no test may ask."""

from contextlib import closing

import pytest

from bot.domain.questions.grammar import typed_commands
from bot.operations.questions import changes, overdue
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests.bench import lists
from tests.bench.cases import ANEW, FLOOR, KEPT, OVERDUE, OVERVIEW_ANEW, RECORDING
from tests.bench.counting import work_of
from tests.bench.filling import NEWS, UPDATES_EACH
from tests.bench.parts import parts_of
from tests.bench.register import HOME, NOW, VIEWER, on_postgresql, sqlite
from tests.bench.results import Comparison
from tests.bench.rounds import Round, Spread, interleaved, ratio, ratio_of_worst
from tests.cast import occasion
from tests.storage import audit

# A request that took long already tells the database how long its statements may wait, which is more calls.
_AS_MANY_CALLS = 0.2


@pytest.mark.prove
def test_a_register_is_as_large_as_it_should_be_and_its_counts_are_those_of_its_rows(
    postgresql_server: str,
) -> None:
    for opened in (sqlite(7), on_postgresql(postgresql_server, 7)):
        with opened as url, audit._looking(url) as connection:
            assert audit.kept_tallies(connection) == audit.recounted_tallies(connection)
            assert audit.kept_due_tallies(connection) == audit.recounted_due_tallies(connection)
            assert audit.kept_register_tallies(connection) == audit.recounted_register_tallies(connection)
            assert audit.kept_group_tallies(connection) == audit.recounted_group_tallies(connection)
            rows = audit.history(connection)
            assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
            made = [row for row in rows if row["kind"] == "progress"]
            # Three of the example's are addressed to bodies, and one is not.
            assert len(made) == 6 * 43 * UPDATES_EACH
            with closing(Database(url, FOR_WORK)) as database:
                store = Store(database, HOME)
                change_list = changes.changes(store, occasion(VIEWER, NOW), typed_commands.Changes())
                late = overdue.overdue(store, occasion(VIEWER, NOW), typed_commands.Overdue())
        assert change_list.total == NEWS
        assert late.late.recommendations > 1


def test_the_parts_of_an_answer_make_up_the_whole() -> None:
    whole, parts = parts_of(FLOOR, "")
    assert sum(took for took, _ in parts.values()) == pytest.approx(whole)
    took, calls = parts["Bolt, with the signature"]
    assert took > whole / 2
    assert calls > 0


def test_the_cases_take_turns() -> None:
    texts: list[str] = []

    def asker(name: str) -> Round:
        texts.append(name)
        return Round((0.5,), 0.5)

    measured = interleaved({KEPT: lambda _: asker("kept"), ANEW: lambda _: asker("anew")}, 3, rounds=2)
    assert texts == ["kept", "anew", "kept", "anew"]
    assert len(measured[KEPT]) == len(measured[ANEW]) == 2


def test_a_ratio_compares_within_a_round_so_a_machine_that_slows_down_changes_nothing() -> None:
    quick, slow = [Round((0.1,), 1), Round((0.3,), 1)], [Round((0.2,), 1), Round((0.6,), 1)]
    assert ratio(slow, quick) == Spread(2, 2, 2)
    assert ratio_of_worst(slow, quick) == Spread(2, 2, 2)


def test_the_aim_stands_beside_what_was_measured() -> None:
    def verdict(middle: float, aim: float | None) -> str:
        return Comparison("in-process", "a", "b", Spread(middle, 1, 9), aim).verdict

    assert verdict(1.9, 2.5) == "at most 2.5, is 1.90"
    assert verdict(2.6, 2.5) == "at most 2.5, is 2.60, not met"
    assert verdict(2.6, None) == "is 2.60"


def test_what_an_answer_does_is_counted_and_does_not_grow_with_the_register() -> None:
    with sqlite(20) as small, sqlite(60) as large:
        few, many = (work_of((KEPT, ANEW, OVERVIEW_ANEW, OVERDUE), url, "") for url in (small, large))
    # Nothing was committed since it was asked before.
    assert (few[0].selects, few[0].rows) == (0, 0)
    # Who asks and how far the history is; and the recommendation with its parts and bodies.
    assert few[1].selects == 2
    assert [work.selects for work in few] == [work.selects for work in many]
    assert few[1].rows == many[1].rows
    assert few[1].calls == pytest.approx(many[1].calls, rel=_AS_MANY_CALLS)
    (empty,) = work_of((FLOOR,), "", "none")
    assert (empty.selects, empty.rows) == (0, 0)
    assert 0 < empty.calls < few[0].calls < few[1].calls


@pytest.mark.prove
def test_a_recording_reads_what_it_needs_and_no_history() -> None:
    # In both there is more left open than a receipt names.
    with sqlite(60) as small, sqlite(90) as large:
        (few,), (many,) = (work_of((RECORDING,), url, "") for url in (small, large))
    # The head of the chain, who asks, the recommendation, with whom it is, and what else is open there.
    assert few.selects == 5
    assert (few.selects, few.rows) == (many.selects, many.rows)
    assert few.calls == pytest.approx(many.calls, rel=_AS_MANY_CALLS)


@pytest.mark.prove
def test_lists_are_measured_one_by_one() -> None:
    with sqlite(7) as url:
        measured = dict(lists.costs({7: url}, ("15", "overdue wales"), times=1))
    assert list(measured) == ["15", "overdue wales"]
    assert measured["15"][7].selects < measured["overdue wales"][7].selects
    assert all(cost[7].milliseconds > 0 for cost in measured.values())
