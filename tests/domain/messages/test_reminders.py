from datetime import UTC, date, datetime

import pytest

from bot.domain.messages import reminders
from bot.domain.messages.reminders import Occurrence, occurrence
from bot.domain.messages.slots import Slot
from bot.domain.register.addressee import Answer, Stage
from bot.domain.register.people import PersonKey
from tests.cast import an_addressee

DEADLINE = date(2025, 3, 27)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # 25 February, 13, 20 and 26 March
        (date(2025, 2, 25), Occurrence.BEFORE),
        (date(2025, 3, 13), Occurrence.BEFORE),
        (date(2025, 3, 20), Occurrence.BEFORE),
        (date(2025, 3, 26), Occurrence.BEFORE),
        (date(2025, 3, 27), None),
        (date(2025, 3, 28), None),
        # Thursdays, over the change of clocks, up to the one in Holy Week
        (date(2025, 4, 3), Occurrence.WEEKLY),
        (date(2025, 4, 10), Occurrence.WEEKLY),
        (date(2025, 4, 17), Occurrence.WEEKLY),
        (date(2025, 4, 24), Occurrence.WEEKLY),
        (date(2025, 4, 28), None),
        (date(2025, 5, 1), None),
        # the 27th of each month
        (date(2025, 5, 27), Occurrence.MONTHLY),
        (date(2025, 6, 27), Occurrence.MONTHLY),
        (date(2026, 3, 27), Occurrence.MONTHLY),
        # 27 July 2025 is a Sunday, and in 2026 27 December is one after Boxing Day
        (date(2025, 7, 25), Occurrence.MONTHLY),
        (date(2025, 7, 27), None),
        (date(2026, 12, 24), Occurrence.MONTHLY),
    ],
)
def test_a_deadline_is_reminded_of_before_it_then_weekly_then_monthly(
    day: date, expected: Occurrence | None
) -> None:
    assert occurrence(DEADLINE, day) is expected


@pytest.mark.parametrize(
    ("deadline", "moved_to"),
    [
        pytest.param(date(2025, 3, 24), date(2025, 3, 21), id="the day before a Monday is the Friday before"),
        pytest.param(date(2025, 4, 22), date(2025, 4, 17), id="over Easter it is Maundy Thursday"),
        pytest.param(date(2026, 12, 29), date(2026, 12, 24), id="over Christmas it is Christmas Eve"),
    ],
)
def test_a_day_without_work_moves_to_the_working_day_before(deadline: date, moved_to: date) -> None:
    assert occurrence(deadline, moved_to) is Occurrence.BEFORE


@pytest.mark.parametrize(
    ("month", "day"), [(6, date(2025, 6, 30)), (9, date(2025, 9, 30)), (2, date(2026, 2, 27))]
)
def test_a_month_without_the_day_is_reminded_on_its_last(month: int, day: date) -> None:
    assert day.month == month
    assert occurrence(date(2025, 3, 31), day) is Occurrence.MONTHLY


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(7, 59, False), (8, 0, True), (15, 59, True), (16, 0, False)],
)
def test_reminders_are_sent_from_nine_to_five_in_london(hour: int, minute: int, expected: bool) -> None:
    assert reminders.is_time(datetime(2025, 4, 3, hour, minute, tzinfo=UTC)) is expected


def test_none_are_sent_at_a_weekend_or_on_a_bank_holiday() -> None:
    assert not reminders.is_time(datetime(2025, 4, 5, 10, tzinfo=UTC))
    assert not reminders.is_time(datetime(2025, 4, 21, 10, tzinfo=UTC))


def test_it_is_over_at_five_and_one_by_hand_an_hour_after_it_was_asked_for() -> None:
    slot = reminders.slot_of(date(2025, 4, 3))
    assert not reminders.is_over(slot, datetime(2025, 4, 3, 15, 59, tzinfo=UTC))
    assert reminders.is_over(slot, datetime(2025, 4, 3, 16, 0, tzinfo=UTC))
    by_hand = Slot(datetime(2025, 4, 3, 22, 30))
    assert not reminders.is_over(by_hand, datetime(2025, 4, 3, 22, 29, tzinfo=UTC))
    assert reminders.is_over(by_hand, datetime(2025, 4, 3, 22, 30, tzinfo=UTC))


def test_the_seconds_until_nine_are_told_on_a_working_day_before_nine() -> None:
    assert reminders.seconds_until_time(datetime(2025, 4, 3, 7, 59, 30, tzinfo=UTC)) == 30
    assert reminders.seconds_until_time(datetime(2025, 4, 3, 8, 0, tzinfo=UTC)) is None
    assert reminders.seconds_until_time(datetime(2025, 4, 5, 7, 59, 30, tzinfo=UTC)) is None


def test_a_key_tells_whose_reminder_it_is() -> None:
    who = PersonKey("T0HOME", "U0KIM")
    assert reminders.key(who, DEADLINE) == "reminder:T0HOME:U0KIM:2025-03-27"
    assert reminders.reader("reminder:T0HOME:U0KIM:2025-03-27") == who


def test_only_what_is_owed_is_reminded_of() -> None:
    week_before = date(2025, 3, 20)
    assert reminders.is_reminded_on(an_addressee(), week_before)
    assert reminders.is_reminded_on(an_addressee(stage=Stage.BLOCKED), week_before)
    assert not reminders.is_reminded_on(an_addressee(stage=Stage.COMPLETE), week_before)
    assert not reminders.is_reminded_on(an_addressee(answer=Answer.NOT_ACCEPTED), week_before)
    assert not reminders.is_reminded_on(an_addressee(live=False), week_before)
    assert not reminders.is_reminded_on(an_addressee(due_on=date(2025, 4, 30)), week_before)


def test_a_response_is_reminded_of_by_the_same_rule() -> None:
    week_before = date(2024, 11, 15)
    assert reminders.is_reminded_on(an_addressee(answer=Answer.AWAITING), week_before)
    assert not reminders.is_reminded_on(an_addressee(answer=Answer.ACCEPTED), week_before)


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
