"""The store as operations see it: where it is, and who is always a coordinator in it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.domain.people import PersonKey
from storage.database import Database


@dataclass(frozen=True)
class Store:
    """`always_coordinators` are user ids of the home team, from the settings."""

    database: Database
    home_team: str
    always_coordinators: frozenset[str] = field(default_factory=frozenset)

    def begin(self) -> AbstractContextManager[Connection]:
        return self.database.begin()

    def reading(self) -> AbstractContextManager[Connection]:
        return self.database.reading()

    def glancing(self) -> AbstractContextManager[Connection]:
        return self.database.glancing()

    def is_always_coordinator(self, who: PersonKey) -> bool:
        return who.team_id == self.home_team and who.user_id in self.always_coordinators

    def keys_of_always_coordinators(self) -> Iterator[PersonKey]:
        return (PersonKey(self.home_team, user_id) for user_id in sorted(self.always_coordinators))
