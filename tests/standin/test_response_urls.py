import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.standin import Person, StandIn
from tests.standin.bots import actions, app_of, button, connected_by_http


class Clock:
    def __init__(self) -> None:
        self.instant = datetime(2025, 3, 10, 9, 0, tzinfo=UTC)

    def now(self) -> datetime:
        self.instant += timedelta(microseconds=1)
        return self.instant


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def slack(clock: Clock) -> Iterator[StandIn]:
    with StandIn(now=clock.now) as slack:
        slack.add_channel("C0COORD", "coordination")
        yield slack


@pytest.fixture
def urls() -> list[str]:
    return []


@pytest.fixture
def connected(slack: StandIn, urls: list[str]) -> Iterator[App]:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        ack(text="first", blocks=[actions(button("More"))])

    @app.action("act")
    def more(ack: Any, body: dict[str, Any]) -> None:
        urls.append(body["response_url"])
        ack()

    with connected_by_http(slack, app):
        yield app


def post(url: str, **payload: Any) -> tuple[int, str]:
    request = urllib.request.Request(url, json.dumps(payload).encode())  # noqa: S310
    try:
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def seen(slack: StandIn) -> list[str]:
    return [reply.text for reply in slack.seen_by("U0KIM")]


@pytest.mark.usefixtures("connected")
def test_a_sixth_use_is_refused(slack: StandIn, kim: Person, urls: list[str]) -> None:
    kim.types("/recs", channel="C0COORD")
    answers = [post(urls[0], text=str(number)) for number in range(6)]
    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]
    assert seen(slack) == ["first", "0", "1", "2", "3", "4"]


@pytest.mark.usefixtures("connected")
def test_after_half_an_hour_it_is_expired(kim: Person, urls: list[str], clock: Clock) -> None:
    kim.types("/recs", channel="C0COORD")
    clock.instant += timedelta(minutes=31)
    assert post(urls[0], text="late") == (404, "expired_url")


def test_an_address_never_given_out_is_refused(slack: StandIn) -> None:
    assert post(slack.api_url.replace("/api/", "/response/none"), text="x") == (404, "invalid_url")


@pytest.mark.usefixtures("connected")
def test_the_first_answer_to_a_command_is_not_replaced(slack: StandIn, kim: Person, urls: list[str]) -> None:
    kim.types("/recs", channel="C0COORD")
    post(urls[0], text="second", replace_original=True)
    assert seen(slack) == ["first", "second"]


@pytest.mark.usefixtures("connected")
def test_a_buttons_answer_replaces_only_when_asked_to(slack: StandIn, kim: Person, urls: list[str]) -> None:
    reply = kim.types("/recs", channel="C0COORD")
    kim.clicks(reply, "More", wait=0.01)
    post(urls[1], text="beside")
    assert seen(slack) == ["first", "beside"]
    post(urls[1], text="instead", replace_original=True)
    assert seen(slack) == ["instead", "beside"]


@pytest.mark.usefixtures("connected")
def test_an_ephemeral_reply_cannot_be_turned_into_one_for_all(
    slack: StandIn, kim: Person, urls: list[str]
) -> None:
    kim.clicks(kim.types("/recs", channel="C0COORD"), "More", wait=0.01)
    post(urls[1], text="instead", replace_original=True, response_type="in_channel")
    assert seen(slack) == ["instead"]
    assert slack.posts("C0COORD") == []


@pytest.mark.usefixtures("connected")
def test_an_answer_in_channel_is_posted_even_where_the_bot_is_not(
    slack: StandIn, kim: Person, urls: list[str]
) -> None:
    slack.remove_bot("C0COORD")
    kim.types("/recs", channel="C0COORD")
    post(urls[0], text="for all", response_type="in_channel")
    assert [post.text for post in slack.posts("C0COORD")] == ["for all"]


@pytest.mark.usefixtures("connected")
def test_the_original_can_be_deleted(slack: StandIn, kim: Person, urls: list[str]) -> None:
    kim.clicks(kim.types("/recs", channel="C0COORD"), "More", wait=0.01)
    assert post(urls[1], delete_original=True) == (200, "ok")
    assert seen(slack) == []


@pytest.mark.usefixtures("connected")
def test_what_slack_would_not_take_is_refused_and_noted(slack: StandIn, kim: Person, urls: list[str]) -> None:
    kim.types("/recs", channel="C0COORD")
    assert post(urls[0]) == (400, "no_text")
    assert post(urls[0], text="x", blocks=[actions()]) == (400, "invalid_blocks")
    assert {fault.road for fault in slack.faults_found} == {"response_url"}
    assert seen(slack) == ["first"]


@pytest.fixture
def kim(slack: StandIn) -> Person:
    return slack.add_person("U0KIM", "Kim Hale")


@pytest.mark.usefixtures("connected")
def test_a_post_in_a_channel_can_be_deleted_by_its_button(
    slack: StandIn, kim: Person, urls: list[str]
) -> None:
    client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    client.chat_postMessage(channel="C0COORD", text="x", blocks=[actions(button("More"))])
    kim.clicks(slack.posts("C0COORD")[0], "More", wait=0.01)
    post(urls[0], delete_original=True)
    assert slack.posts("C0COORD") == []
