"""A store between whose reading and writing something else happens."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from msgspec import field
from sqlalchemy import Connection

from storage.store import Store


class Interrupted(Store, frozen=True):
    """Something else is committed once, right before the first transaction that writes."""

    others: list[Callable[[], object]] = field(default_factory=list)

    def begin(self) -> AbstractContextManager[Connection]:
        while self.others:
            self.others.pop()()
        return super().begin()


def interrupted(store: Store, by: Callable[[], object]) -> Interrupted:
    return Interrupted(store.database, store.home_team, store.always_coordinators, others=[by])
