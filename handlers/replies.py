"""How an answer reaches the person who asked: in the acknowledgement, or by a button's response_url."""

import json
import logging
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct
from slack_bolt import Ack
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.webhook import WebhookClient

from bot.domain.free_text import normalised
from bot.domain.questions.receipts import Recorded
from bot.domain.register.people import PersonKey, Request
from bot.operations.recording.extend import decision_key
from bot.operations.request.context import Services
from bot.rendering.blocks.buttons import ALLOW_PUBLISHING, CHOOSE, STOP_PUBLISHING, UNDO
from bot.rendering.blocks.recording.extend import GRANT
from bot.rendering.form import NO_VICTIM, form, paragraph, screen_form
from bot.rendering.screen import Screen
from bot.runtime.pool import QueueFull
from bot.runtime.slack_answers import INVALID_BLOCKS, code_of

log = logging.getLogger(__name__)

# A form that only says something: nothing is ever sent from it.
SAID = "said"

# Slack stacks three forms at most: https://docs.slack.dev/reference/methods/views.push
_NO_ROOM = "push_limit_reached"

# Allowed and stopped by turns, each press is a request of its own; one that changes nothing writes nothing.
_BY_TURNS = (ALLOW_PUBLISHING, STOP_PUBLISHING)


def mapping(part: Any) -> Mapping[str, Any]:
    """Return a part of a payload; empty where Slack sent nothing or something of another shape."""
    return part if isinstance(part, Mapping) else {}


def string(part: Any) -> str:
    """Return a text in a payload; empty where Slack sent nothing or something of another shape."""
    return part if isinstance(part, str) else ""


def acting(body: Mapping[str, Any]) -> PersonKey:
    """Return who pressed, sent or chose: the user with their own team, which is not the team that the payload
    itself names where somebody of another workspace clicks
    (https://github.com/slackapi/java-slack-sdk/issues/1041)."""
    user = mapping(body.get("user"))
    return PersonKey(string(user.get("team_id")), string(user.get("id")))


def _or_unique(text: str) -> str:
    """Return the key, or one of its own where Slack sent none, so that two requests without a key are never
    taken for the same."""
    return text or f"without:{uuid4().hex}"


class Click(Struct, frozen=True):
    """A pressed button. Everything in it came from outside: it says who and what, never what they may do."""

    who: PersonKey
    place: str
    action: str
    value: str
    response_url: str
    trigger: str = ""
    # The thread in which the message stands that has the button; empty outside threads.
    thread_ts: str = ""
    # The open form that has the button; empty for a button in a message or in Home.
    form_id: str = ""

    @classmethod
    def read(cls, body: Mapping[str, Any], action: Mapping[str, Any]) -> "Click":
        container, action = mapping(body.get("container")), mapping(action)
        view = mapping(body.get("view"))
        view_id = string(container.get("view_id")) or string(view.get("id"))
        channel, ts = string(container.get("channel_id")), string(container.get("message_ts"))
        return cls(
            who=acting(body),
            place=_or_unique(view_id or (f"{channel}:{ts}" if channel and ts else "")),
            action=string(action.get("action_id")),
            value=string(action.get("value")) or string(mapping(action.get("selected_option")).get("value")),
            response_url=string(body.get("response_url")),
            trigger=string(body.get("trigger_id")),
            thread_ts=_thread(container, mapping(body.get("message"))),
            form_id=view_id if view.get("type") == "modal" else "",
        )

    @property
    def key(self) -> str:
        """The idempotency key: a button pressed twice by the same person in the same message is one
        request."""
        name = self.action.partition(":")[0]
        if name == UNDO:
            # Whichever message the button stands in, it does its work on an update once.
            return f"{name}:{self.value}"
        if name in _BY_TURNS and self.trigger:
            return f"{name}:{self.value}:{self.trigger}"
        if name == GRANT:
            return decision_key(self.value)
        # What a person wrote may stand in the value of a choice, and a key is never erased.
        value = "" if name.startswith(CHOOSE) else self.value
        return f"click:{self.place}:{self.action}:{value}:{self.who.team_id}:{self.who.user_id}"

    def request(self, services: Services) -> Request:
        person = services.store.key_of(self.who)
        return Request(
            person,
            services.clock.now(),
            self.key,
            trigger=self.trigger,
            over_form=self.form_id,
            response_url=self.response_url,
        )


def _thread(container: Mapping[str, Any], message: Mapping[str, Any]) -> str:
    """Return the thread that the message stands in. A message that begins a thread names it too, and stands
    in the channel all the same."""
    thread_ts = string(container.get("thread_ts")) or string(message.get("thread_ts"))
    return "" if thread_ts == string(container.get("message_ts")) else thread_ts


