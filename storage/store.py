"""The store as operations see it: where it is, and who is always a coordinator in it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager

from msgspec import Struct, field
from sqlalchemy import Connection

from bot.domain.register import membership
from bot.domain.register.membership import Organisation, UserFacts
from bot.domain.register.people import PersonKey
from storage.database import Database


class Store(Struct, frozen=True):
    """One register, and the workspace that it belongs to."""

    database: Database
    home_team: str  # a team id
    always_coordinators: frozenset[str] = field(default_factory=frozenset)  # user ids, from the settings
    organisation: Organisation = field(default_factory=Organisation)  # the home team's, if it has one

    def begin(self) -> AbstractContextManager[Connection]:
        return self.database.begin()

    def begin_short(self) -> AbstractContextManager[Connection]:
        return self.database.begin_short()

    def reading(self) -> AbstractContextManager[Connection]:
        return self.database.reading()

    def autocommit_read(self) -> AbstractContextManager[Connection]:
        return self.database.autocommit_read()

    def data_version(self) -> int | str | None:
        return self.database.data_version()

    def key_of(self, person: PersonKey) -> PersonKey:
        """Return the one key of whoever a payload names, whichever workspace of the organisation it names."""
        return (
            PersonKey(self.home_team, person.user_id)
            if self.organisation.includes(person.team_id)
            else person
        )

    def key_of_user(self, facts: UserFacts) -> PersonKey | None:
        """Return the key of a user as Slack describes them; None where it does not say whose user it is."""
        return membership.key_of(facts, self.organisation, self.home_team)

    def is_always_coordinator(self, person: PersonKey) -> bool:
        return person.team_id == self.home_team and person.user_id in self.always_coordinators

    def keys_of_always_coordinators(self) -> Iterator[PersonKey]:
        return (PersonKey(self.home_team, user_id) for user_id in sorted(self.always_coordinators))
