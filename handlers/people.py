"""Who a person is, as Slack says: asked when needed, and told when it changes."""

from collections.abc import Iterator, Mapping
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.free_text import normalised
from bot.domain.refusals.request import NotReachable
from bot.domain.register.membership import UserFacts, membership
from bot.domain.register.people import Membership, Person, PersonKey
from bot.operations.request.actors import refresh
from bot.operations.request.context import ListedPerson, Services
from bot.runtime.clock import Clock
from handlers.replies import mapping, string
from handlers.routes import Routes
from storage.store import Store

_LONGEST_NAME = 80
# People a page at most (https://docs.slack.dev/reference/methods/users.list), and pages: 20 a minute.
_PAGE, _MOST_PAGES = 1000, 20

routes = Routes()


class SlackDirectory:
    """Asks `users.info` of the home workspace. The client gives up after a second: a person waits too."""

    def __init__(self, client: WebClient, store: Store, clock: Clock) -> None:
        self._client = client
        self._store = store
        self._clock = clock

    def look_up(self, person: PersonKey) -> Person | None:
        """Return the person, None where there is no such user. `person` may lack a team, where only a user
        id is known. Raises NotReachable."""
        if not person.user_id:
            return None
        try:
            facts = facts_of(self._client.users_info(user=person.user_id)["user"])
        except SlackApiError as error:
            if error.response.get("error") in ("user_not_found", "user_not_visible"):
                return None
            raise NotReachable from None
        except (SlackClientError, OSError, LookupError, TypeError):
            raise NotReachable from None
        return self._person(person, facts)

    def described(self, facts: UserFacts) -> Person | None:
        """Return the person of a whole description; None where Slack does not say who that is."""
        try:
            return self._person(PersonKey("", facts.user_id), facts)
        except NotReachable:
            return None

    def _person(self, person: PersonKey, facts: UserFacts) -> Person | None:
        store = self._store
        store.organisation.learn(facts, store.home_team)
        key = store.key_of(person) if person.team_id else store.key_of_user(facts)
        if key is None:
            return None
        kind = membership(facts, store.organisation, store.home_team, known=None)
        if kind is None:
            raise NotReachable
        if key.team_id != store.home_team and kind.facts.is_at_home:
            # Slack knows a user of this id at home, and this is another one.
            kind = Membership.STRANGER
        return Person(key, facts.display_name or person.user_id, kind, self._clock.now())


class SlackRoster:
    """Asks `users.list`, page by page. A person waits for the answer, but no acknowledgement does."""

    def __init__(self, client: WebClient, directory: SlackDirectory) -> None:
        self._client = client
        self._directory = directory

    def everybody(self) -> Iterator[ListedPerson]:
        """Yield everybody whom Slack lists in the home workspace, apps left out. Raises NotReachable."""
        cursor = ""
        for _ in range(_MOST_PAGES):
            try:
                answer = self._client.users_list(limit=_PAGE, cursor=cursor)
                members = answer["members"]
                cursor = string(mapping(answer.get("response_metadata")).get("next_cursor"))
            except (SlackClientError, OSError, LookupError, TypeError):
                raise NotReachable from None
            for user in members:
                if listed := self._listed(mapping(user)):
                    yield listed
            if not cursor:
                return

    def _listed(self, user: Mapping[str, Any]) -> ListedPerson | None:
        facts = facts_of(user)
        person = self._directory.described(facts) if facts.user_id and not facts.is_bot else None
        if person is None:
            return None
        profile = mapping(user.get("profile"))
        names = (*map(profile.get, ("display_name", "real_name")), *map(user.get, ("real_name", "name")))
        known_as = tuple(dict.fromkeys(filter(None, (normalised(string(name)) for name in names))))
        return ListedPerson(person, known_as, string(profile.get("email")).strip())


@routes.event("user_change")
def user_changed(event: Mapping[str, Any], services: Services) -> None:
    """Keep what Slack says of a person who was renamed, restricted or deactivated."""
    facts = facts_of(event.get("user"))
    if facts.user_id:
        refresh(services.store, facts, services.clock.now())


def facts_of(user: Any) -> UserFacts:
    """Read a user object, whole or abridged (https://docs.slack.dev/reference/objects/user-object)."""
    user = mapping(user)
    profile, enterprise = mapping(user.get("profile")), mapping(user.get("enterprise_user"))
    teams = enterprise.get("teams")
    return UserFacts(
        user_id=string(user.get("id")),
        display_name=_name(user, profile),
        team_id=string(user.get("team_id")),
        enterprise_id=string(enterprise.get("enterprise_id")),
        teams=frozenset(map(string, teams)) - {""} if isinstance(teams, list) else frozenset(),
        is_deleted=_flag(user, "deleted"),
        is_bot=_flag(user, "is_bot"),
        is_guest=_is_guest(user),
        is_stranger=_flag(user, "is_stranger"),
    )


def _name(user: Mapping[str, Any], profile: Mapping[str, Any]) -> str:
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    return normalised(next(filter(None, map(string, names)), ""))[:_LONGEST_NAME]


def _flag(user: Mapping[str, Any], name: str) -> bool | None:
    value = user.get(name)
    return value if isinstance(value, bool) else None


def _is_guest(user: Mapping[str, Any]) -> bool | None:
    """Return whether the user is a guest, None where that is not said. A guest of one channel is restricted
    too, so that `is_restricted` alone says who is none."""
    if user.get("is_ultra_restricted") is True:
        return True
    return _flag(user, "is_restricted")
