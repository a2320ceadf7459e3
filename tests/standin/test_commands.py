"""Slash commands, over both roads that a real app can be reached by."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from slack_bolt import App

from bot.standin import CommandFailed, NoReply, OperationTimeout, Person, StandIn
from tests.standin.bots import app_of, connected_by_http, connected_by_socket, section, served_by_http

Connect = Callable[[App], None]


@pytest.fixture(params=[connected_by_socket, connected_by_http], ids=["socket", "http"])
def connect(request: pytest.FixtureRequest, slack: StandIn) -> Iterator[Connect]:
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(request.param(slack, app))


def echoing(slack: StandIn) -> App:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any, command: dict[str, str]) -> None:
        ack(text=f"{command['team_id']} {command['user_id']} {command['channel_id']}", blocks=[section("hi")])

    return app


def noting_app(slack: StandIn) -> tuple[App, list[dict[str, str]]]:
    """An app that notes the commands it is given."""
    app, commands = app_of(slack), []

    @app.command("/recs")
    def recs(ack: Any, command: dict[str, str]) -> None:
        commands.append(command)
        ack("noted")

    return app, commands


def test_a_command_is_answered_in_its_acknowledgement(slack: StandIn, kim: Person, connect: Connect) -> None:
    connect(echoing(slack))
    reply = kim.types("/recs 15", channel="C0COORD")
    assert (reply.text, reply.response_type) == ("T0HOME U0KIM C0COORD", "ephemeral")
    assert reply.all_text == "hi"
    assert slack.seen_by("U0KIM") == [reply]
    assert slack.posts("C0COORD") == []
    assert slack.faults_found == []


def test_a_plain_text_acknowledgement_is_read_too(slack: StandIn, kim: Person, connect: Connect) -> None:
    app, _ = noting_app(slack)
    connect(app)
    assert kim.types("/recs").text == "noted"


def test_an_answer_in_channel_is_seen_by_all(slack: StandIn, kim: Person, connect: Connect) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any) -> None:
        ack(text="for all", response_type="in_channel")

    connect(app)
    assert kim.types("/recs", channel="C0COORD").response_type == "in_channel"
    assert [post.text for post in slack.posts("C0COORD")] == ["for all"]
    assert slack.seen_by("U0KIM") == []


def test_a_late_acknowledgement_is_a_timeout(slack: StandIn, kim: Person, connect: Connect) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any) -> None:
        time.sleep(3.3)
        ack("too late")

    connect(app)
    with pytest.raises(OperationTimeout):
        kim.types("/recs")
    assert slack.seen_by("U0KIM") == []


def test_an_empty_acknowledgement_waits_for_the_response_url(
    slack: StandIn, kim: Person, connect: Connect
) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any, respond: Any) -> None:
        ack()
        respond("later")

    connect(app)
    assert kim.types("/recs").text == "later"


def test_saying_nothing_at_all_is_no_reply(slack: StandIn, kim: Person, connect: Connect) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any) -> None:
        ack()

    connect(app)
    with pytest.raises(NoReply):
        kim.types("/recs", wait=0.05)


def test_an_invalid_acknowledgement_fails_and_is_noted(slack: StandIn, kim: Person, connect: Connect) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any) -> None:
        ack(text="x", blocks=[section("x" * 3_001)])

    connect(app)
    with pytest.raises(CommandFailed, match="invalid_blocks"):
        kim.types("/recs")
    assert {fault.road for fault in slack.faults_found} == {"acknowledgement"}


def test_a_redelivered_command_is_the_very_same(slack: StandIn, kim: Person, connect: Connect) -> None:
    app, commands = noting_app(slack)
    connect(app)
    kim.types("/recs 15")
    again = slack.redeliver()
    assert again
    assert again.text == "noted"
    assert commands[0] == commands[1]


def test_each_command_has_its_own_trigger(slack: StandIn, kim: Person) -> None:
    app, commands = noting_app(slack)
    with connected_by_socket(slack, app):
        kim.types("/recs 15")
        kim.types("/recs 15")
    assert commands[0]["trigger_id"] != commands[1]["trigger_id"]


def test_a_strangers_command_names_their_own_team(slack: StandIn) -> None:
    stranger = slack.add_person("U0STR", "Sam Strange", kind="stranger", team_id="T0OTHER")
    app, commands = noting_app(slack)
    with connected_by_http(slack, app):
        stranger.types("/recs", channel="C0COORD")
    assert (commands[0]["team_id"], commands[0]["is_enterprise_install"]) == ("T0OTHER", "false")


def test_typed_text_is_escaped_as_a_client_does(slack: StandIn, kim: Person) -> None:
    app, commands = noting_app(slack)
    typed = "grant @kim & <!channel> <@U0KIM> #coordination #15 me@kim.example @nobody https://x.example/?a&b"
    with connected_by_socket(slack, app):
        kim.types(f"/recs {typed}", channel="C0COORD")
    assert commands[0]["text"] == (
        "grant <@U0KIM|kim> &amp; &lt;!channel&gt; <@U0KIM|kim> <#C0COORD|coordination> #15 me@kim.example "
        "@nobody <https://x.example/?a&amp;b>"
    )


def test_commands_do_not_work_in_threads(slack: StandIn, kim: Person) -> None:
    with pytest.raises(CommandFailed, match="threads"):
        kim.types("/recs", channel="C0COORD", thread_ts="1.000000")


def test_without_a_connection_a_command_fails(slack: StandIn, kim: Person) -> None:
    with pytest.raises(CommandFailed, match="not connected"):
        kim.types("/recs")
    slack.deliver_by_http("http://127.0.0.1:1/slack/events")
    with pytest.raises(CommandFailed, match="dispatch_failed"):
        kim.types("/recs")


def test_an_answer_other_than_200_fails(slack: StandIn, kim: Person) -> None:
    with connected_by_http(slack, app_of(slack)), pytest.raises(CommandFailed, match="HTTP 404"):
        kim.types("/recs")


def test_a_wrong_signing_secret_is_not_believed(slack: StandIn, kim: Person) -> None:
    app = App(
        client=app_of(slack).client,
        signing_secret="another",
        process_before_response=True,
        token_verification_enabled=False,
    )
    with served_by_http(slack, app), pytest.raises(CommandFailed, match="HTTP 401"):
        kim.types("/recs")
