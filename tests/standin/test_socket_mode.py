import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk.socket_mode import SocketModeClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from bot.runtime.socket_frames import socket_mode
from bot.standin import CommandFailed, Person, StandIn
from bot.standin.http_delivery import RequestUrlNotVerified
from tests.standin.bots import app_of, client_of, close, connected_by_http, connected_by_socket


def noting_threads(slack: StandIn) -> tuple[App, list[str]]:
    app, texts = app_of(slack), []

    @app.command("/recs")
    def recs(ack: Any, command: dict[str, str]) -> None:
        texts.append(command["text"])
        ack(command["text"])

    return app, texts


def test_without_a_connection_the_wait_ends(slack: StandIn) -> None:
    with pytest.raises(TimeoutError):
        slack.wait_until_connected(timeout=0.01)
    slack.deliver_by_http("http://127.0.0.1:1/slack/events")
    with pytest.raises(TimeoutError):
        slack.wait_until_connected(timeout=0.01)


def test_each_command_goes_to_one_of_several_connections(slack: StandIn, kim: Person) -> None:
    app, texts = noting_threads(slack)
    with connected_by_socket(slack, app, connections=3), ThreadPoolExecutor(4) as people:
        typed = [str(number) for number in range(12)]
        replies = list(people.map(lambda text: kim.types(f"/recs {text}").text, typed))
    assert replies == typed
    assert sorted(texts) == sorted(typed)


def test_an_address_lets_one_connection_in_once(slack: StandIn) -> None:
    address = client_of(slack, slack.app_token).apps_connections_open(app_token=slack.app_token)["url"]
    with connect(address) as connection:
        assert json.loads(connection.recv())["type"] == "hello"
    for used_or_guessed in (
        address,
        slack.api_url.replace("http:", "ws:").replace("/api/", "/link?ticket=x"),
    ):
        with pytest.raises(InvalidStatus):
            connect(used_or_guessed)


def test_an_eleventh_connection_is_one_too_many(slack: StandIn) -> None:
    turned_away = threading.Event()
    client = SocketModeClient(slack.app_token, web_client=client_of(slack), auto_reconnect_enabled=False)
    client.on_message_listeners.append(
        lambda message: turned_away.set() if "too_many_websockets" in message else None
    )
    with connected_by_socket(slack, app_of(slack), connections=10):
        client.connect()
        assert turned_away.wait(60)
    close(client)


def test_a_bot_whose_connection_is_cut_connects_again(slack: StandIn, kim: Person) -> None:
    app, _ = noting_threads(slack)
    with connected_by_socket(slack, app):
        slack.disconnect()
        slack.wait_until_connected(timeout=60)
        assert kim.types("/recs again").text == "again"


def test_a_bot_that_left_is_not_reached(slack: StandIn, kim: Person) -> None:
    with connected_by_socket(slack, noting_threads(slack)[0]):
        pass
    slack.disconnect()
    with pytest.raises(CommandFailed):
        kim.types("/recs")


def test_a_request_url_that_does_not_answer_as_it_has_to_is_not_taken(slack: StandIn) -> None:
    """As where the app runs with another app's signing secret."""
    app = App(client=client_of(slack), signing_secret="another", token_verification_enabled=False)
    with (
        pytest.raises(RequestUrlNotVerified, match="url_verification: HTTP 401"),
        connected_by_http(slack, app),
    ):
        raise AssertionError("it was taken")


@pytest.mark.parametrize("reached", [connected_by_socket, connected_by_http])
def test_the_app_hears_of_a_new_name_and_of_an_end(slack: StandIn, kim: Person, reached: Any) -> None:
    app, heard = app_of(slack), []

    @app.event("user_change")
    def user_change(event: dict[str, Any]) -> None:
        heard.append((event["user"]["profile"]["real_name"], event["user"]["deleted"]))

    with reached(slack, app):
        slack.rename("U0KIM", "Kim Reed")
        slack.deactivate("U0KIM")
    assert heard == [("Kim Reed", False), ("Kim Reed", True)]


def test_an_app_that_subscribes_to_nothing_hears_nothing() -> None:
    with StandIn(events=()) as slack:
        slack.add_person("U0KIM", "Kim Hale")
        app, heard = app_of(slack), []

        @app.event("user_change")
        def user_change(event: dict[str, Any]) -> None:
            heard.append(event)

        with connected_by_http(slack, app):
            slack.rename("U0KIM", "Kim Reed")
    assert heard == []


def test_nothing_is_left_running_afterwards() -> None:
    before = set(threading.enumerate())
    with StandIn() as slack:
        client_of(slack).auth_test()
        slack.add_channel("C0COORD", "coordination")
        with connected_by_socket(slack, noting_threads(slack)[0]):
            pass
    assert [thread for thread in threading.enumerate() if thread not in before] == []


def test_long_payloads_and_long_answers_are_carried(slack: StandIn, kim: Person) -> None:
    app = app_of(slack)
    text = "🙂" * 30_000

    @app.command("/recs")
    def recs(ack: Any, command: dict[str, str]) -> None:
        ack({"text": command["text"]})

    handler = socket_mode(app, slack.app_token, ping_interval=0.2, concurrency=2)
    handler.connect()  # type: ignore[no-untyped-call]
    try:
        slack.wait_until_connected()
        # In ASCII JSON each of them takes 12 bytes, both ways.
        assert kim.types(f"/recs {text}").text == text
    finally:
        close(handler.client)
