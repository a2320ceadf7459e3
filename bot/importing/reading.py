"""A file as the rows of an import, and everything in it that cannot be read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields
from rapidfuzz import fuzz, process

from bot.domain.register.imports import Batch, FilePlace, Notice, RegisterRow, Row, columns_of
from bot.importing import raw
from bot.importing.cells import READERS
from bot.importing.raw import (
    KINDS_WITH_HEADINGS,
    MADE_FROM_THE_REGISTER,
    Inspection,
    RawFile,
    RawRow,
    RawTable,
    is_empty,
    is_remark,
    key,
)
from bot.importing.tables import BY_NAME, REMARK, TableKind
from bot.rendering.documents.columns import PUBLICATION, REGISTER

_OF_EXPORTS = frozenset(column.name for column in (*REGISTER, *PUBLICATION))
_LIKE_ENOUGH = 70
# What stands in place of what is needed and could not be read.
_IN_PLACE_OF: Mapping[Any, object] = {str: "", date: date.min}


def read(path: Path, *, hidden_too: bool = False) -> Batch:
    """Read a file, or a folder of CSV files. With `hidden_too`, what is hidden or struck out is read like the
    rest. Raises OSError."""
    inspection = Inspection(hidden_too)
    return batch_of(path.name, raw.read(path, inspection), inspection)


def read_content(name: str, content: bytes) -> Batch:
    """Read a file that is at hand as its name, which tells the kind, and its bytes."""
    inspection = Inspection(offers_hidden=False)
    return batch_of(name, raw.read_content(name, content, inspection), inspection)


def batch_of(name: str, file: RawFile, inspection: Inspection) -> Batch:
    """Return the rows of a file's tables, and everything that cannot be read of them."""
    rows: list[Row] = []
    for table in file.tables:
        if table.name in MADE_FROM_THE_REGISTER:
            inspection.passed_over.append(
                f"The table {table.name} was passed over: it is made from the register."
            )
        elif table.rows:
            rows += _rows(table, inspection)
    if not rows and not inspection.faults:
        inspection.refuse(name, "", "It holds no row to import.")
    return Batch(
        file.digest,
        tuple(rows),
        tuple(inspection.passed_over),
        tuple(inspection.faults),
        tuple(inspection.notices),
    )


def _rows(table: RawTable, inspection: Inspection) -> Iterator[Row]:
    kind = _kind(table)
    if kind is None:
        options = ", ".join(BY_NAME)
        why = f"It is none of the tables that can be imported: {options}."
        inspection.refuse(table.file, table.name, why)
        # What it was meant for, so that its rows are looked at all the same.
        kind = _nearest_kind(table)
    if kind is None:
        return
    columns = _columns(table, kind, inspection)
    missing_columns = _missing(table, kind, columns, inspection)
    for row in table.rows:
        if not is_remark(row):
            cells = {columns[name]: cell for name, cell in row.cells.items() if columns.get(name)}
            cells = {name: cell for name, cell in cells.items() if not is_empty(cell)}
            if cells:
                yield _row(table, kind, RawRow(row.number, cells), missing_columns, inspection)


def _kind(table: RawTable) -> TableKind | None:
    """Return a table's kind by its name; that of a CSV file of another name by its columns."""
    if table.name in BY_NAME:
        return BY_NAME[table.name]
    if not table.file.lower().endswith(".csv"):
        return None
    fitting = [
        kind for kind in BY_NAME.values() if _needed(kind) <= _named(kind, table.columns) <= _known(kind)
    ]
    return fitting[0] if fitting else None


