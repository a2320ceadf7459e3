from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.messages.slots import CatchUp, Slot, catch_up, next_slot, slots

MONDAYS = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0"
SUNDAYS = "FREQ=WEEKLY;BYDAY=SU;BYHOUR=1;BYMINUTE=30"


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slot_at(text: str) -> Slot:
    return Slot(datetime.fromisoformat(text))


def between(rule: str, first: str, last: str) -> list[str]:
    return [slot.name for slot in slots(rule, utc(first), utc(last))]


@pytest.mark.parametrize(
    ("monday", "instant"), [("2025-03-10", "2025-03-10T09:00"), ("2025-07-07", "2025-07-07T08:00")]
)
def test_nine_o_clock_is_nine_o_clock_in_winter_and_in_summer(monday: str, instant: str) -> None:
    [slot] = slots(MONDAYS, utc(f"{monday}T00:00"), utc(f"{monday}T23:00"))
    assert slot.name == f"{monday}T09:00"
    assert slot.instant == utc(instant)


@pytest.mark.parametrize(
    ("week", "comes"),
    [
        ("2025-04-20", "2025-04-22T09:00"),  # Easter Monday
        ("2025-05-04", "2025-05-06T09:00"),  # early May
        ("2025-08-24", "2025-08-26T09:00"),  # summer
        ("2028-12-24", "2028-12-27T09:00"),  # Christmas Day, and Boxing Day after it
        ("2026-12-27", "2026-12-29T09:00"),  # the Monday in place of a Saturday's Boxing Day
        ("2029-12-30", "2029-12-31T09:00"),  # no holiday: New Year is the day after
    ],
)
def test_a_bank_holiday_moves_it_to_the_next_working_day(week: str, comes: str) -> None:
    after = utc(f"{week}T00:00")
    assert [slot.name for slot in slots(MONDAYS, after, after + timedelta(days=6))] == [comes]


def test_a_digest_at_the_weekend_is_left_there() -> None:
    assert between("FREQ=WEEKLY;BYDAY=SA;BYHOUR=9;BYMINUTE=0", "2025-03-07T00:00", "2025-03-09T00:00") == [
        "2025-03-08T09:00"
    ]


def test_slots_that_move_to_the_same_minute_are_one() -> None:
    daily = "FREQ=DAILY;BYHOUR=9;BYMINUTE=0"
    assert between(daily, "2025-04-17T12:00", "2025-04-23T00:00") == [
        "2025-04-19T09:00",
        "2025-04-20T09:00",
        "2025-04-22T09:00",
    ]


def test_a_time_that_the_clocks_leave_out_is_the_first_minute_after() -> None:
    [slot] = slots(SUNDAYS, utc("2025-03-30T00:00"), utc("2025-03-30T12:00"))
    assert slot.name == "2025-03-30T02:00"
    assert slot.instant == utc("2025-03-30T01:00")


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    [slot] = slots(SUNDAYS, utc("2025-10-25T12:00"), utc("2025-10-26T12:00"))
    assert slot.name == "2025-10-26T01:30"
    assert slot.instant == utc("2025-10-26T00:30")


def test_a_minute_that_is_said_to_be_the_second_of_the_two_is_the_first() -> None:
    assert Slot(datetime(2025, 10, 26, 1, 30, fold=1)).instant == utc("2025-10-26T00:30")


def test_a_rule_that_names_seconds_means_their_minute() -> None:
    by_second = slots(f"{MONDAYS};BYSECOND=30", utc("2025-03-10T00:00"), utc("2025-03-11T00:00"))
    assert by_second == (slot_at("2025-03-10T09:00"),)


def test_a_slot_begins_after_the_first_instant_and_not_after_the_second() -> None:
    nine, ten = utc("2025-03-10T09:00"), utc("2025-03-17T09:00")
    assert [slot.instant for slot in slots(MONDAYS, nine, ten)] == [ten]


def test_every_week_from_2024_to_2040_has_one_slot_at_nine_on_its_first_working_day() -> None:
    all_slots = slots(MONDAYS, utc("2023-12-31T00:00"), utc("2040-12-30T23:59"))
    weeks = [slot.local.isocalendar()[:2] for slot in all_slots]
    assert len(set(weeks)) == len(weeks)
    first, last = datetime(2024, 1, 1), datetime(2040, 12, 24)
    expected = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    assert weeks == [monday.isocalendar()[:2] for monday in expected]
    assert {(slot.local.hour, slot.local.minute) for slot in all_slots} == {(9, 0)}
    moved = [slot for slot in all_slots if slot.local.isoweekday() != 1]
    assert moved
    # Four bank holidays of a year are Mondays: Easter, two in May, one in August; more where Christmas falls.
    assert 17 * 4 <= len(moved) <= 17 * 6


def test_the_next_slot_is_found_beside_a_holiday_and_for_a_rare_rule() -> None:
    assert next_slot(MONDAYS, utc("2025-04-14T09:00")) == slot_at("2025-04-22T09:00")
    yearly = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYHOUR=9;BYMINUTE=0"
    assert next_slot(yearly, utc("2025-01-01T00:00")) == slot_at("2028-02-29T09:00")


def test_a_rule_that_has_ended_has_no_next_slot() -> None:
    ended = "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;UNTIL=20240301T000000"
    assert next_slot(ended, utc("2025-01-01T00:00")) is None


FIRST, SECOND, THIRD = slot_at("2025-03-03T09:00"), slot_at("2025-03-10T09:00"), slot_at("2025-03-17T09:00")


@pytest.mark.parametrize(
    ("missed", "now", "decided"),
    [
        ([], "2025-03-17T09:00", CatchUp(None, ())),
        ([THIRD], "2025-03-17T09:00", CatchUp(THIRD, ())),
        ([THIRD], "2025-03-20T08:59", CatchUp(THIRD, ())),
        ([THIRD], "2025-03-20T09:00", CatchUp(None, (THIRD,))),
        ([FIRST, SECOND, THIRD], "2025-03-18T12:00", CatchUp(THIRD, (FIRST, SECOND))),
        ([FIRST, SECOND, THIRD], "2025-03-22T12:00", CatchUp(None, (FIRST, SECOND, THIRD))),
    ],
)
def test_after_downtime_only_the_newest_is_posted_and_only_within_three_days(
    missed: list[Slot], now: str, decided: CatchUp
) -> None:
    assert catch_up(missed, utc(now)) == decided


def test_a_quarter_of_an_hour_is_not_late() -> None:
    assert not THIRD.is_late(utc("2025-03-17T09:15"))
    assert THIRD.is_late(utc("2025-03-17T09:16"))


def test_a_slot_has_a_name_by_which_it_is_found_again() -> None:
    assert Slot.named(THIRD.name) == THIRD
    assert Slot.at(utc("2025-07-07T08:00:59")) == slot_at("2025-07-07T09:00")
