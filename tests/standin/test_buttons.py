from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient

from bot.standin import Person, StandIn
from tests.standin.bots import actions, app_of, button, connected_by_http, connected_by_socket, section

BLOCKS = [
    section("Recorded"),
    actions(
        button("Undo", "undo", value="7"),
        button("Update", "update:kent", accessibility_label="Update recommendation 15 for Kent"),
        button("Update", "update:essex", accessibility_label="Update recommendation 15 for Essex"),
    ),
]


@pytest.fixture
def clicks() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def app(slack: StandIn, clicks: list[dict[str, Any]]) -> App:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any) -> None:
        ack(text="Recorded", blocks=BLOCKS)

    @app.action("undo")
    def undo(ack: Any, body: dict[str, Any], respond: Any) -> None:
        clicks.append(body)
        ack()
        respond(text="Undone", replace_original=True)

    @app.action({"action_id": "update:kent"})
    def update(ack: Any, body: dict[str, Any]) -> None:
        clicks.append(body)
        ack()

    return app


def test_a_click_by_label_replaces_the_reply_it_stood_in(
    slack: StandIn, kim: Person, app: App, clicks: list[dict[str, Any]]
) -> None:
    with connected_by_socket(slack, app):
        reply = kim.types("/recs accept 15", channel="C0COORD")
        after = kim.clicks(reply, "Undo")
    assert after
    assert after.text == "Undone"
    assert slack.seen_by("U0KIM") == [after]
    assert slack.faults_found == []
    (click,) = clicks
    assert click["actions"][0]["value"] == "7"
    assert click["container"]["is_ephemeral"]
    assert "message" not in click


def test_a_click_in_a_post_carries_the_post_and_replaces_it(
    slack: StandIn, kim: Person, client: WebClient, app: App, clicks: list[dict[str, Any]]
) -> None:
    client.chat_postMessage(channel="C0COORD", text="Recorded", blocks=BLOCKS)
    (post,) = slack.posts("C0COORD")
    with connected_by_http(slack, app):
        kim.clicks(post, "Undo")
    assert [post.text for post in slack.posts("C0COORD")] == ["Undone"]
    assert clicks[0]["message"]["ts"] == clicks[0]["container"]["message_ts"] == post.ts
    assert not clicks[0]["container"]["is_ephemeral"]


def test_a_click_in_a_thread_names_the_thread(
    slack: StandIn, kim: Person, client: WebClient, app: App, clicks: list[dict[str, Any]]
) -> None:
    head = client.chat_postMessage(channel="C0COORD", text="head")["ts"]
    client.chat_postMessage(channel="C0COORD", text="part", blocks=BLOCKS, thread_ts=head)
    with connected_by_socket(slack, app):
        kim.clicks(slack.thread("C0COORD", head)[0], "Undo")
    assert clicks[0]["container"]["thread_ts"] == head


def test_a_click_that_says_nothing_gives_none(slack: StandIn, kim: Person, app: App) -> None:
    with connected_by_socket(slack, app):
        reply = kim.types("/recs")
        label = "Update recommendation 15 for Kent"
        assert kim.clicks(reply, "Update", accessibility_label=label, wait=0.05) is None


def test_buttons_of_one_label_are_told_apart_by_what_a_screen_reader_says(
    slack: StandIn, kim: Person, app: App
) -> None:
    with connected_by_socket(slack, app):
        reply = kim.types("/recs")
    with pytest.raises(LookupError, match="2 buttons"):
        kim.clicks(reply, "Update")
    with pytest.raises(LookupError, match="0 buttons"):
        kim.clicks(reply, "Share in channel")


def test_a_strangers_click_names_their_own_team_beside_the_workspaces(
    slack: StandIn, client: WebClient, app: App, clicks: list[dict[str, Any]]
) -> None:
    stranger = slack.add_person("U0STR", "Sam Strange", kind="stranger", team_id="T0OTHER")
    client.chat_postMessage(channel="C0COORD", text="Recorded", blocks=BLOCKS)
    with connected_by_socket(slack, app):
        stranger.clicks(slack.posts("C0COORD")[0], "Undo")
    assert (clicks[0]["user"]["team_id"], clicks[0]["team"]["id"]) == ("T0OTHER", "T0HOME")


def test_a_redelivered_click_is_the_very_same(
    slack: StandIn, kim: Person, app: App, clicks: list[dict[str, Any]]
) -> None:
    with connected_by_http(slack, app):
        kim.clicks(kim.types("/recs"), "Undo")
        slack.redeliver()
    first, second = clicks
    assert first["actions"][0]["action_ts"] == second["actions"][0]["action_ts"]
    assert first["trigger_id"] == second["trigger_id"]


@pytest.mark.parametrize("named", [True, False])
def test_an_answer_to_a_click_in_a_thread_lands_in_the_channel_unless_it_names_the_thread(
    slack: StandIn, kim: Person, client: WebClient, named: bool
) -> None:
    app = app_of(slack)

    @app.action("undo")
    def undo(ack: Any, body: dict[str, Any], respond: Any) -> None:
        ack()
        thread = {"thread_ts": body["container"]["thread_ts"]} if named else {}
        respond(text="Undone", replace_original=False, **thread)

    head = client.chat_postMessage(channel="C0COORD", text="head")["ts"]
    client.chat_postMessage(channel="C0COORD", text="part", blocks=BLOCKS, thread_ts=head)
    with connected_by_socket(slack, app):
        reply = kim.clicks(slack.thread("C0COORD", head)[0], "Undo")
    assert reply
    assert reply.thread_ts == (head if named else None)
