"""What sheets an account has as a workbook, whichever program's: the summary first, then the register and its
updates. What a row is about stands in the columns that stay in view, and what is printed comes next; the
others keep their order."""

from collections.abc import Iterable
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from bot.domain.questions.account import Account, Chapter, Entry
from bot.rendering.documents.columns import (
    SUMMARY,
    UPDATES,
    Column,
    ExportedUpdate,
    Row,
    register_columns,
)

# What one row of a sheet tells.
Item_contra = TypeVar("Item_contra", contravariant=True)

# In points: of a line, and the highest that a row can be.
LINE = 15
HIGHEST = 409
# Columns as wide as this, in characters, hold texts.
_WIDE = 30


class Sheet(Struct, Generic[Row], frozen=True):
    """`kept_in_view` is how many columns stay when it is scrolled to the right, `printed` how many of the
    first go on paper: with all of them a page would be too small to read."""

    name: str
    columns: tuple[Column[Row], ...]
    kept_in_view: int
    printed: int

    def lines(self, values: Iterable[object]) -> int:
        """Return how many lines the longest of a row's texts needs, as nearly as can be told without a
        font."""
        return max(
            (
                sum(1 + len(line) // column.width for line in value.split("\n"))
                for column, value in zip(self.columns, values, strict=True)
                if isinstance(value, str) and is_wide(column)
            ),
            default=1,
        )


class Rows(Protocol[Item_contra]):
    """A sheet that is being written."""

    def add(self, entry: Item_contra) -> None: ...


def is_wide(column: Column[Row]) -> bool:
    """Return whether it holds texts of any length."""
    return column.width >= _WIDE


def fill(
    account: Account, summary: Rows[Chapter], register: Rows[Entry], updates: Rows[ExportedUpdate]
) -> None:
    """Write all rows, each once it is read."""
    for chapter in account.chapters:
        summary.add(chapter)
        for entry in chapter.entries:
            register.add(entry)
            for of_body in (entry, *entry.predecessors):
                for update in of_body.updates:
                    updates.add(ExportedUpdate(of_body, update))


def _sheet(name: str, columns: tuple[Column[Row], ...], about: str, printed: str) -> Sheet[Row]:
    """Make a sheet with the columns that say what a row is about first, then those that are printed beside
    them; both are names, parted by spaces."""
    by_name = {column.name: column for column in columns}
    first = [by_name[key] for key in (*about.split(), *printed.split())]
    rest = (column for column in columns if column not in first)
    return Sheet(name, (*first, *rest), len(about.split()), len(first))


SUMMARY_SHEET = _sheet(
    "Summary",
    SUMMARY,
    "report recommendation",
    "short_form respond_by due_on addressed accepted accepted_in_part not_accepted awaiting not_started"
    " in_progress blocked complete checked closed response_overdue action_overdue",
)


def register_sheet(account: Account) -> Sheet[Entry]:
    return _sheet(
        "Register",
        register_columns(account),
        "report recommendation body",
        "response response_on progress progress_on due_on action_overdue_days response_text progress_text",
    )


UPDATES_SHEET = _sheet(
    "Updates",
    UPDATES,
    "report recommendation body",
    "update kind change stands_from text text_status recorded_by",
)
