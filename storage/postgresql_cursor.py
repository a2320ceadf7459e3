"""A cursor of PostgreSQL's driver that describes its columns only to whoever looks: SQLAlchemy takes the
description of each result, and looks into that of a statement's first one alone."""

from collections.abc import Callable, Sequence
from typing import Any, overload

from psycopg import Column, Cursor


class Columns(Sequence[Column]):
    """The columns of a result, described at the first look."""

    def __init__(self, describe: Callable[[], Sequence[Column]]) -> None:
        self._describe = describe
        self._described: Sequence[Column] | None = None

    def _columns(self) -> Sequence[Column]:
        if self._described is None:
            self._described = self._describe()
        return self._described

    def __len__(self) -> int:
        return len(self._columns())

    @overload
    def __getitem__(self, place: int) -> Column: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Column]: ...
    def __getitem__(self, place: int | slice) -> Column | Sequence[Column]:
        return self._columns()[place]


class LazilyDescribed(Cursor[Any]):
    @property
    def description(self) -> Any:
        """The columns of the result; None where it is none of rows."""
        if self.pgresult is None or not self.pgresult.nfields:
            return super().description
        return Columns(lambda: super(LazilyDescribed, self).description or [])
