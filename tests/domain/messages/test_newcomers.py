from datetime import UTC, datetime, timedelta

from bot.domain.messages import newcomers
from bot.domain.register.people import PersonKey

NOW = datetime(2025, 3, 10, 10, tzinfo=UTC)
MINUTES = timedelta(minutes=1)


def test_a_report_is_new_once_nothing_more_is_added_for_ten_minutes() -> None:
    added = [("custody-1", NOW - 30 * MINUTES), ("custody-2", NOW - 9 * MINUTES)]
    assert newcomers.new_reports(added, NOW) == {}
    assert newcomers.new_reports(added, NOW + MINUTES) == {"custody": NOW - 9 * MINUTES}


def test_a_report_whose_first_recommendation_is_three_days_old_is_not_new() -> None:
    added = [("custody-1", NOW - timedelta(days=3)), ("custody-2", NOW - timedelta(days=1))]
    assert newcomers.new_reports(added, NOW) == {}
    assert newcomers.new_reports(added, NOW - MINUTES) == {"custody": NOW - timedelta(days=1)}


def test_a_key_tells_whose_message_it_is_and_of_which_report() -> None:
    who = PersonKey("T0HOME", "U0KIM")
    assert newcomers.reader(newcomers.welcome_key(who)) == who
    key = newcomers.announcement_key("child-protection", who)
    assert (newcomers.reader(key), newcomers.report_announced(key)) == (who, "child-protection")


def test_the_slot_is_the_minute_after_so_that_a_process_that_started_before_has_not_sent_it() -> None:
    assert newcomers.slot_of(NOW + timedelta(seconds=30)).instant == NOW + MINUTES
