"""Row 53: the bench measures what it says that it measures; how fast anything is, no test may ask."""

import json

import pytest

from tests.bench.cases import ANEW, CASES, DEFAULTS, FLOOR, KEPT, RECORDING
from tests.bench.measuring import measure

pytestmark = [pytest.mark.prove, pytest.mark.alone]


def test_every_case_is_measured_on_every_path_and_held_against_its_floor() -> None:
    results = measure(seconds=0.02, rounds=2, sizes=[4, 8], databases=["SQLite"], times_started=1)
    everywhere = {case.name for case in CASES}
    for path in ("in-process", "HTTP, 1 at once", "HTTP, 16 at once", "Socket Mode"):
        assert {figure.case for figure in results.figures if figure.path == path} == everywhere
    assert all(0 < figure.p50 <= figure.p99 and figure.per_second > 0 for figure in results.figures)
    over_http = [comparison for comparison in results.comparisons if comparison.path == "HTTP, 1 at once"]
    for size in (4, 8):
        for case in (KEPT, ANEW, RECORDING):
            compared = {
                comparison.under
                for comparison in over_http
                if comparison.over == f"{case.name} (SQLite, {size})"
            }
            assert {FLOOR.name, DEFAULTS.name} <= compared
    assert "with 4" in {comparison.under for comparison in over_http}
    text = results.as_text()
    assert all(words in text for words in ("16 writers", "cold start", "memory, MB", "plain question"))
    assert json.loads(json.dumps(results.as_json()))["machine"] == results.machine
