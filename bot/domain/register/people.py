"""Who asks, and what they may do. Rights are read from the store in the transaction that acts."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import assert_never

from msgspec import Struct, field

from bot.domain.calendar import london_date
from bot.domain.refusals.addressees import NotAContactOf, NotAnApproverOf
from bot.domain.refusals.request import CannotSee, NotACoordinator

KNOWN_FOR = timedelta(hours=24)
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class PersonKey(Struct, frozen=True):
    """The user's own team and user id, both opaque."""

    team_id: str
    user_id: str

    def __str__(self) -> str:
        """Write the key as the history has it, which `read` reads back."""
        return f"{self.team_id}/{self.user_id}"

    @classmethod
    def read(cls, text: str) -> "PersonKey":
        """Read a key from the text that the history holds. Raises ValueError for what is no such key."""
        team_id, user_id = text.split("/")
        return cls(team_id, user_id)


class Request(Struct, frozen=True):
    """Who asks, when, and the key by which the same asking is known again."""

    who: PersonKey
    instant: datetime  # UTC
    key: str
    even_if_stale: bool = False  # serve a known person when Slack cannot be asked who they are now
    for_everybody: bool = False  # the whole channel will read the answer
    asks_only: bool = False  # asked in words that cannot have been meant to record
    trigger: str = ""  # what Slack opens a form for, once and within 3 seconds
    over_form: str = ""  # the id of the open form that this came from, over which another is put
    response_url: str = ""  # where Slack takes what is answered later; empty where there is no such place
    # The asker, where they were read a moment before for an answer that is the same for everybody.
    reader: "Actor | None" = None

    @property
    def today(self) -> date:
        return london_date(self.instant)


class _MembershipFacts(Struct, frozen=True):
    rights: int  # who has a lower number may see and do less
    is_active: bool  # whether a role is of any use to them: an app and who has left Slack can do nothing
    is_at_home: bool  # whether they belong to the home workspace, in whatever way
    sees: bool  # whether they see the register without a role


class Membership(StrEnum):
    """What Slack says a person is in the home workspace."""

    MEMBER = "member"
    GUEST = "guest"
    STRANGER = "stranger"
    DEACTIVATED = "deactivated"
    BOT = "bot"

    @cached_property
    def facts(self) -> _MembershipFacts:
        """All that is known of it, in one table."""
        match self:
            case Membership.DEACTIVATED:
                return _MembershipFacts(rights=0, is_active=False, is_at_home=False, sees=False)
            case Membership.BOT:
                return _MembershipFacts(rights=1, is_active=False, is_at_home=False, sees=False)
            case Membership.STRANGER:
                return _MembershipFacts(rights=2, is_active=True, is_at_home=False, sees=False)
            case Membership.GUEST:
                return _MembershipFacts(rights=3, is_active=True, is_at_home=True, sees=False)
            case Membership.MEMBER:
                return _MembershipFacts(rights=4, is_active=True, is_at_home=True, sees=True)
            case _:
                assert_never(self)


class Role(StrEnum):
    CONTACT = "contact"
    COORDINATOR = "coordinator"

    @property
    def is_for_a_body(self) -> bool:
        """Whether it is held for one body, else for all of them."""
        match self:
            case Role.CONTACT:
                return True
            case Role.COORDINATOR:
                return False
            case _:
                assert_never(self)


class ContactKind(StrEnum):
    """What a contact is to the body: all may record, a second contact stands in for the first, and an
    approver approves what others recorded, and is reminded of nothing."""

    MAIN = "main"
    DEPUTY = "deputy"
    APPROVER = "approver"

    @property
    def is_reminded(self) -> bool:
        """Whether they are reminded of what the body owes, and asked about it."""
        match self:
            case ContactKind.MAIN | ContactKind.DEPUTY:
                return True
            case ContactKind.APPROVER:
                return False
            case _:
                assert_never(self)


