"""Where an answer lands: in the thread that it was asked in, over the form that it was asked in."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from bot.rendering.blocks.buttons import SHARE
from tests.cast import ALICE, CORA
from tests.handlers.recorded import Json, Slack, recorded, slack
from tests.handlers.recording_slack import RecordingSlack
from tests.handlers.slack_errors import refusal

HEAD = "1741597100.000100"


class ResponseUrl:
    """Slack's response_url, at loopback: keeps what is posted to it."""

    def __init__(self) -> None:
        self.posts: list[Json] = []
        posts = self.posts

        class Keep(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                posts.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *_: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Keep)
        self.address = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def away() -> RecordingSlack:
    """Slack opens no form, so that what is said of it comes in words."""
    return RecordingSlack({"views_open": OSError()})


@pytest.fixture
def response_url() -> Iterator[ResponseUrl]:
    made = ResponseUrl()
    yield made
    made.close()


def reply_to(url: str, response_url: ResponseUrl, name: str, **of_action: Any) -> Json:
    """What comes by the response_url of a recorded payload."""
    with slack(url, hooks=(response_url.address,), views=away()) as front:
        payload = recorded(name) | {"response_url": response_url.address}
        if of_action:
            payload["actions"][0] |= of_action
        assert front.posts(payload).status == 200
    [reply] = response_url.posts
    return reply


@pytest.mark.parametrize(
    "action",
    ["show:stalking 15", "more", "choose-1", "of-another-version", "update", "snooze:15", "undo:1", SHARE],
)
def test_what_is_asked_in_a_thread_is_answered_in_the_thread(
    sqlite_url: str, response_url: ResponseUrl, action: str
) -> None:
    value = "1" if action.startswith("undo") else "15"
    reply = reply_to(sqlite_url, response_url, "click_in_thread", action_id=action, value=value)
    assert reply["thread_ts"] == HEAD


@pytest.mark.parametrize("name", ["click", "click_on_thread_head"])
def test_what_is_asked_in_the_channel_is_answered_in_the_channel(
    sqlite_url: str, response_url: ResponseUrl, name: str
) -> None:
    """Also beneath a message that begins a thread."""
    assert "thread_ts" not in reply_to(sqlite_url, response_url, name)


def test_a_message_shortcut_in_a_thread_is_answered_there(sqlite_url: str, response_url: ResponseUrl) -> None:
    assert reply_to(sqlite_url, response_url, "message_shortcut")["thread_ts"] == HEAD


@pytest.fixture
def front(sqlite_url: str) -> Iterator[Slack]:
    with slack(sqlite_url) as made:
        yield made


def in_form(action_id: str, value: str, who: str = ALICE.user_id) -> Json:
    payload = recorded("click_in_form")
    payload["user"]["id"] = who
    payload["actions"][0] |= {"action_id": action_id, "value": value}
    return payload


def test_what_is_asked_in_a_form_comes_over_it_and_never_by_another_open(front: Slack) -> None:
    assert front.posts(in_form("show:stalking 15", "stalking 15")).status == 200
    assert front.forms.methods == ["views_push"]
    assert "Stalking 15: 43 of 43 accepted" in front.forms.text


def test_where_three_forms_are_open_it_comes_in_the_place_of_the_uppermost(sqlite_url: str) -> None:
    # There is no room for a fourth.
    forms = RecordingSlack({"views_push": refusal("push_limit_reached")})
    with slack(sqlite_url, views=forms) as front:
        front.posts(in_form("show:stalking 15", "stalking 15"))
    assert forms.methods == ["views_update"]


@pytest.mark.parametrize("action", ["more", "choose-1"])
def test_what_takes_the_place_of_its_message_takes_that_of_its_form(front: Slack, action: str) -> None:
    front.posts(in_form(action, "15"))
    assert front.forms.methods == ["views_update"]


@pytest.mark.parametrize(
    ("action", "value"),
    [
        ("update:stalking-15", "stalking-15"),
        ("preview-digest", "preview"),
        ("grant-role", "grant"),
        ("revoke-role", "revoke"),
        ("choose-1", "update 15"),
        ("choose-1", "add report"),
        ("refuse-extension:1", "1"),
        ("correct:1", "1"),
    ],
)
def test_a_form_that_is_asked_for_in_a_form_is_put_over_it(front: Slack, action: str, value: str) -> None:
    assert front.posts(in_form(action, value, CORA.user_id)).status == 200
    assert front.forms.methods[0] == "views_push"
    assert "views_open" not in front.forms.methods


def test_nothing_is_shared_from_a_form_and_nobody_is_told_that_it_was(front: Slack) -> None:
    front.posts(in_form(SHARE, "15"))
    assert front.forms.methods == ["views_push"]
    assert "Nothing was shared" in front.forms.text
    assert "/recs 15" in front.forms.text
    assert "Shared by" not in front.forms.text


def test_an_answer_in_a_form_has_no_button_that_needs_a_channel(front: Slack) -> None:
    front.posts(in_form("show:stalking 15", "stalking 15"))
    assert "Share in channel" not in front.forms.text
