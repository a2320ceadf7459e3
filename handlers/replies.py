"""How an answer reaches the person who asked: in the acknowledgement, or by a button's response_url."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any

from slack_bolt import Ack
from slack_sdk.errors import SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.domain.free_text import normalised
from bot.domain.lookups import Recorded
from bot.domain.people import Occasion, PersonKey
from bot.operations.desk import Desk
from bot.operations.extend import decision_key
from bot.pool import QueueFull
from bot.rendering.blocks.buttons import ALLOW_PUBLISHING, CHOOSE, STOP_PUBLISHING, UNDO
from bot.rendering.blocks.extend import GRANT
from bot.rendering.form import form
from bot.rendering.screen import Screen

log = logging.getLogger(__name__)

# A form that only says something: nothing is ever sent from it.
SAID = "said"

# Allowed and stopped by turns, each press is a request of its own; one that changes nothing writes nothing.
_BY_TURNS = (ALLOW_PUBLISHING, STOP_PUBLISHING)


@dataclass(frozen=True, slots=True)
class Click:
    """A pressed button. Everything in it came from outside: it says who and what, never what they may do."""

    who: PersonKey
    place: str
    action: str
    value: str
    response_url: str
    trigger: str = ""

    @classmethod
    def read(cls, body: Mapping[str, Any], action: Mapping[str, Any]) -> "Click":
        """The person is the user with their own team: for a stranger's click Bolt names the wrong one."""
        user, container = body.get("user", {}), body.get("container", {})
        return cls(
            who=PersonKey(user.get("team_id") or "", user.get("id") or ""),
            place=container.get("view_id") or f"{container.get('channel_id')}:{container.get('message_ts')}",
            action=action.get("action_id", ""),
            value=action.get("value", ""),
            response_url=body.get("response_url", ""),
            trigger=body.get("trigger_id", ""),
        )

    @property
    def key(self) -> str:
        """A button pressed twice by the same person in the same message is one request."""
        what = self.action.partition(":")[0]
        if what == UNDO:
            # Whichever message the button stands in, it does its work on an update once.
            return f"{what}:{self.value}"
        if what in _BY_TURNS and self.trigger:
            return f"{what}:{self.value}:{self.trigger}"
        if what == GRANT:
            return decision_key(self.value)
        # What a person wrote may stand in the value of a choice, and a key is never erased.
        value = "" if what.startswith(CHOOSE) else self.value
        return f"click:{self.place}:{self.action}:{value}:{self.who.team_id}:{self.who.user_id}"

    def occasion(self, desk: Desk) -> Occasion:
        return Occasion(self.who, desk.clock.now(), self.key, trigger=self.trigger)


@dataclass(frozen=True, slots=True)
class Submission:
    """A form as it was sent: who sent it and what they entered, by field. Nothing in it says what they may
    do. `places` are the blocks in which the fields stand, and beside which an error can be shown."""

    who: PersonKey
    view_id: str
    metadata: str
    values: Mapping[str, Any]
    places: Mapping[str, str]

    @classmethod
    def read(cls, body: Mapping[str, Any], view: Mapping[str, Any]) -> "Submission":
        user = body.get("user", {})
        values = view.get("state", {}).get("values", {})
        return cls(
            who=PersonKey(user.get("team_id") or "", user.get("id") or ""),
            view_id=view["id"],
            metadata=view.get("private_metadata") or "",
            values={field: state for fields in values.values() for field, state in fields.items()},
            places={field: place for place, fields in values.items() for field in fields},
        )

    @property
    def _showed(self) -> str:
        """What the form showed and its version, where it carries them: one form can show one addressee after
        the other, all of the same version."""
        try:
            carried = json.loads(self.metadata)
            return ":".join(str(carried[name]) for name in ("recommendation", "body", "version"))
        except (ValueError, LookupError, TypeError):
            return ""

    def occasion(self, desk: Desk, shown: str = "") -> Occasion:
        """The same form sent twice is one request, unless it was shown anew: `shown` says as what, or else
        what it carries."""
        return Occasion(self.who, desk.clock.now(), f"form:{self.view_id}:{shown or self._showed}")

    def text(self, field: str) -> str:
        return normalised(self.values.get(field, {}).get("value") or "")

    def day(self, field: str) -> date | None:
        """A London date."""
        chosen = self.values.get(field, {}).get("selected_date")
        return date.fromisoformat(chosen) if chosen else None

    def choice(self, field: str) -> str:
        return (self.values.get(field, {}).get("selected_option") or {}).get("value") or ""

    def person(self, field: str) -> str:
        """The user id of whoever was chosen."""
        return self.values.get(field, {}).get("selected_user") or ""

    def choices(self, field: str) -> tuple[str, ...]:
        """Several choices, or the boxes that are ticked."""
        chosen = self.values.get(field, {}).get("selected_options") or ()
        return tuple(option["value"] for option in chosen)


