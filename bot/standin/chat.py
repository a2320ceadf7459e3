"""chat.*: the bot posts, changes and deletes messages."""

from typing import Any

from bot.standin.arguments import Arguments
from bot.standin.messages import Reply
from bot.standin.refusal import Refusal, invalid_arguments
from bot.standin.workspace import Channel, Message, Workspace

Json = dict[str, Any]


def _post_message(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("chat:write")
    channel = workspace.channel_to_post_in(arguments.needed("channel"))
    content = _content(workspace, arguments, channel, "chat.postMessage")
    message = workspace.post(channel, content | {"metadata": _metadata(arguments)})
    return {"channel": channel.id, "ts": message.ts, "message": _with_metadata(workspace, message)}


def _post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("chat:write")
    channel = workspace.channel_to_post_in(arguments.needed("channel"))
    reader = workspace.member(arguments.needed("user"))
    content = _content(workspace, arguments, channel, "chat.postEphemeral")
    stamp = workspace.timestamp()
    workspace.seen[reader.id].append(
        Reply(
            text=content["text"],
            blocks=content["blocks"],
            response_type="ephemeral",
            raw=arguments.values,
            channel=channel.id,
            ts=stamp,
            thread_ts=content["thread_ts"],
        )
    )
    workspace.changed.notify_all()
    return {"message_ts": stamp}


def _update(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("chat:write")
    channel = workspace.channel(arguments.needed("channel"))
    message = workspace.message(channel, arguments.needed("ts"))
    if message.user != workspace.bot_user_id:
        raise Refusal("cant_update_message")
    if channel.is_archived:
        raise Refusal("is_archived")
    blocks = arguments.structure("blocks") or []
    workspace.examine("chat.update", arguments.values | {"blocks": blocks}, channel.user)
    # A text given without blocks takes the place of the blocks that were there.
    message.text, message.blocks = arguments.text("text"), blocks
    message.metadata = _metadata(arguments) or message.metadata
    message.edited = True
    payload = workspace.as_payload(message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": payload}


def _delete(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("chat:write")
    channel = workspace.channel(arguments.needed("channel"))
    message = workspace.message(channel, arguments.needed("ts"))
    if message.user != workspace.bot_user_id:
        raise Refusal("cant_delete_message")
    del channel.messages[message.ts]
    return {"channel": channel.id, "ts": message.ts}


def _content(workspace: Workspace, arguments: Arguments, channel: Channel, road: str) -> Json:
    """Read what is to be posted. Raises Refusal where Slack would not take it."""
    blocks = arguments.structure("blocks") or []
    thread = arguments.text("thread_ts") or None
    workspace.examine(road, arguments.values | {"blocks": blocks}, channel.user)
    if thread and thread not in channel.messages:
        raise Refusal("thread_not_found")
    return {
        "text": arguments.text("text"),
        "blocks": blocks,
        "thread_ts": thread,
        "reply_broadcast": arguments.flag("reply_broadcast"),
    }


def _metadata(arguments: Arguments) -> Json | None:
    metadata = arguments.structure("metadata")
    if metadata is None:
        return None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if not metadata.get("event_type"):
        raise invalid_arguments("metadata must have an event_type")
    return metadata


def _with_metadata(workspace: Workspace, message: Message) -> Json:
    payload = workspace.as_payload(message)
    return payload | {"metadata": message.metadata} if message.metadata else payload


METHODS = {
    "chat.postMessage": _post_message,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
}
