import dataclasses
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.messages.delivery import Delivery, DeliveryKind
from bot.domain.messages.delivery_state import DeliveryState
from bot.domain.messages.slots import Slot
from bot.domain.values import replace
from bot.runtime import version
from bot.runtime.clock import StartingClock
from bot.runtime.health import Health, SlackAway, Token, TokenRefused
from storage import deliveries
from storage.database import FOR_REQUESTS, Database
from storage.store import Store
from tests import cast
from tests.cast import HOME, NOW


class Slack:
    """What Slack says of the token, and a clock that the test moves."""

    def __init__(self) -> None:
        self.says: Exception | None = None
        self.asked = 0
        self.time = 0.0

    def token(self) -> Token:
        return Token(self.ask, now=lambda: self.time)

    def ask(self) -> None:
        self.asked += 1
        if self.says:
            raise self.says


@pytest.fixture
def slack() -> Slack:
    return Slack()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    store = cast.migrated(database_url)
    yield store
    store.database.close()


def figure(shown: str, name: str) -> float:
    """The value of one line of the metrics."""
    (value,) = [line.removeprefix(f"{name} ") for line in shown.splitlines() if line.startswith(f"{name} ")]
    return float(value)


def health_of(store: Store, slack: Slack) -> Health:
    return Health(store, StartingClock(NOW), slack.token())


def test_with_everything_in_its_place_nothing_stands_in_the_way(store: Store, slack: Slack) -> None:
    assert health_of(store, slack).problems() == []


def test_the_metrics_tell_the_version(store: Store, slack: Slack) -> None:
    name = f'recbot_build_info{{version="{version.installed()}"}}'
    assert figure(health_of(store, slack).metrics(), name) == 1


def test_slack_is_asked_about_the_token_once_a_minute_however_often_somebody_looks(slack: Slack) -> None:
    token = slack.token()
    for second in range(121):
        slack.time = float(second)
        token.look()
    assert slack.asked == 2


def test_a_revoked_token_is_a_problem_until_slack_takes_it_again(store: Store, slack: Slack) -> None:
    health = health_of(store, slack)
    slack.says, slack.time = TokenRefused("Slack does not take the bot token (token_revoked)."), 60
    assert health.problems() == ["Slack does not take the bot token (token_revoked)."]
    slack.says, slack.time = SlackAway(), 120
    assert health.problems() == ["Slack does not take the bot token (token_revoked)."]
    slack.says, slack.time = None, 180
    assert health.problems() == []


def test_slack_being_away_is_in_the_metrics_and_does_not_take_recbot_out_of_a_balancer(
    store: Store, slack: Slack
) -> None:
    health = health_of(store, slack)
    slack.says, slack.time = SlackAway(), 60
    assert health.problems() == []
    assert figure(health.metrics(), "recbot_slack_answers") == 0


def test_a_connection_that_is_down_is_a_problem(store: Store, slack: Slack) -> None:
    health = dataclasses.replace(health_of(store, slack), connected=lambda: False)
    assert health.problems() == [
        "Slack's Socket Mode connection is down: recbot hears nobody until it is back."
    ]
    assert figure(health.metrics(), "recbot_socket_connected") == 0
    assert figure(health.metrics(), "recbot_ready") == 0


def test_an_old_schema_is_a_problem(store: Store, slack: Slack) -> None:
    with store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    (problem,) = health_of(store, slack).problems()
    assert "run recbot migrate" in problem


def test_while_the_database_is_away_it_says_so_and_still_gives_its_other_figures(slack: Slack) -> None:
    database = Database("postgresql://nobody@127.0.0.1:9/none", FOR_REQUESTS)
    health = health_of(Store(database, HOME), slack)
    (problem,) = health.problems()
    assert problem.startswith("The database does not answer")
    shown = health.metrics()
    assert figure(shown, "recbot_database_answers") == 0
    assert figure(shown, "recbot_acknowledgement_seconds_count") == 0
    assert "recbot_deliveries" not in shown
    database.close()


def test_the_metrics_tell_how_deliveries_stand(store: Store, slack: Slack) -> None:
    week = timedelta(weeks=1)
    with store.begin() as connection:
        for state, age in (
            (DeliveryState.SENT, week),
            (DeliveryState.BLOCKED, timedelta(hours=1)),
            (DeliveryState.DUE, timedelta(minutes=5)),
        ):
            begun = NOW - age
            deliveries.add(connection, replace(_digest(f"digest:{state}"), created_at=begun, state=state))
        connection.execute(
            text("UPDATE deliveries SET first_send_at = created_at WHERE state = 'sent'"),
        )
    shown = health_of(store, slack).metrics()
    assert figure(shown, 'recbot_deliveries{state="sent"}') == 1
    assert figure(shown, 'recbot_deliveries{state="blocked"}') == 1
    assert figure(shown, 'recbot_deliveries{state="unknown"}') == 0
    assert figure(shown, "recbot_duplicates_removed_total") == 0
    assert figure(shown, "recbot_last_digest_timestamp_seconds") == (NOW - week).timestamp()
    assert 3600 <= figure(shown, "recbot_oldest_due_seconds") < 3700


def test_the_metrics_tell_how_far_the_schedule_is_once_it_has_caught_up(store: Store, slack: Slack) -> None:
    health = health_of(store, slack)
    assert "recbot_schedule_timestamp_seconds" not in health.metrics()
    caught_up = dataclasses.replace(health, caught_up_at=lambda: NOW)
    assert figure(caught_up.metrics(), "recbot_schedule_timestamp_seconds") == NOW.timestamp()


def test_two_apps_in_a_process_keep_their_figures_apart(store: Store, slack: Slack) -> None:
    first, second = health_of(store, slack), health_of(store, slack)
    first.acknowledged.observe(0.2)
    assert figure(first.metrics(), "recbot_acknowledgement_seconds_count") == 1
    assert figure(second.metrics(), "recbot_acknowledgement_seconds_count") == 0


def test_no_person_and_no_text_is_in_the_metrics(database_url: str, slack: Slack) -> None:
    register = cast.stalking_case(database_url)
    register.says(cast.ALICE, "note 15: Canary Hale met the provider")
    shown = health_of(register.store, slack).metrics()
    assert not [word for word in ("Canary", "U0ALICE", "Alice", "T0HOME", "kent") if word in shown]
    register.store.database.close()


def _digest(key: str) -> Delivery:
    return Delivery(key, DeliveryKind.DIGEST, Slot.named("2025-03-10T09:00"), "C0COORD", NOW, NOW)
