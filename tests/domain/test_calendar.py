from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.calendar import (
    is_working_day,
    london_date,
    next_working_day,
    previous_working_day,
    working_days_between,
)

DATES = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("instant", "there"),
    [
        (datetime(2025, 1, 15, 23, 59, 59, tzinfo=UTC), date(2025, 1, 15)),
        (datetime(2025, 7, 15, 22, 59, 59, tzinfo=UTC), date(2025, 7, 15)),
        (datetime(2025, 7, 15, 23, 0, tzinfo=UTC), date(2025, 7, 16)),
    ],
)
def test_the_day_begins_at_midnight_in_london_also_in_summer(instant: datetime, there: date) -> None:
    assert london_date(instant) == there


def test_an_instant_without_an_offset_has_no_date_in_london() -> None:
    with pytest.raises(ValueError, match="offset"):
        london_date(datetime(2025, 3, 10, 9))


@pytest.mark.parametrize(
    "bank_holiday",
    [
        pytest.param(date(2024, 3, 29), id="Good Friday"),
        pytest.param(date(2024, 4, 1), id="Easter Monday"),
        pytest.param(date(2023, 5, 8), id="the coronation of 2023"),
        pytest.param(date(2022, 6, 3), id="the Platinum Jubilee"),
        pytest.param(date(2022, 9, 19), id="the state funeral of 2022"),
        pytest.param(date(2020, 5, 8), id="the early May holiday, moved to VE Day"),
        pytest.param(date(2021, 12, 27), id="a substitute for Christmas on a Saturday"),
        pytest.param(date(2021, 12, 28), id="a substitute for Boxing Day on a Sunday"),
        pytest.param(date(2022, 1, 3), id="a substitute for New Year on a Saturday"),
        pytest.param(date(2025, 8, 25), id="the summer holiday"),
    ],
)
def test_a_bank_holiday_is_no_working_day(bank_holiday: date) -> None:
    assert bank_holiday.isoweekday() <= 5
    assert not is_working_day(bank_holiday)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param(date(2020, 5, 4), id="the Monday the early May holiday was moved from"),
        pytest.param(date(2024, 1, 2), id="a bank holiday in Scotland"),
        pytest.param(date(2024, 3, 18), id="a bank holiday in Northern Ireland"),
        pytest.param(date(2025, 8, 4), id="the summer holiday in Scotland"),
    ],
)
def test_only_the_bank_holidays_of_england_and_wales_count(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        pytest.param(date(2025, 3, 10), date(2025, 3, 27), 13, id="the stalking deadline"),
        pytest.param(date(2025, 3, 10), date(2025, 3, 10), 0, id="the same day"),
        pytest.param(date(2025, 3, 10), date(2025, 3, 11), 1, id="the last day counts, the first does not"),
        pytest.param(date(2025, 3, 27), date(2025, 3, 10), 0, id="a deadline that has passed"),
        pytest.param(date(2025, 4, 17), date(2025, 4, 22), 1, id="over Easter"),
        pytest.param(date(2021, 12, 24), date(2022, 1, 4), 4, id="over Christmas with substitutes"),
        pytest.param(date(2025, 3, 14), date(2025, 3, 16), 0, id="over a weekend"),
    ],
)
def test_working_days_left(after: date, until: date, days: int) -> None:
    assert working_days_between(after, until) == days


@given(DATES, st.integers(0, 800))
def test_working_days_are_what_counting_day_by_day_gives(after: date, length: int) -> None:
    counted = sum(is_working_day(after + timedelta(days=n)) for n in range(1, length + 1))
    assert working_days_between(after, after + timedelta(days=length)) == counted


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2025, 3, 10), date(2025, 3, 10)),
        (date(2025, 3, 15), date(2025, 3, 17)),
        (date(2025, 4, 18), date(2025, 4, 22)),
        (date(2021, 12, 25), date(2021, 12, 29)),
    ],
)
def test_the_next_working_day_may_be_the_day_itself(day: date, following: date) -> None:
    assert next_working_day(day) == following


@pytest.mark.parametrize(
    ("day", "preceding"),
    [
        (date(2025, 3, 10), date(2025, 3, 10)),
        (date(2025, 3, 16), date(2025, 3, 14)),
        (date(2025, 4, 21), date(2025, 4, 17)),
        (date(2022, 1, 3), date(2021, 12, 31)),
    ],
)
def test_the_previous_working_day_may_be_the_day_itself(day: date, preceding: date) -> None:
    assert previous_working_day(day) == preceding


@given(DATES)
def test_between_a_day_and_the_next_working_day_nobody_works(day: date) -> None:
    following = next_working_day(day)
    assert is_working_day(following)
    assert not any(is_working_day(day + timedelta(days=n)) for n in range((following - day).days))
