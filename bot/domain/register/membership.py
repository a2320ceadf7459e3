"""What Slack says of a user, and what that makes them in the home workspace.

What Slack leaves out is not known, and never gives anybody more rights than they had."""

from dataclasses import dataclass, field
from threading import Lock

from msgspec import Struct

from bot.domain.register.people import Membership, PersonKey

# Slackbot is an app whom Slack itself calls none.
SLACKBOT = "USLACKBOT"


class UserFacts(Struct, frozen=True):
    """One user as Slack describes them; None, or empty, for what it leaves out.

    Somebody who is in several workspaces of an organisation has no `team_id`; `teams` are those workspaces,
    and `enterprise_id` is the organisation."""

    user_id: str
    display_name: str = ""
    team_id: str = ""
    enterprise_id: str = ""
    teams: frozenset[str] = frozenset()
    is_deleted: bool | None = None
    is_bot: bool | None = None
    is_guest: bool | None = None
    is_stranger: bool | None = None

    @property
    def is_whole(self) -> bool:
        """Whether it says all that a person's rights depend on. Only apps have to be called so."""
        return None not in (self.is_deleted, self.is_guest)


@dataclass
class Organisation:
    """The organisation that the home workspace belongs to (Enterprise Grid), as far as it is known.

    Within it user ids are unique, and payloads name any of a person's workspaces: everybody of it has one
    key, with the home workspace as its team. On a plain workspace it stays empty."""

    enterprise_id: str = ""
    _teams: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def includes(self, team_id: str) -> bool:
        """Return whether a team is known to belong to it. What is not known yet is another organisation's."""
        if not team_id:
            return False
        with self._lock:
            return team_id in self._teams or team_id == self.enterprise_id

    def learn(self, facts: UserFacts, home_team: str) -> None:
        """Note the workspaces of somebody who belongs to it."""
        if self.has(facts, home_team):
            with self._lock:
                self._teams |= facts.teams

    def has(self, facts: UserFacts, home_team: str) -> bool:
        """Return whether the user is one of its own, wherever in it."""
        if facts.enterprise_id:
            return facts.enterprise_id == self.enterprise_id
        return home_team in facts.teams or self.includes(facts.team_id)


def key_of(facts: UserFacts, organisation: Organisation, home_team: str) -> PersonKey | None:
    """Return the user's key; None where Slack does not say whose user it is."""
    if organisation.has(facts, home_team):
        return PersonKey(home_team, facts.user_id)
    return PersonKey(facts.team_id, facts.user_id) if facts.team_id else None


def membership(
    facts: UserFacts, organisation: Organisation, home_team: str, known: Membership | None
) -> Membership | None:
    """Return what the user is now; None where Slack does not say it and it was not `known`. A user who is
    described in part is never more than was known."""
    is_at_home = _is_at_home(facts, organisation, home_team)
    described = _as_described(facts, is_at_home)
    says_all = facts.is_whole and is_at_home is not None
    if known is None:
        return described if says_all or not described.facts.is_at_home else None
    if says_all and facts.is_bot is not None:
        return described
    return min(known, described, key=lambda membership: membership.facts.rights)


def _as_described(facts: UserFacts, is_at_home: bool | None) -> Membership:
    """Return the most that the user can be, as far as Slack describes them."""
    if facts.is_deleted:
        return Membership.DEACTIVATED
    if facts.user_id == SLACKBOT or facts.is_bot:
        return Membership.BOT
    if facts.is_stranger or is_at_home is False:
        return Membership.STRANGER
    return Membership.GUEST if facts.is_guest else Membership.MEMBER


def _is_at_home(facts: UserFacts, organisation: Organisation, home_team: str) -> bool | None:
    """Return whether the user belongs to the home workspace; None where Slack does not say."""
    if home_team in (facts.team_id, *facts.teams):
        return True
    if facts.teams:
        return False
    # In an organisation an abridged user may be named by any of its workspaces.
    is_open = not facts.team_id or (organisation.enterprise_id and not facts.is_whole)
    return None if is_open else False
