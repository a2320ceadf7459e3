from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from bot.domain.messages import reminders
from bot.domain.messages.reminders import RULE
from bot.domain.messages.slots import Slot
from bot.domain.register.addressee import Addressee, Answer, LatestUpdate, Stage
from bot.domain.register.people import PersonKey
from tests.cast import an_addressee

DEADLINE = date(2025, 3, 27)
TUESDAY = date(2025, 3, 18)
EVE = date(2025, 3, 26)


def said_on(day: date, author: str = "U0KIM", **facts: Any) -> Addressee:
    """An addressee whose latest update was recorded on a day, and stands from long before."""
    instant = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    latest = LatestUpdate(131, "progress", "T0HOME" if author else "", author, instant, "as planned", False)
    return an_addressee(latest_update=latest, moved_on=date(2024, 11, 22), **facts)


def is_reminded(addressee: Addressee, day: date) -> bool:
    weekly = reminders.weekly_slot(RULE, day) is not None
    return reminders.lines_of([addressee], day, weekly=weekly) == [addressee]


@pytest.mark.parametrize(
    ("day", "slot"),
    [
        (date(2025, 3, 18), "2025-03-18T09:00"),
        (date(2025, 3, 19), None),
        # Christmas Day is a Thursday; in 2029 a Tuesday, and Boxing Day follows it.
        (date(2029, 12, 25), None),
        (date(2029, 12, 27), "2029-12-27T09:00"),
    ],
)
def test_they_come_on_tuesdays_and_after_a_bank_holiday_on_the_next_working_day(
    day: date, slot: str | None
) -> None:
    weekly = reminders.weekly_slot(RULE, day)
    assert (weekly.name if weekly else None) == slot


def test_a_rule_with_two_days_a_week_reminds_on_the_first_alone() -> None:
    twice = "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=10;BYMINUTE=30"
    week = [date(2025, 3, 17) + timedelta(days=day) for day in range(7)]
    slots = [slot.name for day in week if (slot := reminders.weekly_slot(twice, day))]
    assert slots == ["2025-03-17T10:30"]
    # Good Friday's moves to the Tuesday after, and that week has no other.
    fridays = "FREQ=WEEKLY;BYDAY=FR;BYHOUR=9;BYMINUTE=0"
    assert reminders.weekly_slot(fridays, date(2025, 4, 22)) is not None
    assert reminders.weekly_slot(fridays, date(2025, 4, 25)) is None


def test_whoever_recorded_within_the_week_is_not_reminded_and_the_day_it_stands_from_is_no_matter() -> None:
    assert not is_reminded(said_on(TUESDAY - timedelta(days=7)), TUESDAY)
    assert is_reminded(said_on(TUESDAY - timedelta(days=8)), TUESDAY)
    assert is_reminded(an_addressee(), TUESDAY)


def test_what_a_file_brought_is_news_of_the_day_it_stands_from() -> None:
    assert is_reminded(said_on(TUESDAY, author=""), TUESDAY)


def test_a_reminder_lists_everything_open_where_anything_asks_for_it() -> None:
    moved, unmoved = said_on(TUESDAY, number="16"), an_addressee()
    assert reminders.lines_of([moved, unmoved], TUESDAY, weekly=True) == [unmoved, moved]
    assert reminders.lines_of([moved], TUESDAY, weekly=True) == []


def test_on_the_last_working_day_before_a_deadline_comes_what_has_not_moved_that_week() -> None:
    moved, unmoved = said_on(EVE, number="16"), an_addressee()
    later = an_addressee(number="25", due_on=date(2025, 4, 30))
    assert reminders.lines_of([moved, unmoved, later], EVE, weekly=False) == [unmoved]
    assert not is_reminded(unmoved, DEADLINE)
    assert not is_reminded(unmoved, EVE - timedelta(days=6))


@pytest.mark.parametrize(
    ("deadline", "eve"),
    [
        pytest.param(date(2025, 3, 24), date(2025, 3, 21), id="the day before a Monday is the Friday before"),
        pytest.param(date(2025, 4, 22), date(2025, 4, 17), id="over Easter it is Maundy Thursday"),
        pytest.param(date(2026, 12, 29), date(2026, 12, 24), id="over Christmas it is Christmas Eve"),
    ],
)
def test_the_day_before_a_deadline_is_a_working_day(deadline: date, eve: date) -> None:
    assert reminders.is_eve(an_addressee(due_on=deadline), eve)


