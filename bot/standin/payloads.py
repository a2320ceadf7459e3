"""The payloads that Slack sends to an app, by docs.slack.dev/interactivity and its pages."""

import time
from typing import Literal
from uuid import uuid4

from bot.standin.elements import Placed, elements_in
from bot.standin.messages import Button, Json, Post, Reply
from bot.standin.surfaces import View
from bot.standin.users import abridged, described
from bot.standin.views import described_view
from bot.standin.workspace import Channel, Member, Message, Workspace


def slash_command(
    workspace: Workspace,
    member: Member,
    channel: Channel,
    *,
    command: str,
    text: str,
    response_url: str,
    team_id: str = "",
) -> dict[str, str]:
    """Return what Slack sends for a command. `team_id` is the person's own team, which for a stranger is not
    the workspace's; in an organisation it is the workspace in which the command is typed."""
    team_id = team_id or member.team_id
    organisation = {"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {}
    return {
        **organisation,
        "token": workspace.verification_token,
        "team_id": team_id,
        "team_domain": team_id.lower(),
        "channel_id": channel.id,
        "channel_name": "privategroup" if channel.kind == "private" else channel.name,
        "user_id": member.id,
        "user_name": member.handle,
        "command": command,
        "text": text,
        "api_app_id": workspace.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": workspace.triggers.issue(member.id),
    }


# Clicks and choices


def click(blocks: list[Json], button: Button) -> Json:
    """Return the action of a click on one of the buttons in `blocks`."""
    elements = [placed.element for placed in elements_in(blocks)]
    clicked = next(element for element in elements if element.get("action_id") == button.action_id)
    return {
        "type": "button",
        "action_id": button.action_id,
        "block_id": button.block_id or "standin",
        **{key: clicked[key] for key in ("text", "value", "style") if key in clicked},
    }


def choice(placed: Placed, state: Json) -> Json:
    """Return the action of a choice, whose `state` is what stands in the element now."""
    block_id, action_id = placed.key
    return {**state, "action_id": action_id, "block_id": block_id or "standin"}


def message_action(
    workspace: Workspace, member: Member, message: Reply | Post, action: Json, response_url: str
) -> Json:
    """Return a click or choice in a message. One that only one person sees is not in the payload."""
    channel = workspace.channels[message.channel]
    is_ephemeral = isinstance(message, Reply) and message.response_type == "ephemeral"
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": is_ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = {
        **_interaction(workspace, member, "block_actions"),
        "container": container,
        "trigger_id": workspace.triggers.issue(member.id),
        "channel": {"id": channel.id, "name": channel.name},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [action | {"action_ts": _now()}],
    }
    if not is_ephemeral and message.ts in channel.messages:
        payload["message"] = workspace.as_payload(channel.messages[message.ts])
    return payload


def view_action(workspace: Workspace, view: View, action: Json) -> Json:
    """Return a click or choice in a form or in Home. There is no response_url: nothing can be said back."""
    return {
        **_of_view(workspace, view, "block_actions"),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": workspace.triggers.issue(view.user_id, view.id),
        "actions": [action | {"action_ts": _now()}],
    }


# Forms and shortcuts


def view_submission(workspace: Workspace, view: View) -> Json:
    return {
        **_of_view(workspace, view, "view_submission"),
        "trigger_id": workspace.triggers.issue(view.user_id, view.id),
        "response_urls": [],
    }


def view_closed(workspace: Workspace, view: View, is_cleared: bool) -> Json:
    """Return what Slack sends when a form is closed; `is_cleared` where the whole stack of forms was closed
    at once."""
    return {**_of_view(workspace, view, "view_closed"), "is_cleared": is_cleared}


def shortcut(workspace: Workspace, member: Member, callback_id: str) -> Json:
    """Return a global shortcut: it knows of no channel, and nothing can be said back."""
    return {
        **_interaction(workspace, member, "shortcut"),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(member.id),
        "action_ts": _now(),
    }


