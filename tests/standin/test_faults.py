"""Faults on order, as a client of the Web API meets them."""

import http.client
import time
from collections.abc import Callable
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.standin import StandIn, rate_limited, slow
from bot.standin.faults import Faults, refused
from tests.standin.bots import client_of

DROPPED = (http.client.RemoteDisconnected, ConnectionResetError, URLError)


@pytest.fixture
def send(client: WebClient) -> Callable[[], object]:
    return lambda: client.chat_postMessage(channel="C0COORD", text="digest")


def arrived(slack: StandIn) -> int:
    return len(slack.posts("C0COORD"))


def test_a_message_may_be_taken_without_an_answer(slack: StandIn, send: Callable[[], object]) -> None:
    slack.faults.next("chat.postMessage", "accept_then_drop")
    with pytest.raises(DROPPED):
        send()
    assert arrived(slack) == 1
    assert [call.response for call in slack.calls] == [None]


def test_the_sdks_own_retry_doubles_a_message_that_was_taken(slack: StandIn) -> None:
    slack.faults.next("chat.postMessage", "accept_then_drop")
    WebClient(slack.bot_token, base_url=slack.api_url).chat_postMessage(channel="C0COORD", text="digest")
    assert arrived(slack) == 2


def test_a_connection_may_be_dropped_before(slack: StandIn, send: Callable[[], object]) -> None:
    slack.faults.next("chat.postMessage", "drop")
    with pytest.raises(DROPPED):
        send()
    assert arrived(slack) == 0


@pytest.mark.parametrize(("kind", "messages"), [("http_500", 0), ("accept_then_500", 1)])
def test_a_server_error_says_nothing_of_what_happened(
    slack: StandIn, send: Callable[[], object], kind: str, messages: int
) -> None:
    slack.faults.next("chat.postMessage", kind)  # type: ignore[arg-type]
    with pytest.raises(SlackApiError) as error:
        send()
    assert error.value.response.status_code == 500
    assert arrived(slack) == messages


def test_an_internal_error_comes_with_200(slack: StandIn, send: Callable[[], object]) -> None:
    slack.faults.next("chat.postMessage", "internal_error")
    with pytest.raises(SlackApiError, match="internal_error") as error:
        send()
    assert error.value.response.status_code == 200


def test_a_call_is_refused_with_whatever_code(slack: StandIn, send: Callable[[], object]) -> None:
    slack.faults.next("chat.postMessage", refused("access_denied"))
    with pytest.raises(SlackApiError) as error:
        send()
    assert error.value.response["error"] == "access_denied"
    assert slack.posts("C0COORD") == []


def test_a_rate_limit_says_when_to_come_back(slack: StandIn, send: Callable[[], object]) -> None:
    slack.faults.next("chat.postMessage", rate_limited(30))
    with pytest.raises(SlackApiError, match="ratelimited") as error:
        send()
    assert error.value.response.status_code == 429
    assert error.value.response.headers["Retry-After"] == "30"


def test_a_slow_call_is_taken_after_its_caller_gave_up(slack: StandIn) -> None:
    slack.faults.next("chat.postMessage", slow(0.3))
    impatient = client_of(slack)
    impatient.timeout = 0.05  # type: ignore[assignment]
    with pytest.raises(TimeoutError):
        impatient.chat_postMessage(channel="C0COORD", text="digest")
    deadline = time.monotonic() + 60
    while not arrived(slack) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert arrived(slack) == 1


def test_a_fault_is_met_as_often_as_ordered_and_by_its_method_only(
    slack: StandIn, client: WebClient, send: Callable[[], object]
) -> None:
    slack.faults.next("chat.postMessage", "internal_error", times=2)
    client.auth_test()
    for _ in range(2):
        with pytest.raises(SlackApiError):
            send()
    send()
    assert arrived(slack) == 1


def test_occasional_faults_are_settled_by_the_seed() -> None:
    def met(seed: int) -> list[bool]:
        faults = Faults(seed)
        faults.sometimes("chat.postMessage", "drop", 0.4)
        return [faults.take("chat.postMessage") is not None for _ in range(200)]

    assert met(1) == met(1) != met(2)
    assert 40 < sum(met(1)) < 120


def test_cleared_faults_are_met_no_more(slack: StandIn, send: Callable[[], object]) -> None:
    slack.faults.next("chat.postMessage", "drop")
    slack.faults.sometimes("chat.postMessage", "drop", 1)
    slack.faults.clear()
    send()
    assert arrived(slack) == 1