class Submission(Struct, frozen=True):
    """A form as it was sent: who sent it and what they entered, by field. Nothing in it says what they may
    do. `places` are the blocks in which the fields stand, and beside which an error can be shown."""

    who: PersonKey
    view_id: str
    metadata: str
    values: Mapping[str, Any]
    places: Mapping[str, str]

    @classmethod
    def read(cls, body: Mapping[str, Any], view: Mapping[str, Any]) -> "Submission":
        view = mapping(view)
        values = mapping(mapping(view.get("state")).get("values"))
        states = {place: mapping(fields) for place, fields in values.items()}
        return cls(
            who=acting(body),
            view_id=_or_unique(string(view.get("id"))),
            metadata=string(view.get("private_metadata")),
            values={field: mapping(state) for fields in states.values() for field, state in fields.items()},
            places=_inputs(view, states),
        )

    def beside(self, words: Mapping[str, str]) -> dict[str, str]:
        """Return words by block, as Slack shows them, of words by field. What is about no field of the form
        stands beside its first; empty where it has none, since Slack takes words beside inputs alone."""
        first = next(iter(self.places.values()), "")
        placed: dict[str, list[str]] = {}
        for field, text in words.items():
            placed.setdefault(self.places.get(field, first), []).append(text)
        return {place: " ".join(texts) for place, texts in placed.items()} if first else {}

    @property
    def _showed(self) -> str:
        """What the form showed and its version, where it carries them: a form can show several addressees in
        turn, all of the same version."""
        try:
            carried = json.loads(self.metadata)
            return ":".join(str(carried[name]) for name in ("body", "seq"))
        except (ValueError, LookupError, TypeError):
            return ""

    def request(self, services: Services, form_mark: str = "") -> Request:
        """Return who sent the form, when, and its key. The same form sent twice is one request, unless it was
        shown anew: `form_mark` says as what, or else what it carries."""
        person = services.store.key_of(self.who)
        return Request(person, services.clock.now(), f"form:{self.view_id}:{form_mark or self._showed}")

    def text(self, field: str) -> str:
        return normalised(string(self.values.get(field, {}).get("value")))

    def as_sent(self, field: str) -> str:
        """Return a text with its tabs and spaces, for what is no sentence: a table that was pasted."""
        return string(self.values.get(field, {}).get("value"))

    def day(self, field: str) -> date | None:
        """Return a London date; None where none was chosen."""
        selected_date = string(self.values.get(field, {}).get("selected_date"))
        return date.fromisoformat(selected_date) if selected_date else None

    @property
    def confirms_no_victim(self) -> bool:
        """Whether the box is ticked that says that no victim can be identified."""
        return bool(self.choices(NO_VICTIM))

    def choice(self, field: str) -> str:
        return string(mapping(self.values.get(field, {}).get("selected_option")).get("value"))

    def person(self, field: str) -> str:
        """Return the user id of whoever was chosen."""
        return string(self.values.get(field, {}).get("selected_user"))

    def choices(self, field: str) -> tuple[str, ...]:
        """Return several choices, or the boxes that are ticked."""
        selected_options = self.values.get(field, {}).get("selected_options")
        options = selected_options if isinstance(selected_options, list) else []
        return tuple(string(mapping(option).get("value")) for option in options)


