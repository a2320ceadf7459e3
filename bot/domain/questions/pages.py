"""Pages of a list: how many there are, and which rows stand on one."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from msgspec import Struct

Item = TypeVar("Item")


class Page(Struct, frozen=True):
    """A page of a list."""

    number: int = 1  # counted from 1
    pages: int = 1  # how many there are
    total: int = 0  # items on all pages
    size: int = 0  # items on a full page; 0 where the list is not paged

    @property
    def has_more(self) -> bool:
        return self.number < self.pages

    @classmethod
    def at(cls, number: int, total: int, size: int) -> "Page":
        """Return page `number`, or the last one there is, of `total` items with `size` on a page."""
        pages = max(1, -(-total // size))
        return cls(min(number, pages), pages, total, size)

    @property
    def first(self) -> int:
        """Count the items before this page."""
        return (self.number - 1) * self.size

    def of(self, items: Sequence[Item]) -> Sequence[Item]:
        """Return those of all items that stand on this page."""
        return items[self.first : self.first + self.size]

    @property
    def more(self) -> int:
        """Count the items after this page."""
        return self.left_of(self.total)

    def left_of(self, total: int) -> int:
        """Count how many of `total` items come after this page, where several lists are paged together."""
        return max(0, total - self.number * self.size) if self.size else 0


FIRST_PAGE = Page()


class Listing(Struct, frozen=True):
    """A page of a list of groups of names: page 1 in short, every further page with all names."""

    number: int  # counted from 1
    total: int  # groups on all pages

    IN_SHORT: ClassVar[int] = 12
    IN_FULL: ClassVar[int] = 10

    @classmethod
    def at(cls, number: int, total: int) -> "Listing":
        return cls(min(number, 1 + max(1, -(-total // cls.IN_FULL))), total)

    @property
    def in_full(self) -> bool:
        return self.number > 1

    @property
    def first(self) -> int:
        """Count the groups before this page."""
        return (self.number - 2) * self.IN_FULL if self.in_full else 0

    @property
    def size(self) -> int:
        return self.IN_FULL if self.in_full else self.IN_SHORT

    @property
    def reaches_the_end(self) -> bool:
        return self.more == 0

    @property
    def more(self) -> int:
        """Count the groups after this page."""
        return max(0, self.total - self.first - self.size)

    @property
    def is_whole(self) -> bool:
        """Tell whether every group is on this page."""
        return self.first == 0 and self.reaches_the_end
