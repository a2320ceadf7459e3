"""What another version of recbot knew, or Slack never sends today: acknowledged, and told what to do."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.handlers.recorded import Json, Slack, recorded, slack

OLDER = "is from an older version"


@pytest.fixture
def front(sqlite_url: str) -> Iterator[Slack]:
    with slack(sqlite_url) as made:
        yield made


def pressed(name: str, **of_action: Any) -> Json:
    payload = recorded(name)
    [action] = payload["actions"]
    payload["actions"] = [{**action, "action_id": "of-another-version", **of_action}]
    return payload


@pytest.mark.parametrize(
    ("name", "method"),
    [("click_in_home", "views_open"), ("click_in_form", "views_push"), ("choice_in_form", None)],
)
def test_a_button_it_does_not_know_is_acknowledged_and_told_of(
    front: Slack, name: str, method: str | None
) -> None:
    answered = front.posts(pressed(name))
    assert (answered.status, answered.text) == (200, "")
    assert front.forms.methods == ([method] if method else [])
    if method:
        assert f"This button {OLDER}: nothing was done." in front.forms.text
        assert "Type `/recs`" in front.forms.text


def test_so_it_is_by_socket_mode(front: Slack) -> None:
    assert front.sends(pressed("click_in_home")).payload is None
    assert OLDER in front.forms.text


def test_a_link_is_followed_by_slack_and_only_acknowledged(front: Slack) -> None:
    for name in ("click_in_home", "click_in_form", "click"):
        assert front.posts(pressed(name, url="https://www.gov.uk/")).status == 200
    assert front.forms.calls == []


def test_a_form_it_does_not_know_says_so_beside_its_first_field(front: Slack) -> None:
    payload = recorded("submission")
    payload["view"]["callback_id"] = "of-another-version"
    answer = front.posts(payload).json
    assert answer["response_action"] == "errors"
    [(place, words)] = answer["errors"].items()
    assert place == "update-recommendation"
    assert words.startswith(f"This form {OLDER}: nothing was recorded.")
    assert front.sends(payload).payload == answer


def test_a_form_without_fields_says_so_in_its_place(front: Slack) -> None:
    payload = recorded("submission")
    payload["view"] |= {"callback_id": "of-another-version", "blocks": [], "state": {"values": {}}}
    answer = front.posts(payload).json
    assert answer["response_action"] == "update"
    assert "submit" not in answer["view"]
    assert OLDER in str(answer["view"]["blocks"])


def test_words_are_put_beside_inputs_alone(front: Slack) -> None:
    """A menu beside a section has a state as well, but no place for words."""
    payload = recorded("submission")
    menu = {"action_id": "menu", "type": "static_select", "options": []}
    values = payload["view"]["state"]["values"]
    payload["view"] |= {"callback_id": "of-another-version"}
    payload["view"]["blocks"].insert(0, {"type": "section", "block_id": "beside", "accessory": menu})
    payload["view"]["state"]["values"] = {"beside": {"menu": {"selected_option": None}}} | values
    assert list(front.posts(payload).json["errors"]) == ["update-recommendation"]


@pytest.mark.parametrize("name", ["shortcut", "message_shortcut"])
def test_a_shortcut_it_does_not_know_is_told_of_where_it_can_be(front: Slack, name: str) -> None:
    assert front.posts(recorded(name) | {"callback_id": "of-another-version"}).status == 200
    if name == "shortcut":
        assert f"This shortcut {OLDER}" in front.forms.text


def test_a_command_it_does_not_know_is_answered(front: Slack) -> None:
    assert f"This command {OLDER}" in front.posts(recorded("command") | {"command": "/recs-old"}).json["text"]


@pytest.mark.parametrize("kind", ["message", "app_uninstalled", "user_huddle_changed", "of_another_version"])
def test_events_that_nobody_wants_are_taken(front: Slack, kind: str) -> None:
    payload = recorded("home_opened")
    payload["event"]["type"] = kind
    assert front.posts(payload).status == 200
    assert front.sends(payload, "events_api").payload is None
    assert front.forms.calls == []


def test_a_form_that_was_closed_is_taken(front: Slack) -> None:
    assert front.posts(recorded("view_closed")).status == 200
    assert front.sends(recorded("view_closed")).payload is None