def _inputs(view: Mapping[str, Any], states: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the blocks of the form's inputs by field. Menus outside inputs have a state too, but no words
    beside them."""
    blocks = view.get("blocks")
    if not isinstance(blocks, list):
        return {field: place for place, fields in states.items() for field in fields}
    inputs = [mapping(block) for block in blocks if mapping(block).get("type") == "input"]
    placed = {
        string(mapping(block.get("element")).get("action_id")): string(block.get("block_id"))
        for block in inputs
    }
    return {field: place for field, place in placed.items() if field and place}


def send_file(
    services: Services,
    request: Request,
    *,
    name: str,
    title: str,
    content: Path | bytes,
    comment: str,
    alt_text: str = "",
) -> None:
    """Send the asker a file in their direct messages with recbot, once, `comment` (escaped) beside it;
    `alt_text` says what a picture shows. Raises what the client raises."""
    opened = services.files.conversations_open(users=request.who.user_id)
    services.files.files_upload_v2(
        channel=opened["channel"]["id"],
        filename=name,
        file=content if isinstance(content, bytes) else str(content),
        title=title,
        alt_txt=alt_text or None,
        initial_comment=comment,
        # It would need a scope more, to learn what nobody asks for.
        request_file_info=False,
    )


def send_with_chart(services: Services, request: Request, screen: Screen) -> bool:
    """Send the asker a message with a chart that Slack draws; return False where the workspace has no such
    charts. Raises what the client raises."""
    if not services.native_charts.may_be_tried(services.clock.monotonic()):
        return False
    opened = services.files.conversations_open(users=request.who.user_id)
    try:
        services.files.chat_postMessage(channel=opened["channel"]["id"], **screen.as_message())
    except SlackApiError as error:
        if code_of(error.response) != INVALID_BLOCKS:
            raise
        services.native_charts.were_refused(services.clock.monotonic())
        return False
    return True


def slash_request(services: Services, command: Mapping[str, Any]) -> Request:
    """Return who typed the command, when, and its key. Slack gives every command a trigger id of its own, and
    the same one when it delivers it again."""
    person = PersonKey(string(command.get("team_id")), string(command.get("user_id")))
    trigger = string(command.get("trigger_id"))
    key = f"command:{person.team_id}:{_or_unique(trigger)}"
    return Request(
        services.store.key_of(person),
        services.clock.now(),
        key,
        trigger=trigger,
        response_url=string(command.get("response_url")),
    )


def shortcut_request(services: Services, shortcut: Mapping[str, Any]) -> Request:
    """Return who used the shortcut, when, and its key: each use has a trigger id of its own."""
    trigger = string(shortcut.get("trigger_id"))
    person = services.store.key_of(acting(shortcut))
    return Request(person, services.clock.now(), f"shortcut:{_or_unique(trigger)}", trigger=trigger)


def redraw_homes(services: Services, request: Request, recorded: Recorded) -> Recorded:
    """Have the Homes redrawn that a recording concerns, and return it."""
    if not recorded.again:
        services.changed(request.who, recorded.items[0][1].body_code)
    return recorded


def answer_click(services: Services, ack: Ack, click: Click, screen: Screen, *, in_place: bool) -> None:
    """Acknowledge a click, which shows nothing, and show the screen: in place of the message that has the
    button, or beneath it."""
    ack()
    show_answer(services, click, screen, in_place=in_place)


def show_answer(services: Services, click: Click, screen: Screen, *, in_place: bool) -> None:
    """Show the screen by the click's response_url. What was clicked in Home or in a form has none, and is
    answered in a form; so is any click where too many replies wait."""
    if click.response_url:
        reply = in_thread({**screen.as_reply(), "replace_original": in_place}, click.thread_ts)
        if reply_later(services, click.response_url, reply):
            return
    show_in_form(services, click.request(services), screen, in_place=in_place)


def show_in_form(services: Services, request: Request, screen: Screen, *, in_place: bool = False) -> None:
    """Show the screen in a form from which nothing is sent, over the form that was acted in or in its
    place."""
    view = screen_form("recbot", screen, callback=SAID)

    def show() -> None:
        try:
            if in_place and request.over_form:
                services.views.views_update(view_id=request.over_form, view=view)
            else:
                open_form(services, request, view)
        except (SlackClientError, OSError, QueueFull) as error:
            log.warning("an answer was not shown: %s", type(error).__name__)

    try:
        services.forms(show, 0.0)
    except QueueFull:
        log.warning("an answer was not shown: too many wait")


def open_form(services: Services, request: Request, form: Mapping[str, Any]) -> Any:
    """Open a form: over the open one that was acted in, or in its place where no more can be stacked.

    Returns Slack's answer. Raises what the client raises."""
    if not request.over_form:
        return services.views.views_open(trigger_id=request.trigger, view=dict(form))
    try:
        return services.views.views_push(trigger_id=request.trigger, view=dict(form))
    except SlackApiError as error:
        if code_of(error.response) != _NO_ROOM:
            raise
        return services.views.views_update(view_id=request.over_form, view=dict(form))


def reply_later(services: Services, response_url: str, reply: Mapping[str, Any]) -> bool:
    """Send a reply after the request is acknowledged; return False where too many wait already."""
    try:
        services.later(lambda: post(services, response_url, reply))
    except QueueFull:
        log.warning("a reply was not sent by its response_url: too many wait")
        return False
    return True


def in_thread(reply: Mapping[str, Any], thread_ts: str) -> dict[str, Any]:
    """Return the reply with its thread: Slack puts what is posted by a response_url into the channel, unless
    the thread is named."""
    return {**reply, "thread_ts": thread_ts} if thread_ts else dict(reply)


def show_errors(ack: Ack, sent: Submission, words: Mapping[str, str]) -> None:
    """Show words beside fields; the form stays open with everything that was written in it. A form without a
    field, in which nothing can have been written, gives its place to the words."""
    ack(**errors_answer(sent, words))


def errors_answer(sent: Submission, words: Mapping[str, str]) -> dict[str, Any]:
    """Return what `show_errors` acknowledges with."""
    if beside := sent.beside(words):
        return {"response_action": "errors", "errors": beside}
    paragraphs = [paragraph(text) for text in words.values()]
    return {"response_action": "update", "view": form("recbot", paragraphs, callback=SAID)}


def post(services: Services, response_url: str, reply: Mapping[str, Any]) -> None:
    """Send a reply by a response_url, once: a retry would show it twice when only its answer was lost."""
    if not response_url.startswith(services.hooks):
        log.warning("a reply was not sent: its response_url is not one of Slack's")
        return
    try:
        response = WebhookClient(response_url, timeout=10, retry_handlers=[]).send_dict(dict(reply))
    except OSError as error:
        log.warning("a reply may not have arrived: %s", type(error).__name__)
        return
    if response.status_code != HTTPStatus.OK:
        log.warning("a reply was not taken: Slack answered %s", response.status_code)
