"""Selecting what belongs to a few ids, by the same statement however many they are: with one parameter that
stands for all of them, SQLAlchemy writes the statement anew every time."""

from collections.abc import Collection
from itertools import zip_longest

from sqlalchemy import BindParameter, bindparam


class FewIds:
    """Up to `most` ids, as the parameters of one statement."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._names = tuple(f"id_{place}" for place in range(most))

    def parameters(self) -> list[BindParameter[str]]:
        """Return what a column has to be among, by `in_`."""
        return [bindparam(name) for name in self._names]

    def holds(self, ids: Collection[str]) -> bool:
        return len(ids) <= self._most

    def values(self, ids: Collection[str]) -> dict[str, str | None]:
        """Return the values of the parameters: those that are not needed are null, which nothing is equal to.
        Raises ValueError for too many."""
        if not self.holds(ids):
            raise ValueError(f"{len(ids)} ids are more than {self._most}")
        return dict(zip_longest(self._names, ids))
