"""users.info and users.list: who somebody is, and who there is."""

from typing import Any

from bot.standin.arguments import Arguments
from bot.standin.refusal import Refusal
from bot.standin.workspace import Member, Workspace

Json = dict[str, Any]

SLACKBOT = "USLACKBOT"
_MOST_LISTED = 1000


def _info(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("users:read")
    user = arguments.needed("user")
    if user == workspace.bot_user_id:
        bot = Member(user, workspace.team_id, "recbot", "recbot", "member")
        return {"user": described(bot) | {"is_bot": True}}
    return {"user": described(workspace.member(user), workspace.enterprise_id)}


def described(member: Member, enterprise_id: str = "") -> Json:
    """Return a person as users.info and the user_change event give them."""
    return {
        **abridged(member),
        **_in_organisation(member, enterprise_id),
        "deleted": member.kind == "deactivated",
        # Slackbot is an app whom Slack calls none.
        "is_bot": member.kind == "bot" and member.id != SLACKBOT,
        **(_standing(member) if member.kind != "deactivated" else {}),
    }


def _standing(member: Member) -> Json:
    """Return what Slack says only of those who are there."""
    return {
        "real_name": member.name,
        "is_restricted": member.kind == "guest",
        "is_ultra_restricted": False,
        "is_stranger": member.kind == "stranger",
        "tz": member.time_zone,
    }


def abridged(member: Member) -> Json:
    """Return a person as events about statuses give them: what is missing is not said. Somebody in several
    workspaces has no team."""
    user: Json = {
        "id": member.id,
        "team_id": member.team_id,
        "name": member.handle,
        "profile": {"display_name": member.name, "real_name": member.name},
        "updated": 1,
    }
    if len(member.teams) > 1:
        del user["team_id"]
    return user


def _in_organisation(member: Member, enterprise_id: str) -> Json:
    if not member.teams:
        return {}
    return {"enterprise_user": {"id": member.id, "enterprise_id": enterprise_id, "teams": list(member.teams)}}


def _list(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.need("users:read")
    limit, start = arguments.whole_number("limit", otherwise=0), arguments.text("cursor") or "0"
    if not 0 <= limit <= _MOST_LISTED:
        raise Refusal("invalid_limit")
    if not start.isdecimal():
        raise Refusal("invalid_cursor")
    all_members = list(workspace.members.values())
    end = int(start) + (limit or len(all_members))
    with_email = "users:read.email" in workspace.scopes
    members = [
        _listed(member, workspace.enterprise_id, with_email) for member in all_members[int(start) : end]
    ]
    next_cursor = str(end) if end < len(all_members) else ""
    return {"members": members, "response_metadata": {"next_cursor": next_cursor}}


def _listed(member: Member, enterprise_id: str, with_email: bool) -> Json:
    """Return a person with their e-mail address, where the app may read it; apps have none."""
    user = described(member, enterprise_id)
    if with_email and member.kind != "bot":
        user["profile"] = {**user["profile"], "email": member.email}
    return user


METHODS = {"users.info": _info, "users.list": _list}
