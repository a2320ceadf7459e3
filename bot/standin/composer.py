"""What a client makes of typed text when the manifest says `should_escape`: mentions, links, entities."""

import re

from bot.standin.workspace import Workspace

# What people type to mention the bot.
BOT_HANDLE = "recbot"

_SPECIAL = re.compile(
    r"<@(?P<id>[UW][A-Z0-9]+)>"
    r"|(?<![\w@])@(?P<handle>[\w-]+(?:\.[\w-]+)*)"
    r"|(?<![\w#&])#(?P<channel>[\w-]+)"
    r"|(?P<link>https?://[^\s<>|]+)"
    r"|[&<>]"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def as_sent(typed: str, workspace: Workspace) -> str:
    """Return the text as Slack sends it: known people become `<@U1|name>`, known channels `<#C1|name>`,
    addresses links, `& < >` entities."""
    return _SPECIAL.sub(lambda match: _as_sent(match, workspace), typed)


def escape(text: str) -> str:
    return "".join(_ENTITIES.get(character, character) for character in text)


def _as_sent(match: re.Match[str], workspace: Workspace) -> str:
    if match["link"]:
        return f"<{escape(match['link'])}>"
    if match["channel"]:
        for channel in workspace.channels.values():
            if channel.name == match["channel"] and channel.kind != "im":
                return f"<#{channel.id}|{channel.name}>"
    if match["id"] == workspace.bot_user_id or (match["handle"] or "").lower() == BOT_HANDLE:
        return f"<@{workspace.bot_user_id}|{BOT_HANDLE}>"
    for member in workspace.members.values():
        if member.id == match["id"] or member.handle == (match["handle"] or "").lower():
            return f"<@{member.id}|{member.handle}>"
    return escape(match[0])
