"""The bench runs, and says what it should; how fast anything is, no test may ask."""

import json

from tests.bench.cases import ANEW, CASES, FLOOR, KEPT
from tests.bench.measuring import measure
from tests.bench.results import Comparison
from tests.bench.rounds import Round, Spread, interleaved, ratio


def test_every_case_is_measured_on_every_path_and_held_against_its_floor() -> None:
    results = measure(seconds=0.02, rounds=2)
    paths = ["in-process", "HTTP, 1 at once", "HTTP, 16 at once"]
    assert [(one.path, one.case) for one in results.figures] == [
        (path, case.name) for path in paths for case in CASES
    ]
    assert all(0 < one.p50 <= one.p99 and one.per_second > 0 for one in results.figures)
    assert {(one.path, one.case) for one in results.comparisons if one.floor == FLOOR.name} == {
        (path, case.name) for path in paths for case in (KEPT, ANEW)
    }
    assert json.loads(json.dumps(results.as_json()))["machine"] == results.machine
    assert all(name in results.as_text() for name in paths)


def test_the_cases_take_turns() -> None:
    asked: list[str] = []

    def asker(name: str) -> Round:
        asked.append(name)
        return Round((0.5,), 0.5)

    measured = interleaved({KEPT: lambda _: asker("kept"), ANEW: lambda _: asker("anew")}, 3, rounds=2)
    assert asked == ["kept", "anew", "kept", "anew"]
    assert len(measured[KEPT]) == len(measured[ANEW]) == 2


def test_a_ratio_compares_within_a_round_so_a_machine_that_slows_down_changes_nothing() -> None:
    quick, slow = [Round((0.1,), 1), Round((0.3,), 1)], [Round((0.2,), 1), Round((0.6,), 1)]
    assert ratio(slow, quick) == Spread(2, 2, 2)


def test_the_aim_stands_beside_what_was_measured() -> None:
    def verdict(middle: float, aim: float | None) -> str:
        return Comparison("in-process", "a", "b", Spread(middle, 1, 9), aim).verdict

    assert verdict(1.9, 2.5) == "at most 2.5, is 1.90"
    assert verdict(2.6, 2.5) == "at most 2.5, is 2.60, not met"
    assert verdict(2.6, None) == "is 2.60"
