from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions.written_dates import NotADate, day, span

MONDAY = date(2025, 3, 10)


@pytest.mark.parametrize(
    "text",
    [
        "30 Apr 2025",
        "30 April 2025",
        "30th of April, 2025",
        "Apr 30 2025",
        "2025-04-30",
        "30/04/2025",
        "30.4.25",
    ],
)
def test_a_whole_date_is_read_day_first(text: str) -> None:
    assert day(text, MONDAY) == date(2025, 4, 30)


@pytest.mark.parametrize(
    ("text", "past", "future"),
    [
        ("1 Mar", date(2025, 3, 1), date(2026, 3, 1)),
        ("30 April", date(2024, 4, 30), date(2025, 4, 30)),
        ("10 March", MONDAY, MONDAY),
        ("29 Feb", date(2024, 2, 29), date(2028, 2, 29)),
        ("1/3", date(2025, 3, 1), date(2026, 3, 1)),
        ("Sept 1", date(2024, 9, 1), date(2025, 9, 1)),
        ("Monday", date(2025, 3, 3), date(2025, 3, 17)),
        ("on Wed", date(2025, 3, 5), date(2025, 3, 12)),
        ("last Monday", date(2025, 3, 3), date(2025, 3, 3)),
        ("next monday", date(2025, 3, 17), date(2025, 3, 17)),
        ("today", MONDAY, MONDAY),
        ("Yesterday", date(2025, 3, 9), date(2025, 3, 9)),
        ("tomorrow", date(2025, 3, 11), date(2025, 3, 11)),
    ],
)
def test_what_is_left_out_is_the_nearest_on_the_preferred_side(text: str, past: date, future: date) -> None:
    assert day(text, MONDAY, prefer="past") == past
    assert day(text, MONDAY, prefer="future") == future


@pytest.mark.parametrize(
    "text",
    [
        "",
        "foo",
        "31 Apr 2025",
        "29 Feb 2025",
        "04/30/2025",
        "0 Mar",
        "1 Marsh",
        "1 mayor",
        "20255-01-01",
        "1889-1-1",
        "mo",
        "last",
        "day",
        "٣ Mar",
        "1" * 10_000,
        "1 " * 10_000,
    ],
)
def test_what_the_calendar_does_not_have_is_no_date(text: str) -> None:
    with pytest.raises(NotADate):
        day(text, MONDAY)


@pytest.mark.parametrize(
    ("text", "days"),
    [("30d", 30), ("30 days", 30), ("2w", 14), ("2 Weeks", 14), ("a week", 7), ("3 months", 92), ("1y", 365)],
)
def test_a_span_counts_days_from_today(text: str, days: int) -> None:
    assert span(text, MONDAY) == days


@pytest.mark.parametrize("text", ["", "soon", "30", "-3d", "1.5w", "99999d", "9999y", "d" * 10_000])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        span(text, MONDAY)


@given(st.text(), st.dates())
def test_nothing_but_not_a_date_is_ever_raised(text: str, today: date) -> None:
    for read in (day, span):
        try:
            read(text, today)
        except NotADate:
            pass