def send_file(
    desk: Desk,
    occasion: Occasion,
    *,
    name: str,
    title: str,
    content: Path | bytes,
    comment: str,
    alt_text: str = "",
) -> None:
    """A file for the asker, in their direct messages with recbot, `comment` (escaped) beside it; `alt_text`
    says what a picture shows. Tried once. Raises what the client raises."""
    opened = desk.files.conversations_open(users=occasion.who.user_id)
    desk.files.files_upload_v2(
        channel=opened["channel"]["id"],
        filename=name,
        file=content if isinstance(content, bytes) else str(content),
        title=title,
        alt_txt=alt_text or None,
        initial_comment=comment,
        # It would need a scope more, to learn what nobody asks for.
        request_file_info=False,
    )


def slash_occasion(desk: Desk, command: Mapping[str, Any]) -> Occasion:
    """Slack gives every command a trigger id of its own, and the same one when it delivers it again."""
    who = PersonKey(command.get("team_id") or "", command.get("user_id") or "")
    trigger = command["trigger_id"]
    return Occasion(who, desk.clock.now(), f"command:{who.team_id}:{trigger}", trigger=trigger)


def told(desk: Desk, occasion: Occasion, recorded: Recorded) -> Recorded:
    """Has the Homes drawn anew that a recording concerns."""
    if not recorded.again:
        desk.changed(occasion.who, recorded.items[0][1].body_code)
    return recorded


def answer_click(desk: Desk, ack: Ack, click: Click, shown: Screen, *, in_place: bool) -> None:
    """Acknowledges a click, which shows nothing, and shows the screen: in place of the message that has the
    button, or beneath it."""
    ack()
    show_answer(desk, click, shown, in_place=in_place)


def show_answer(desk: Desk, click: Click, shown: Screen, *, in_place: bool) -> None:
    """By the click's response_url; what was clicked in Home or in a form has none, and is answered in a
    form. So is any click where too many replies wait."""
    if click.response_url and reply_later(
        desk, click.response_url, {**shown.as_reply(), "replace_original": in_place}
    ):
        return
    said = form("recbot", shown.blocks, callback=SAID)
    try:
        desk.forms(lambda: _show_said(desk, click.trigger, said), 0.0)
    except QueueFull:
        log.warning("an answer was not shown: too many wait")


def _show_said(desk: Desk, trigger: str, said: Mapping[str, Any]) -> None:
    try:
        desk.views.views_open(trigger_id=trigger, view=dict(said))
    except (SlackClientError, OSError, QueueFull) as error:
        log.warning("an answer was not shown: %s", type(error).__name__)


def reply_later(desk: Desk, response_url: str, reply: Mapping[str, Any]) -> bool:
    """Sends a reply after the request is acknowledged; False where too many wait already."""
    try:
        desk.later(lambda: post(desk, response_url, reply))
    except QueueFull:
        log.warning("a reply was not sent by its response_url: too many wait")
        return False
    return True


def post(desk: Desk, response_url: str, reply: Mapping[str, Any]) -> None:
    """Sends a reply by a response_url, once: a retry would show it twice when only its answer was lost."""
    if not response_url.startswith(desk.hooks):
        log.warning("a reply was not sent: its response_url is not one of Slack's")
        return
    try:
        response = WebhookClient(response_url, timeout=10, retry_handlers=[]).send_dict(dict(reply))
    except OSError as error:
        log.warning("a reply may not have arrived: %s", type(error).__name__)
        return
    if response.status_code != HTTPStatus.OK:
        log.warning("a reply was not taken: Slack answered %s", response.status_code)
