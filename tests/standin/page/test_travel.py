from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import App

from bot.standin import StandIn
from bot.standin.cast import enter
from bot.standin.moved_clock import MovedClock
from bot.standin.page.almanac import Almanac, Suggestion, mornings
from bot.standin.page.travel import CannotTravel, To, Travel
from bot.standin.tour import BEGINS
from tests.standin.bots import app_of, connected_by_http, section

HELP = """To ask:
What falls due: `/recs deadlines` · within a month: `/recs deadlines 30d`
Open: `/recs mine` · `/recs kent`
Adds a note: `/recs note 15: &lt;text&gt;`"""
EVERY_VERB = """Late: `/recs overdue`
What comes when: `/recs deadlines`"""
DIGEST = "The next digest comes on Monday 10 March 2025 at 09:00. Monday 3 March 2025 at 09:00: posted"
DEADLINES = "2 deadlines.\n27 Mar 2025 · stalking 15\n1 Jan 2024 · long past\n30 Apr 2025 · more"


def telling(slack: StandIn) -> App:
    """A bot that knows when things come."""
    app = app_of(slack)
    answers = {"digest": DIGEST, "deadlines all": DEADLINES, "help": HELP, "help page 2": EVERY_VERB}

    @app.command("/recs")
    def recs(ack: Any, command: dict[str, str]) -> None:
        words = answers[command["text"]]
        ack(text=words, blocks=[section(words)])

    return app


@pytest.fixture
def clock(tmp_path: Path) -> MovedClock:
    return MovedClock(tmp_path / "clock", BEGINS)


@pytest.fixture
def slack(clock: MovedClock) -> Iterator[StandIn]:
    with StandIn(now=clock.now) as slack, connected_by_http(slack, telling(slack)):
        enter(slack)
        yield slack


@pytest.fixture
def almanac(slack: StandIn) -> Almanac:
    return Almanac(slack, slack.person("U0CORA"))


def test_the_bot_is_asked_what_comes_next_and_nobody_sees_it(slack: StandIn, almanac: Almanac) -> None:
    assert almanac.next_digest(BEGINS) == datetime(2025, 3, 10, 9, tzinfo=UTC)
    assert almanac.next_digest(datetime(2025, 3, 10, 9, tzinfo=UTC)) is None
    assert almanac.next_deadline(BEGINS) == datetime(2025, 3, 27, 9, tzinfo=UTC)
    assert almanac.next_deadline(datetime(2025, 3, 28, tzinfo=UTC)) == datetime(2025, 4, 30, 8, tzinfo=UTC)
    assert slack.seen_by("U0CORA") == []
    assert slack.answers == []


def test_what_the_help_offers_is_suggested_with_its_purpose(slack: StandIn, almanac: Almanac) -> None:
    assert almanac.suggestions(slack.person("U0KIM")) == [
        Suggestion("/recs deadlines", "What falls due"),
        Suggestion("/recs deadlines 30d", "Within a month"),
        Suggestion("/recs mine", "Open"),
        Suggestion("/recs kent", "Open"),
        Suggestion("/recs note 15: <text>", "Adds a note"),
        Suggestion("/recs overdue", "Late"),
    ]


def test_mornings_are_nine_in_london_from_monday_to_friday() -> None:
    begin, end = datetime(2025, 3, 27, 9, tzinfo=UTC), datetime(2025, 4, 1, 12, tzinfo=UTC)
    assert [morning.astimezone(UTC) for morning in mornings(begin, end)] == [
        datetime(2025, 3, 28, 9, tzinfo=UTC),
        datetime(2025, 3, 31, 8, tzinfo=UTC),
        datetime(2025, 4, 1, 8, tzinfo=UTC),
    ]


def is_later(stop: datetime) -> bool:
    return (stop.hour, stop.minute) == (9, 15)


def test_the_clock_stops_on_every_morning_on_its_way(clock: MovedClock, almanac: Almanac) -> None:
    stops: list[datetime] = []

    def caught_up_at() -> datetime:
        stops.append(clock.now())
        return clock.now()

    text = Travel(clock, almanac, caught_up_at).go("week")
    at_nine, later = [[stop for stop in stops if is_later(stop) is late] for late in (False, True)]
    days = [stop.date().isoformat() for stop in at_nine]
    assert days == ["2025-03-10", "2025-03-11", "2025-03-12", "2025-03-13", "2025-03-14", "2025-03-17"]
    # What is followed comes some minutes after the digest.
    assert [stop.date().isoformat() for stop in later] == ["2025-03-10", "2025-03-11"]
    assert text == "It is Monday 17 March 2025, 08:59 in London."


@pytest.mark.parametrize(
    ("to", "there"),
    [("day", "Tuesday 11 March"), ("week", "Monday 17 March"), ("month", "Thursday 10 April")],
)
def test_a_step_keeps_the_time_of_day_also_across_a_change_of_clocks(
    clock: MovedClock, almanac: Almanac, to: To, there: str
) -> None:
    assert Travel(clock, almanac, clock.now).go(to) == f"It is {there} 2025, 08:59 in London."


def test_it_stays_on_a_morning_until_the_bot_has_sent_what_is_due(
    clock: MovedClock, almanac: Almanac
) -> None:
    begun = clock.now()
    says = iter([None, begun, begun + timedelta(seconds=1)])
    shown: list[datetime] = []

    def caught_up_at() -> datetime | None:
        shown.append(clock.now())
        return next(says, clock.now())

    Travel(clock, almanac, caught_up_at).go("digest")
    nine = datetime(2025, 3, 10, 9, tzinfo=UTC)
    assert len(shown) == 4
    assert all(nine <= instant < nine + timedelta(minutes=1) for instant in shown)


def test_a_bot_that_does_not_keep_up_holds_the_clock_and_it_is_said(
    clock: MovedClock, almanac: Almanac
) -> None:
    with pytest.raises(
        CannotTravel, match="does not keep up: the clock stays at Monday 10 March 2025, 09:00"
    ):
        Travel(clock, almanac, lambda: None, patience=0).go("month")
    assert clock.now().date().isoformat() == "2025-03-10"


def test_without_a_next_one_the_clock_stands_and_says_so(clock: MovedClock, almanac: Almanac) -> None:
    clock.move_to(datetime(2025, 3, 11, 9, tzinfo=UTC))
    with pytest.raises(CannotTravel, match="No further digest is known"):
        Travel(clock, almanac, clock.now).go("digest")
    assert clock.now().date().isoformat() == "2025-03-11"