def _nearest_kind(table: RawTable) -> TableKind | None:
    near = process.extractOne(table.name, list(BY_NAME), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
    return BY_NAME[near[0]] if near else kind_of(table.columns)


def kind_of(headings: Iterable[str]) -> TableKind | None:
    """Return the table that these headings make, if they name all that it needs."""
    headings = list(headings)
    fitting = [kind for kind in BY_NAME.values() if _needed(kind) <= _named(kind, headings)]
    return max(fitting, key=lambda kind: len(_named(kind, headings) & _known(kind)), default=None)


def _named(kind: TableKind, headings: Iterable[str]) -> frozenset[str]:
    """Return the columns of the table that these headings name, and the headings that name none."""
    return frozenset(kind.also.get(key(heading), key(heading)) for heading in headings)


def _known(kind: TableKind) -> frozenset[str]:
    return frozenset((REMARK, *kind.columns)) | (_OF_EXPORTS if kind.row is RegisterRow else frozenset())


def _needed(kind: TableKind) -> frozenset[str]:
    return frozenset(name for name, field in _FIELDS[kind.name].items() if field.is_needed)


def _columns(table: RawTable, kind: TableKind, inspection: Inspection) -> dict[str, str]:
    """Return which column each heading is: for one that does not exist the likeliest, "" for none."""
    columns = {heading: kind.also.get(key(heading), key(heading)) for heading in table.columns}
    _leave_out_seconds(table, kind, columns, inspection)
    column_names = set(columns.values())
    for heading, name in columns.items():
        if name and name not in _known(kind):
            near = process.extractOne(name, list(kind.columns), score_cutoff=_LIKE_ENOUGH)
            advice = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(kind.columns)}."
            inspection.refuse(table.file, table.name, f"There is no such column. {advice}", 1, heading)
            columns[heading] = near[0] if near and near[0] not in column_names else ""
    return columns


def _leave_out_seconds(
    table: RawTable, kind: TableKind, columns: dict[str, str], inspection: Inspection
) -> None:
    """Keep one of two headings for one column: the column's own name, or the one that says it more surely."""
    order = [*kind.columns, *kind.also]
    first: dict[str, str] = {}
    for heading in sorted(
        columns, key=lambda column: order.index(key(column)) if key(column) in order else 0
    ):
        name = columns[heading]
        if name in kind.columns and first.setdefault(name, heading) != heading:
            columns[heading] = ""
            place = FilePlace(table.file, table.name, 1)
            text = f"This column was not read: “{first[name]}” says the same."
            inspection.notices.append(Notice(place, heading, text))


def _missing(
    table: RawTable, kind: TableKind, columns: Mapping[str, str], inspection: Inspection
) -> frozenset[str]:
    """Return the columns that every row needs and no heading names: said once, and not for each row."""
    if not table.file.lower().endswith(KINDS_WITH_HEADINGS):
        return frozenset()
    missing_columns = _needed(kind) - set(columns.values())
    for name in kind.columns:
        if name in missing_columns:
            inspection.refuse(table.file, table.name, "This column is missing. Add it.", 1, name)
    return missing_columns


def _row(
    table: RawTable, kind: TableKind, row: RawRow, missing_columns: frozenset[str], inspection: Inspection
) -> Row:
    """Return a row with what could be read of it; the rest is refused. That `missing_columns` are not there
    was refused before."""
    values: dict[str, Any] = {}
    unread: set[str] = set()

    def refuse(column: str, why: str) -> None:
        unread.add(column)
        if column not in missing_columns:
            inspection.refuse(table.file, table.name, why, row.number, column)

    for name, field in _FIELDS[kind.name].items():
        try:
            if name in row.cells:
                values[name] = field.read(row.cells[name])
            if field.is_needed and values.get(name, "") == "":
                raise ValueError("Fill this in.")
        except ValueError as error:
            refuse(name, str(error))
            if field.is_needed:
                values[name] = _IN_PLACE_OF[field.type]
    place = FilePlace(table.file, kind.name, row.number)
    return kind.row(place=place, unread=frozenset(unread), **values)


class _Field(Struct, frozen=True):
    type: Any
    read: Callable[[object], Any]
    is_needed: bool


def _fields(kind: TableKind) -> dict[str, _Field]:
    """Return what a row of the table must hold, from the fields of the row."""
    return {
        field.name: _Field(field.type, READERS[field.type], field.required)
        for field in fields(kind.row)
        if field.name in columns_of(kind.row)
    }


_FIELDS = {kind.name: _fields(kind) for kind in BY_NAME.values()}
