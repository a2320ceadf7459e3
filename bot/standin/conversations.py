"""conversations.*: what the bot may know of channels and read in them."""

import base64
import binascii
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.standin.arguments import Arguments
from bot.standin.refusal import Refusal
from bot.standin.workspace import Channel, Message, Workspace

Json = dict[str, Any]

_READ_SCOPE = {"public": "channels:read", "private": "groups:read", "im": "im:read"}
_HISTORY_SCOPE = {"public": "channels:history", "private": "groups:history", "im": "im:history"}


def _info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = workspace.channel(arguments.needed("channel"))
    workspace.need(_READ_SCOPE[channel.kind])
    return {"channel": _described(workspace, channel)}


def _described(workspace: Workspace, channel: Channel) -> Json:
    described: Json = {
        "id": channel.id,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_private": channel.kind == "private",
        "is_archived": channel.is_archived,
        "context_team_id": workspace.team_id,
    }
    if channel.kind == "im":
        return described | {"user": channel.user}
    return described | {"name": channel.name, "is_member": channel.bot_is_member}


def _open(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("im:write")
    users = arguments.needed("users").split(",")
    if len(users) > 1:
        raise Refusal("method_not_supported_for_channel_type")
    if workspace.member(users[0]).kind == "deactivated":
        raise Refusal("user_disabled")
    already_open = any(channel.user == users[0] for channel in workspace.channels.values())
    channel = workspace.direct_messages_with(users[0])
    return {"channel": {"id": channel.id}, "already_open": already_open, "no_op": already_open}


def _history(workspace: Workspace, arguments: Arguments) -> Json:
    channel = _readable_channel(workspace, arguments)
    messages = [
        message
        for message in workspace.visible(channel)
        if message.thread_ts in (None, message.ts) or message.broadcast
    ]
    return _page(workspace, arguments, messages[::-1])


def _replies(workspace: Workspace, arguments: Arguments) -> Json:
    channel = _readable_channel(workspace, arguments)
    parent = arguments.needed("ts")
    messages = [
        message for message in workspace.visible(channel) if parent in (message.ts, message.thread_ts)
    ]
    if not messages:
        raise Refusal("thread_not_found")
    return _page(workspace, arguments, messages)


def _readable_channel(workspace: Workspace, arguments: Arguments) -> Channel:
    channel = workspace.channel(arguments.needed("channel"))
    workspace.need(_HISTORY_SCOPE[channel.kind])
    if not channel.bot_is_member:
        raise Refusal("not_in_channel")
    return channel


def _page(workspace: Workspace, arguments: Arguments, messages: list[Message]) -> Json:
    limit = arguments.whole_number("limit", otherwise=100)
    if not 1 <= limit <= 999:
        raise Refusal("invalid_limit")
    messages = _within_period(messages, arguments)
    start = _start(arguments)
    page, more = messages[start : start + limit], len(messages) > start + limit
    answer: Json = {
        "messages": [
            _as_read(workspace, message, arguments.flag("include_all_metadata")) for message in page
        ],
        "has_more": more,
    }
    if more:
        answer["response_metadata"] = {"next_cursor": _cursor(start + limit)}
    return answer


def _within_period(messages: list[Message], arguments: Arguments) -> list[Message]:
    """Return those between `oldest` and `latest`, which themselves count only with `inclusive`."""
    inclusive = arguments.flag("inclusive")
    oldest = _instant(arguments, "oldest", Decimal(0))
    latest = _instant(arguments, "latest", Decimal("Infinity"))
    ends = {oldest, latest} if inclusive else set()
    return [message for message in messages if oldest < (ts := Decimal(message.ts)) < latest or ts in ends]


def _instant(arguments: Arguments, name: str, otherwise: Decimal) -> Decimal:
    try:
        return Decimal(arguments.text(name)) if name in arguments else otherwise
    except InvalidOperation as error:
        raise Refusal(f"invalid_ts_{name}") from error


def _as_read(workspace: Workspace, message: Message, with_metadata: bool) -> Json:
    payload = workspace.as_payload(message)
    return payload | {"metadata": message.metadata} if with_metadata and message.metadata else payload


def _cursor(start: int) -> str:
    return base64.b64encode(f"next:{start}".encode()).decode()


def _start(arguments: Arguments) -> int:
    if "cursor" not in arguments:
        return 0
    try:
        return int(base64.b64decode(arguments.text("cursor")).decode().removeprefix("next:"))
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise Refusal("invalid_cursor") from error


METHODS = {
    "conversations.info": _info,
    "conversations.open": _open,
    "conversations.history": _history,
    "conversations.replies": _replies,
}
