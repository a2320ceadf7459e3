"""Weeks end on Sundays, and a body counts once, however much it was asked."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from bot.domain.questions.over_time import ProgressOn, Series, ends_of_weeks, thinned
from bot.domain.register.addressee import Answer, Stage
from tests.cast import an_addressee

MONDAY = date(2025, 3, 10)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (MONDAY, MONDAY, [MONDAY]),
        (date(2025, 3, 9), MONDAY, [date(2025, 3, 9), MONDAY]),
        (date(2025, 3, 9), date(2025, 3, 9), [date(2025, 3, 9)]),
        (date(2025, 2, 24), date(2025, 3, 9), [date(2025, 3, 2), date(2025, 3, 9)]),
        (date(2025, 2, 24), MONDAY, [date(2025, 3, 2), date(2025, 3, 9), MONDAY]),
    ],
)
def test_weeks_end_on_sundays_and_the_last_day_is_always_there(
    first: date, last: date, days: list[date]
) -> None:
    assert list(ends_of_weeks(first, last)) == days


def counts(*rows: Mapping[str, Any]) -> dict[Series, int]:
    addressees = [an_addressee(number=str(number), **facts) for number, facts in enumerate(rows, start=15)]
    point = ProgressOn.of(addressees, MONDAY)
    assert point.bodies == 1
    return {series: count for series, count in point.counts.items() if count}


def test_of_all_that_a_body_was_asked_all_must_be_accepted_and_complete() -> None:
    accepted, complete = {"answer": Answer.ACCEPTED}, {"stage": Stage.COMPLETE}
    assert counts(accepted, {"answer": Answer.ACCEPTED_IN_PART}) == {}
    assert counts(complete, {"stage": Stage.CHECKED}) == {Series.ACCEPTED: 1, Series.COMPLETE: 1}
    assert counts({"stage": Stage.CLOSED}) == {Series.ACCEPTED: 1, Series.COMPLETE: 1}
    assert counts({"stage": Stage.CHECKED}, {"stage": Stage.CHECKED}) == {
        Series.ACCEPTED: 1,
        Series.COMPLETE: 1,
        Series.CHECKED: 1,
    }
    assert counts(complete, {"stage": Stage.NOT_STARTED}) == {Series.ACCEPTED: 1}


def test_any_is_enough_to_be_in_progress_or_overdue() -> None:
    late = {"due_on": date(2025, 3, 9)}
    assert counts({"stage": Stage.IN_PROGRESS}, {}) == {Series.ACCEPTED: 1, Series.IN_PROGRESS: 1}
    assert counts({"stage": Stage.BLOCKED}) == {Series.ACCEPTED: 1}
    assert counts({}, late) == {Series.ACCEPTED: 1, Series.OVERDUE: 1}
    assert counts({"answer": Answer.AWAITING}) == {Series.OVERDUE: 1}
    assert counts({**late, "stage": Stage.COMPLETE}) == {Series.ACCEPTED: 1, Series.COMPLETE: 1}
    assert counts({"due_on": MONDAY}) == {Series.ACCEPTED: 1}


@pytest.mark.parametrize(("points", "most"), [(1, 2), (20, 20), (21, 20), (200, 20), (3, 2)])
def test_thinned_points_keep_the_first_and_the_last(points: int, most: int) -> None:
    everything = [ProgressOn(date.fromordinal(730_000 + number), 1, {}) for number in range(points)]
    left = thinned(everything, most)
    assert (left[0], left[-1], len(left)) == (everything[0], everything[-1], min(points, most))
    assert len({point.day for point in left}) == len(left)
