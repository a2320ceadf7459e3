"""Editing posts whose words were erased. Editing twice changes nothing more, so what fails is repeated."""

import logging
from datetime import timedelta
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.operations.messages import edits
from bot.operations.messages.edits import RenderNotEdited
from bot.runtime.clock import Clock
from bot.runtime.slack_answers import code_of
from storage.redaction import Post
from storage.store import Store

log = logging.getLogger(__name__)

# Nobody knows where it stands: a person said that it appeared.
_NO_TS = "message_not_known"
# Slack will not change it, today or tomorrow: https://docs.slack.dev/reference/methods/chat.update
_NEVER = frozenset(
    (
        "cant_update_message",
        "channel_not_found",
        "edit_window_closed",
        "is_archived",
        _NO_TS,
        "message_not_found",
        "user_disabled",
        "user_not_found",
    )
)
# The parts of a payload that an edit may carry.
_EDITED = ("text", "blocks", "metadata")
# In seconds, until what failed is tried again.
_AGAIN_IN = 300.0


class Client(Protocol):
    """Slack's Web API client. Raises SlackApiError for any answer but yes, or what the network raises."""

    def chat_update(self, *, channel: str, ts: str, **arguments: Any) -> Any: ...

    def conversations_open(self, *, users: str) -> Any: ...


def edit_next(store: Store, client: Client, render: RenderNotEdited, clock: Clock) -> bool:
    """Edit one post, and return whether to look again. Coordinators are told, by `render`, of what can never
    be edited. Raises Busy."""
    real_now = clock.real_now()
    post = edits.next_post(store, real_now)
    if post is None:
        return False
    error = _edit(client, post)
    if error and error not in _NEVER:
        log.warning("%s could not be edited (%s)", post.key, error)
        edits.postpone(store, post, real_now + timedelta(seconds=_AGAIN_IN))
        return False
    if error:
        log.warning("%s still shows erased words (%s)", post.key, error)
    edits.record_edit(store, post, error, render, clock.now())
    return True


def _edit(client: Client, post: Post) -> str:
    """Edit a post. Return empty when that is done, else Slack's code, or the class of what went wrong."""
    if post.ts is None:
        return _NO_TS
    edited = {name: part for name, part in post.payload.items() if name in _EDITED}
    try:
        channel = post.channel
        if channel.startswith(("U", "W")):
            channel = client.conversations_open(users=channel)["channel"]["id"]
        client.chat_update(channel=channel, ts=post.ts, **edited)
    except SlackApiError as error:
        return code_of(error.response)
    except (SlackClientError, OSError) as error:
        return type(error).__name__
    return ""
