"""Editing posts whose words were erased: twice changes nothing more, so what is unknown is repeated."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.messages.delivery import Payload
from bot.operations.messages import edits
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
_AGAIN_IN = timedelta(minutes=5)


class Client(Protocol):
    """Slack's Web API client. Raises SlackApiError for any answer but yes, or what the network raises."""

    def chat_update(self, *, channel: str, ts: str, **arguments: Any) -> Any: ...

    def conversations_open(self, *, users: str) -> Any: ...


def edit_next(
    store: Store,
    client: Client,
    render: Callable[[str, str, str], Payload],
    *,
    now: datetime,
    real_now: datetime,
) -> bool:
    """Edits one post, and says whether to look again. What can never be edited is told to the coordinators,
    by `render`, from the key of their message, the post's, and Slack's code."""
    post = edits.next_post(store, real_now)
    if post is None:
        return False
    error = _edit(client, post)
    if error and error not in _NEVER:
        log.warning("%s could not be edited (%s)", post.key, error)
        edits.later(store, post, real_now + _AGAIN_IN)
        return False
    if error:
        log.warning("%s still shows erased words (%s)", post.key, error)
    edits.settle(store, post, error, render, now)
    return True


def _edit(client: Client, post: Post) -> str:
    """Slack's code, or the class of what went wrong; empty when it is done."""
    if post.ts is None:
        return _NO_TS
    said = {name: value for name, value in post.payload.items() if name in ("text", "blocks", "metadata")}
    try:
        channel = post.channel
        if channel.startswith(("U", "W")):
            channel = client.conversations_open(users=channel)["channel"]["id"]
        client.chat_update(channel=channel, ts=post.ts, **said)
    except SlackApiError as error:
        return code_of(error.response)
    except (SlackClientError, OSError) as error:
        return type(error).__name__
    return ""
