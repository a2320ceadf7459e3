"""Who a person is, as Slack says: asked when needed, and told when it changes."""

from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.clock import Clock
from bot.domain.free_text import normalised
from bot.domain.people import Membership, Person, PersonKey
from bot.domain.refusals import NotReachable
from bot.operations.desk import Desk
from bot.operations.speakers import refresh

_LONGEST_NAME = 80


class SlackDirectory:
    """Asks `users.info` of the home workspace. The client gives up after a second: a person waits too."""

    def __init__(self, client: WebClient, home_team: str, clock: Clock) -> None:
        self._client = client
        self._home_team = home_team
        self._clock = clock

    def look_up(self, who: PersonKey) -> Person | None:
        if not who.user_id:
            return None
        try:
            user = self._client.users_info(user=who.user_id)["user"]
        except SlackApiError as error:
            if error.response.get("error") in ("user_not_found", "user_not_visible"):
                return None
            raise NotReachable from None
        except (SlackClientError, OSError):
            raise NotReachable from None
        return person_of(user, self._home_team, self._clock)


def user_changed(event: Mapping[str, Any], desk: Desk) -> None:
    """`user_change`: a renamed, restricted or deactivated person is so here from now on."""
    refresh(desk.store, person_of(event["user"], desk.store.home_team, desk.clock))


def person_of(user: Mapping[str, Any], home_team: str, clock: Clock) -> Person:
    """https://docs.slack.dev/reference/objects/user-object"""
    profile = user.get("profile", {})
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user["name"]
    return Person(
        key=PersonKey(user.get("team_id") or "", user["id"]),
        display_name=normalised(name)[:_LONGEST_NAME] or user["id"],
        membership=_membership(user, home_team),
        refreshed_at=clock.now(),
    )


def _membership(user: Mapping[str, Any], home_team: str) -> Membership:
    if user.get("deleted"):
        return Membership.DEACTIVATED
    if user.get("is_bot"):
        return Membership.BOT
    if user.get("is_stranger") or user.get("team_id") != home_team:
        return Membership.STRANGER
    if user.get("is_restricted") or user.get("is_ultra_restricted"):
        return Membership.GUEST
    return Membership.MEMBER
