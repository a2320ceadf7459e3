"""Small real Bolt apps, for the stand-in to talk to."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.runtime.http.server import serve
from bot.standin import StandIn

Json = dict[str, Any]


def client_of(slack: StandIn, token: str | None = None) -> WebClient:
    return WebClient(slack.bot_token if token is None else token, base_url=slack.api_url, retry_handlers=[])


def app_of(slack: StandIn) -> App:
    return App(
        name="a bot",
        client=client_of(slack),
        signing_secret=slack.signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
    )


def close(client: SocketModeClient) -> None:
    """Close, and say so until it is closed: where a connection begins to read just then, slack_sdk forgets it
    and waits for ever (slack_sdk/socket_mode/builtin/client.py, `_run_current_session`)."""
    closing = threading.Thread(target=client.close)
    closing.start()
    while closing.is_alive():
        client.current_session_state.terminated = True
        closing.join(0.1)


@contextmanager
def connected_by_socket(slack: StandIn, app: App, connections: int = 1) -> Iterator[None]:
    handlers = [SocketModeHandler(app, slack.app_token, ping_interval=0.2) for _ in range(connections)]
    for handler in handlers:
        handler.connect()  # type: ignore[no-untyped-call]
    slack.wait_until_connected(connections=connections)
    try:
        yield
    finally:
        for handler in handlers:
            close(handler.client)


@contextmanager
def connected_by_http(slack: StandIn, app: App) -> Iterator[None]:
    with served_by_http(slack, app):
        slack.wait_until_connected()
        yield


@contextmanager
def served_by_http(slack: StandIn, app: App) -> Iterator[None]:
    """Its URL is not tried."""
    with closing(serve(SlackRequestHandler(app), "127.0.0.1", 0, threads=2)) as server:
        slack.deliver_by_http(f"http://127.0.0.1:{server.port}/slack/events")
        yield


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str = "act", **more: Any) -> Json:
    return {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "action_id": action_id,
        **more,
    }


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(words: str, value: str | None = None) -> Json:
    return {"text": plain(words), "value": value or words}


def writing(action_id: str = "entry", **more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": action_id, **more}


def choosing(kind: str, *words: str, action_id: str = "entry", **more: Any) -> Json:
    return {"type": kind, "action_id": action_id, "options": [option(word) for word in words], **more}


def field(label: str, element: Json, **more: Any) -> Json:
    """An input; its block_id is the label."""
    return {"type": "input", "block_id": label, "label": plain(label), "element": element, **more}


def modal(*blocks: Json, title: str = "Update", **more: Any) -> Json:
    return {
        "type": "modal",
        "callback_id": "update",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
        **more,
    }


def home(*blocks: Json, **more: Any) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


LOADING: Json = {"type": "modal", "title": plain("Update"), "blocks": [section("Loading…")]}