def test_what_is_overdue_by_more_than_four_weeks_reminds_in_every_fourth_week() -> None:
    tuesdays = [date(2025, 4, 1) + timedelta(weeks=week) for week in range(52)]
    weeks = [week for week, day in enumerate(tuesdays) if is_reminded(an_addressee(), day)]
    # Up to 22 April, 26 days after the deadline, each week; then 28 days apart.
    assert weeks[:4] == [0, 1, 2, 3]
    assert {later - before for before, later in pairwise(weeks[4:])} == {4}
    assert 4 <= weeks[4] < 8


def test_what_has_no_deadline_reminds_in_every_fourth_week() -> None:
    tuesdays = [TUESDAY + timedelta(weeks=week) for week in range(8)]
    assert sum(is_reminded(an_addressee(due_on=None), day) for day in tuesdays) == 2


def test_a_near_deadline_is_reminded_of_each_week_however_long_the_answer_is_overdue() -> None:
    both = an_addressee(answer=Answer.AWAITING, respond_by=date(2024, 11, 22))
    assert all(is_reminded(both, TUESDAY - timedelta(weeks=week)) for week in range(4))


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(7, 59, False), (8, 0, True), (15, 59, True), (16, 0, False)],
)
def test_office_time_is_from_nine_to_five_in_london(hour: int, minute: int, expected: bool) -> None:
    assert reminders.is_office_time(datetime(2025, 4, 3, hour, minute, tzinfo=UTC)) is expected


def test_weekends_and_bank_holidays_are_not_office_time() -> None:
    assert not reminders.is_office_time(datetime(2025, 4, 5, 10, tzinfo=UTC))
    assert not reminders.is_office_time(datetime(2025, 4, 21, 10, tzinfo=UTC))


def test_it_is_over_at_five_and_one_by_hand_an_hour_after_it_was_asked_for() -> None:
    slot = reminders.eve_slot(date(2025, 4, 3))
    assert not reminders.is_over(slot, datetime(2025, 4, 3, 15, 59, tzinfo=UTC))
    assert reminders.is_over(slot, datetime(2025, 4, 3, 16, 0, tzinfo=UTC))
    by_hand = Slot(datetime(2025, 4, 3, 22, 30))
    assert not reminders.is_over(by_hand, datetime(2025, 4, 3, 22, 29, tzinfo=UTC))
    assert reminders.is_over(by_hand, datetime(2025, 4, 3, 22, 30, tzinfo=UTC))


def test_the_seconds_until_todays_reminders_are_told_before_they_come() -> None:
    assert reminders.seconds_until_time(RULE, datetime(2025, 4, 3, 7, 59, 30, tzinfo=UTC)) == 30
    assert reminders.seconds_until_time(RULE, datetime(2025, 4, 3, 8, 0, tzinfo=UTC)) is None
    assert reminders.seconds_until_time(RULE, datetime(2025, 4, 5, 7, 59, 30, tzinfo=UTC)) is None


def test_a_key_tells_whose_reminder_it_is() -> None:
    who = PersonKey("T0HOME", "U0KIM")
    assert reminders.key(who, DEADLINE) == "reminder:T0HOME:U0KIM:2025-03-27"
    assert reminders.reader("reminder:T0HOME:U0KIM:2025-03-27") == who


def test_only_what_is_owed_is_reminded_of() -> None:
    assert is_reminded(an_addressee(stage=Stage.BLOCKED), TUESDAY)
    assert is_reminded(an_addressee(answer=Answer.AWAITING), TUESDAY)
    assert reminders.deadlines(an_addressee(stage=Stage.COMPLETE)) == []
    assert reminders.deadlines(an_addressee(answer=Answer.NOT_ACCEPTED)) == []
    assert reminders.deadlines(an_addressee(live=False)) == []


def test_a_reminder_by_hand_is_told_from_the_calendars() -> None:
    at_nine = datetime(2025, 3, 18, 9, tzinfo=UTC)
    assert reminders.is_by_hand(RULE, reminders.slot_by_hand(at_nine))
    assert reminders.is_by_hand(RULE, reminders.slot_by_hand(at_nine + timedelta(hours=2)))
    assert not reminders.is_by_hand(RULE, Slot.at(at_nine))


def test_the_next_weekly_reminders_are_those_after_a_day() -> None:
    coming = reminders.next_weekly_slot(RULE, TUESDAY)
    assert coming is not None
    assert coming.local.date() == TUESDAY + timedelta(weeks=1)


def test_the_nearest_comes_first_and_what_has_no_deadline_last() -> None:
    owing = [
        an_addressee(number="1", due_on=None),
        an_addressee(number="2", due_on=date(2025, 4, 1)),
        an_addressee(number="3", answer=Answer.AWAITING),
    ]
    assert [addressee.recommendation_id for addressee in reminders.nearest_first(owing)] == [
        "stalking-3",
        "stalking-2",
        "stalking-1",
    ]