def message_shortcut(
    workspace: Workspace,
    member: Member,
    channel: Channel,
    message: Message,
    callback_id: str,
    response_url: str,
) -> Json:
    """Return a shortcut of a message, which the payload carries."""
    return {
        **_interaction(workspace, member, "message_action"),
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(member.id),
        "action_ts": _now(),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": channel.name},
        "message": workspace.as_payload(message),
        "response_url": response_url,
    }


def _of_view(
    workspace: Workspace, view: View, kind: Literal["block_actions", "view_submission", "view_closed"]
) -> Json:
    member = workspace.members[view.user_id]
    return {**_interaction(workspace, member, kind), "view": described_view(workspace, view)}


def _interaction(workspace: Workspace, member: Member, kind: str) -> Json:
    """Return what every interaction carries. `team` is where the app is installed, the user's team their own:
    of several in an organisation always the same one (github.com/slackapi/bolt-js/issues/1875)."""
    enterprise_id = workspace.enterprise_id
    return {
        "type": kind,
        "user": {
            "id": member.id,
            "username": member.handle,
            "name": member.handle,
            "team_id": member.clicking_team,
        },
        "api_app_id": workspace.app_id,
        "token": workspace.verification_token,
        "team": {"id": workspace.team_id, "domain": workspace.team_domain},
        "enterprise": {"id": enterprise_id, "name": "organisation"} if enterprise_id else None,
        "is_enterprise_install": False,
    }


# Events


def user_change(workspace: Workspace, member: Member) -> Json:
    """Return the event that tells of a person's new name or end."""
    user = described(member, workspace.enterprise_id)
    return _event(workspace, {"type": "user_change", "user": user})


def status_change(workspace: Workspace, member: Member) -> Json:
    """Return the event of an abridged user that tells of a new status."""
    return _event(workspace, {"type": "user_change", "user": abridged(member)})


def app_home_opened(workspace: Workspace, member: Member) -> Json:
    """Return the event that tells that a person looks at Home; it carries what she sees there, if
    anything."""
    event = {
        "type": "app_home_opened",
        "user": member.id,
        "channel": workspace.direct_messages_with(member.id).id,
        "tab": "home",
    }
    home = workspace.surfaces.home(member.id)
    return _event(workspace, event | ({"view": described_view(workspace, home)} if home else {}))


def written(workspace: Workspace, member: Member, channel: Channel, message: Message) -> Json:
    """Return the event that tells of a message to the bot: in their direct messages, or one that mentions it
    (docs.slack.dev/reference/events/message.im and app_mention)."""
    kind = {"type": "message", "channel_type": "im"} if channel.kind == "im" else {"type": "app_mention"}
    thread = {"thread_ts": message.thread_ts} if message.thread_ts else {}
    event: Json = {
        **kind,
        **thread,
        "user": member.id,
        "text": message.text,
        "ts": message.ts,
        "client_msg_id": str(uuid4()),
        "team": member.team_id,
        "channel": channel.id,
    }
    if message.files:
        described = workspace.as_payload(message)["files"]
        event |= {"subtype": "file_share", "files": described, "upload": False}
    if member.team_id != workspace.team_id:
        event |= {"user_team": member.team_id, "source_team": member.team_id}
    return _event(workspace, event)


def _event(workspace: Workspace, event: Json) -> Json:
    return {
        "token": workspace.verification_token,
        "team_id": workspace.team_id,
        "api_app_id": workspace.app_id,
        "type": "event_callback",
        "event": event | {"event_ts": _now()},
        "event_id": f"Ev{workspace.new_id()}",
        "event_time": int(time.time()),
        "authorizations": [
            {
                "enterprise_id": workspace.enterprise_id or None,
                "team_id": workspace.team_id,
                "user_id": workspace.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
    }


def _now() -> str:
    return f"{time.time():.6f}"
