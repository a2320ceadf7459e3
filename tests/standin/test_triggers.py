"""Triggers, stacks, hashes and ids: when a form may be opened, pushed and changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from slack_bolt import App
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.standin import FormOpened, NoReply, Person, StandIn
from bot.standin.refusal import Refusal
from bot.standin.triggers import LIFETIME, Triggers
from tests.standin.bots import (
    LOADING,
    actions,
    app_of,
    button,
    connected_by_http,
    field,
    modal,
    section,
    writing,
)

STACKED = modal(section("x"), actions(button("Deeper", "deeper")))


@pytest.fixture
def triggers() -> list[str]:
    """Every trigger the app was given, the newest last."""
    return []


@pytest.fixture
def app(slack: StandIn, triggers: list[str]) -> Iterator[App]:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any, body: dict[str, Any]) -> None:
        triggers.append(body["trigger_id"])
        ack()

    @app.action("deeper")
    def deeper(ack: Any, body: dict[str, Any]) -> None:
        triggers.append(body["trigger_id"])
        ack()

    with connected_by_http(slack, app):
        yield app


@pytest.fixture
def trigger(app: App, kim: Person, triggers: list[str]) -> str:
    with pytest.raises(NoReply):
        kim.types("/recs update 15", wait=0.01)
    return triggers[-1]


def error_of(method: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        method(**arguments)
    return str(refusal.value.response["error"])


def test_a_trigger_opens_one_form(client: WebClient, kim: Person, trigger: str) -> None:
    view = client.views_open(trigger_id=trigger, view=STACKED)["view"]
    assert error_of(client.views_open, trigger_id=trigger, view=STACKED) == "exchanged_trigger_id"
    assert kim.form
    assert kim.form.id == view["id"] == view["root_view_id"]
    assert view["previous_view_id"] is None


def test_a_trigger_lives_three_seconds() -> None:
    triggers = Triggers()
    trigger_id = triggers.issue("U0KIM")
    triggers.usable(trigger_id).made_at -= LIFETIME
    with pytest.raises(Refusal, match="expired_trigger_id"):
        triggers.usable(trigger_id)


def test_an_unknown_trigger_is_invalid(client: WebClient) -> None:
    assert error_of(client.views_open, trigger_id="1.2.3", view=STACKED) == "invalid_trigger_id"


def test_a_form_that_is_refused_does_not_use_the_trigger_up(
    slack: StandIn, client: WebClient, trigger: str
) -> None:
    long = modal(section("x"), title="x" * 25)
    assert error_of(client.views_open, trigger_id=trigger, view=long) == "invalid_arguments"
    assert {fault.road for fault in slack.faults_found} == {"views.open"}
    assert client.views_open(trigger_id=trigger, view=STACKED)["ok"]


def test_a_form_opened_after_the_acknowledgement_is_waited_for(
    slack: StandIn, client: WebClient, kim: Person, app: App, triggers: list[str]
) -> None:
    with pytest.raises(NoReply):
        kim.types("/recs update 15", wait=0.01)
    assert kim.form is None
    client.views_open(trigger_id=triggers[-1], view=STACKED)
    assert kim.form


def test_forms_are_stacked_three_high(
    client: WebClient, kim: Person, trigger: str, triggers: list[str]
) -> None:
    lowest = client.views_open(trigger_id=trigger, view=STACKED)["view"]
    for height in (2, 3, 4):
        assert kim.form
        kim.clicks(kim.form, "Deeper", wait=0.01)
        if height < 4:
            above = client.views_push(trigger_id=triggers[-1], view=STACKED)["view"]
            assert above["root_view_id"] == lowest["id"]
    assert error_of(client.views_push, trigger_id=triggers[-1], view=STACKED) == "push_limit_reached"


def test_a_form_is_pushed_only_from_a_form(client: WebClient, trigger: str) -> None:
    assert error_of(client.views_push, trigger_id=trigger, view=STACKED) == "invalid_trigger_id"


def test_a_covered_form_cannot_be_acted_on_until_it_is_seen_again(
    client: WebClient, kim: Person, trigger: str, triggers: list[str]
) -> None:
    client.views_open(trigger_id=trigger, view=STACKED)
    below = kim.form
    assert below
    kim.clicks(below, "Deeper", wait=0.01)
    client.views_push(trigger_id=triggers[-1], view=modal(section("y"), title="Above"))
    with pytest.raises(LookupError, match="covers"):
        below.submit()
    with pytest.raises(LookupError, match="not before"):
        kim.clicks(below, "Deeper")
    assert kim.form
    kim.form.close()
    assert kim.form.title == below.title


def test_an_update_with_an_old_hash_conflicts(client: WebClient, kim: Person, trigger: str) -> None:
    view = client.views_open(trigger_id=trigger, view=LOADING)["view"]
    client.views_update(view_id=view["id"], hash=view["hash"], view=STACKED)
    assert (
        error_of(client.views_update, view_id=view["id"], hash=view["hash"], view=LOADING) == "hash_conflict"
    )
    assert kim.wait_for_form().all_text.startswith("Update\nx")


def test_a_form_is_updated_by_its_external_id_too(client: WebClient, kim: Person, trigger: str) -> None:
    client.views_open(trigger_id=trigger, view=LOADING | {"external_id": "kim-15"})
    client.views_update(external_id="kim-15", view=modal(section("y"), external_id="kim-15"))
    assert kim.form
    assert "y" in kim.form.all_text


def test_an_external_id_belongs_to_one_form(
    slack: StandIn, client: WebClient, trigger: str, triggers: list[str]
) -> None:
    client.views_open(trigger_id=trigger, view=LOADING | {"external_id": "one"})
    with pytest.raises(NoReply):
        slack.add_person("U0EDD", "Ed Moss").types("/recs update 15", wait=0.01)
    view = LOADING | {"external_id": "one"}
    assert error_of(client.views_open, trigger_id=triggers[-1], view=view) == "duplicate_external_id"


def test_a_form_that_is_closed_cannot_be_updated(client: WebClient, kim: Person, trigger: str) -> None:
    view = client.views_open(trigger_id=trigger, view=STACKED)["view"]
    assert kim.form
    kim.form.close()
    assert error_of(client.views_update, view_id=view["id"], view=STACKED) == "not_found"
    assert error_of(client.api_call, api_method="views.update", json={"view": STACKED}) == "invalid_arguments"
    assert kim.form is None


def test_a_new_form_takes_the_place_of_the_old(
    client: WebClient, kim: Person, trigger: str, triggers: list[str]
) -> None:
    client.views_open(trigger_id=trigger, view=STACKED)
    old = kim.form
    with pytest.raises(NoReply):
        kim.types("/recs update 16", wait=0.01)
    client.views_open(trigger_id=triggers[-1], view=STACKED)
    assert old
    assert kim.form
    assert (old.is_open, kim.form.is_open) == (False, True)
    with pytest.raises(LookupError, match="is closed"):
        old.submit()


def test_a_command_whose_form_comes_before_the_answer_says_so_at_once(slack: StandIn, kim: Person) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Note", writing())))
        ack()

    with connected_by_http(slack, app):
        with pytest.raises(FormOpened, match="Update"):
            kim.types("/recs update 15", wait=60)
        assert kim.opens_form("/recs update 15").fields == {"Note": None}


def test_a_command_that_answers_in_words_opens_no_form(slack: StandIn, kim: Person) -> None:
    app = app_of(slack)

    @app.command("/recs")
    def recs(ack: Any) -> None:
        ack("Only contacts can record.")

    with connected_by_http(slack, app), pytest.raises(NoReply, match="Only contacts"):
        kim.opens_form("/recs update 15")


def test_no_form_is_opened_by_what_is_done_in_an_open_one(
    kim: Person, app: App, client: WebClient, trigger: str, triggers: list[str]
) -> None:
    """Another goes over it, by views.push."""
    client.views_open(trigger_id=trigger, view=STACKED)
    form = kim.form
    assert form
    kim.clicks(form, "Deeper", wait=0.01)
    assert error_of(client.views_open, trigger_id=triggers[-1], view=STACKED) == "invalid_arguments"
    assert client.views_push(trigger_id=triggers[-1], view=STACKED)["ok"]


def test_a_form_without_blocks_is_not_opened(app: App, client: WebClient, trigger: str) -> None:
    assert error_of(client.views_open, trigger_id=trigger, view=modal()) == "invalid_arguments"