# How people write each; the first of a kind is the word that is offered.
CONTACT_KIND_WORDS = {
    "main": ContactKind.MAIN,
    "first": ContactKind.MAIN,
    "second": ContactKind.DEPUTY,
    "deputy": ContactKind.DEPUTY,
    "approver": ContactKind.APPROVER,
}
OFFERED_KIND_WORDS = ("main", "second", "approver")


class Person(Struct, frozen=True):
    """`refreshed_at` is the UTC instant at which Slack last told who this is."""

    key: PersonKey
    display_name: str
    membership: Membership
    refreshed_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        return now - self.refreshed_at < KNOWN_FOR


class Granted(Struct, frozen=True):
    """A role somebody holds; `body_code`, `body_name` and `body_slug` are empty for a coordinator, and `kind`
    is of no account then. `membership` is None for somebody Slack has not told of yet, and `granted_at` a UTC
    instant."""

    who: PersonKey
    display_name: str
    membership: Membership | None
    role: Role
    body_code: str
    body_name: str
    body_slug: str = ""
    kind: ContactKind = ContactKind.MAIN
    granted_at: datetime = _LONG_AGO

    @property
    def is_active(self) -> bool:
        """Whether they can still record: a person who left Slack cannot."""
        return self.membership is not Membership.DEACTIVATED

    @property
    def can_be_reminded(self) -> bool:
        """Whether reminders may reach them: no approver, nobody who has left Slack."""
        return self.is_active and self.kind.is_reminded


class Actor(Struct, frozen=True):
    """A person with the rights they hold at this moment. `speaks_for` maps body codes to short names."""

    person: Person
    is_coordinator: bool = False
    speaks_for: dict[str, str] = field(default_factory=dict)
    approves_for: frozenset[str] = frozenset()  # codes of bodies that named them as an approver
    ended: frozenset[str] = frozenset()  # codes of those of their bodies that are no more

    @property
    def key(self) -> PersonKey:
        return self.person.key

    @property
    def is_contact(self) -> bool:
        return bool(self.speaks_for)

    @property
    def records_for(self) -> dict[str, str]:
        """The bodies of theirs for which anything can be recorded yet, as in `speaks_for`."""
        return {code: name for code, name in self.speaks_for.items() if code not in self.ended}

    @property
    def may_mean(self) -> dict[str, str]:
        """The bodies that they may mean where they name none, as in `speaks_for`. One that has ended is meant
        only where there is no other, since nothing more can be recorded for it."""
        return self.records_for or self.speaks_for

    def must_see(self) -> None:
        """Refuse whoever has left, and guests and people of other organisations who have no role.

        Raises CannotSee."""
        membership = self.person.membership.facts
        has_role = self.is_coordinator or self.is_contact
        if not membership.is_active or not (membership.sees or has_role):
            raise CannotSee

    def must_coordinate(self) -> None:
        self.must_see()
        if not self.is_coordinator:
            raise NotACoordinator

    def must_speak_for(self, body_code: str, body_name: str) -> None:
        self.must_see()
        if not self.may_record_for(body_code):
            raise NotAContactOf(body_name, tuple(sorted(self.speaks_for.values())))

    def must_approve_for(self, body_code: str, body_name: str) -> None:
        self.must_see()
        if not self.may_approve_for(body_code):
            raise NotAnApproverOf(body_name)

    def may_approve_for(self, body_code: str) -> bool:
        return self.is_coordinator or body_code in self.approves_for

    def may_record_for(self, body_code: str) -> bool:
        return self.is_coordinator or body_code in self.speaks_for

    def speaks_on_behalf_of(self, body_code: str) -> bool:
        """Whether a coordinator records for a body whose contact they are not."""
        return body_code not in self.speaks_for

    def may_read(self, body_code: str | None, quotable: bool) -> bool:
        """Return whether a text may be shown: quotable to all, the rest to the body's contacts and
        coordinators."""
        return quotable or self.is_coordinator or body_code in self.speaks_for
