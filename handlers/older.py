"""What this version does not know: buttons, forms and shortcuts of another version, and events nobody wants.

All of it is acknowledged, since Slack shows a warning sign for what is not, and people are told what they can
do."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_bolt import BoltResponse

from bot.operations.request.context import Services
from bot.rendering.blocks import older as blocks
from handlers.replies import (
    Click,
    Submission,
    errors_answer,
    mapping,
    shortcut_request,
    show_answer,
    show_in_form,
    string,
)

# Slack also reports what a person writes or chooses in an open form; nobody waits for an answer to that.
_ANSWERED_IN_FORMS = ("button", "overflow")


def acknowledged(body: Mapping[str, Any], services: Services) -> BoltResponse:
    """Return the answer to a request that no listener takes: always 200."""
    if "command" in body:
        return _json(blocks.command().as_reply())
    match body.get("type"):
        case "block_actions":
            _click(body, services)
        case "view_submission":
            sent = Submission.read(body, mapping(body.get("view")))
            return _json(errors_answer(sent, {"": blocks.form().in_one_line}))
        case "shortcut" | "message_action":
            _shortcut(body, services)
        case "block_suggestion":
            return _json({"options": []})
    return BoltResponse(status=200, body="")


def _click(body: Mapping[str, Any], services: Services) -> None:
    actions = body.get("actions")
    action = mapping(actions[0]) if isinstance(actions, list) and actions else {}
    # A link is followed by Slack itself.
    if string(action.get("url")):
        return
    click = Click.read(body, action)
    kind = string(action.get("type"))
    if not click.form_id or kind in _ANSWERED_IN_FORMS:
        show_answer(services, click, blocks.button(), in_place=False)


def _shortcut(body: Mapping[str, Any], services: Services) -> None:
    """Answer a message's shortcut beneath the message, a global one by a form, which is the only way."""
    if string(body.get("response_url")):
        show_answer(services, Click.read(body, {}), blocks.shortcut(), in_place=False)
        return
    show_in_form(services, shortcut_request(services, body), blocks.shortcut())


def _json(answer: Mapping[str, Any]) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {"Content-Type": "application/json;charset=utf-8"}
    return BoltResponse(status=200, body=json.dumps(answer), headers=headers)
