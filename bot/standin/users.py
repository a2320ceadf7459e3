"""users.info: who somebody is."""

from typing import Any

from bot.standin.arguments import Arguments
from bot.standin.workspace import Member, Workspace

Json = dict[str, Any]


def _info(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("users:read")
    user = arguments.needed("user")
    if user == workspace.bot_user_id:
        bot = Member(user, workspace.team_id, "recbot", "recbot", "member")
        return {"user": described(bot) | {"is_bot": True}}
    return {"user": described(workspace.member(user))}


def described(member: Member) -> Json:
    """A person as users.info and the user_change event give them."""
    return {
        "id": member.id,
        "team_id": member.team_id,
        "name": member.handle,
        "real_name": member.name,
        "profile": {"display_name": member.name, "real_name": member.name},
        "deleted": member.kind == "deactivated",
        "is_bot": False,
        "is_restricted": member.kind == "guest",
        "is_ultra_restricted": False,
        "is_stranger": member.kind == "stranger",
        "tz": member.time_zone,
    }


METHODS = {"users.info": _info}
