"""Home: drawn by the bot, opened, clicked and chosen from by its reader."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.standin import NoReply, Person, StandIn
from tests.standin.bots import (
    actions,
    app_of,
    button,
    choosing,
    connected_by_http,
    connected_by_socket,
    field,
    home,
    modal,
    option,
    section,
    writing,
)

Json = dict[str, Any]


@pytest.fixture
def heard() -> list[Json]:
    return []


@pytest.fixture
def app(slack: StandIn, heard: list[Json]) -> App:
    app = app_of(slack)

    @app.event("app_home_opened")
    def opened(body: Json, client: WebClient) -> None:
        heard.append(body)
        owed = section(
            "You owe 2 things.", accessory=choosing("overflow", "History", "Share", action_id="more")
        )
        pause = choosing("checkboxes", "Pause reminders", action_id="pause")
        blocks = [owed, section("Settings", accessory=pause), actions(button("Update", "update"))]
        client.views_publish(user_id=body["event"]["user"], view=home(*blocks))

    @app.action("update")
    def update(ack: Any, body: Json, client: WebClient) -> None:
        heard.append(body)
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Note", writing())))
        ack()

    @app.action("more")
    @app.action("pause")
    def chosen(ack: Any, body: Json, client: WebClient) -> None:
        heard.append(body)
        ack()
        client.views_publish(user_id=body["user"]["id"], view=home(section("Drawn anew.")))

    return app


@pytest.fixture
def connected(slack: StandIn, app: App) -> Iterator[None]:
    with connected_by_http(slack, app):
        yield


@pytest.mark.parametrize("reached", [connected_by_socket, connected_by_http])
def test_home_is_drawn_when_it_is_opened(
    slack: StandIn, kim: Person, app: App, heard: list[Json], reached: Any
) -> None:
    assert slack.home_of("U0KIM") is None
    with reached(slack, app):
        seen = kim.opens_home()
        again = kim.opens_home()
    assert seen.all_text.split("\n")[0] == "You owe 2 things."
    assert [button.label for button in seen.buttons] == ["Update"]
    assert again.hash != seen.hash
    assert slack.home_of("U0KIM") == again
    assert slack.faults_found == []
    first, second = heard
    assert (first["event"]["tab"], first["event"]["user"]) == ("home", "U0KIM")
    assert first["event_id"] != second["event_id"]
    assert ("view" in first["event"], second["event"]["view"]["id"]) == (False, seen.id)


@pytest.mark.usefixtures("connected")
def test_a_click_in_home_opens_a_form(kim: Person, heard: list[Json]) -> None:
    seen = kim.opens_home()
    assert kim.clicks(seen, "Update", wait=60) is None
    assert kim.form
    assert kim.form.fields == {"Note": None}
    click = heard[-1]
    assert click["container"] == {"type": "view", "view_id": seen.id}
    assert (click["view"]["type"], click["view"]["id"]) == ("home", seen.id)
    assert "response_url" not in click


@pytest.mark.usefixtures("connected")
def test_a_choice_in_home_is_told_at_once(slack: StandIn, kim: Person, heard: list[Json]) -> None:
    assert kim.chooses(kim.opens_home(), "History", wait=60) is None
    assert heard[-1]["actions"][0]["selected_option"] == option("History")
    drawn = slack.home_of("U0KIM")
    assert drawn
    assert drawn.all_text == "Drawn anew."


@pytest.mark.usefixtures("connected")
def test_a_tick_in_home_is_told_with_what_stands(kim: Person, heard: list[Json]) -> None:
    kim.chooses(kim.opens_home(), "Pause reminders", beside="Settings", wait=60)
    (action,) = heard[-1]["actions"]
    assert action["selected_options"] == [option("Pause reminders")]
    state = heard[-1]["view"]["state"]["values"][action["block_id"]]["pause"]
    assert state == {"type": "checkboxes", "selected_options": [option("Pause reminders")]}


@pytest.mark.usefixtures("connected")
def test_a_choice_must_be_offered(kim: Person) -> None:
    with pytest.raises(LookupError, match="0 menus offer 'Delete'"):
        kim.chooses(kim.opens_home(), "Delete")


def test_a_choice_in_a_post_is_told_with_the_post(
    slack: StandIn, kim: Person, client: WebClient, app: App, heard: list[Json]
) -> None:
    menu = choosing("overflow", "Share", action_id="more")
    client.chat_postMessage(channel="C0COORD", text="x", blocks=[section("x", accessory=menu)])
    (post,) = slack.posts("C0COORD")
    with connected_by_http(slack, app):
        kim.chooses(post, "Share", wait=0.05)
    assert heard[-1]["message"]["ts"] == post.ts
    assert heard[-1]["actions"][0]["selected_option"] == option("Share")


@pytest.mark.usefixtures("connected")
def test_nobody_clicks_in_the_home_of_another(slack: StandIn, kim: Person) -> None:
    ed = slack.add_person("U0EDD", "Ed Moss")
    with pytest.raises(LookupError, match="not before Ed Moss"):
        ed.clicks(kim.opens_home(), "Update")


def test_a_home_that_is_never_drawn_is_empty(slack: StandIn, kim: Person) -> None:
    with connected_by_http(slack, app_of(slack)), pytest.raises(NoReply):
        kim.opens_home(wait=0.05)


def test_an_app_that_does_not_subscribe_is_not_told() -> None:
    heard: list[Json] = []
    with StandIn(events=("user_change",)) as slack:
        kim = slack.add_person("U0KIM", "Kim Hale")
        app = app_of(slack)

        @app.event("app_home_opened")
        @app.event("user_change")
        def hears(body: Json) -> None:
            heard.append(body)

        with connected_by_http(slack, app):
            with pytest.raises(NoReply):
                kim.opens_home(wait=0.05)
            assert heard == []
            slack.sets_status(kim.id)
    assert [body["event"]["type"] for body in heard] == ["user_change"]


def test_an_old_hash_conflicts(client: WebClient, kim: Person) -> None:
    old = client.views_publish(user_id="U0KIM", view=home(section("1")))["view"]
    client.views_publish(user_id="U0KIM", view=home(section("2")), hash=old["hash"])
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_publish(user_id="U0KIM", view=home(section("3")), hash=old["hash"])


def test_home_is_drawn_for_known_people_and_only_as_home(client: WebClient, kim: Person) -> None:
    with pytest.raises(SlackApiError, match="user_id"):
        client.views_publish(user_id="U0NONE", view=home(section("x")))
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_publish(user_id="U0KIM", view=modal(section("x")))
