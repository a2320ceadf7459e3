"""A file as the rows of an import, or everything in it that cannot be read."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from rapidfuzz import process

from bot.domain.imports import Batch, FileRefused, NotImportable, Place, RegisterRow, Row, Wrong
from bot.importing import raw
from bot.importing.cells import READERS, Cell
from bot.importing.raw import RawRow, RawTable
from bot.importing.tables import BY_NAME, KINDS, REMARK, TableKind
from bot.rendering.documents.columns import REGISTER

# Made from the register, and nothing in them could be told back to it.
_PASSED_OVER = ("updates", "summary")
_OF_EXPORTS = frozenset(column.name for column in REGISTER)


def read(path: Path) -> Batch:
    """Raises FileRefused with every fault, and OSError."""
    found = raw.read(path)
    rows: list[Row] = []
    faults: list[Wrong] = []
    passed_over: list[str] = []
    for table in found.tables:
        if table.name in _PASSED_OVER:
            passed_over.append(table.name)
            continue
        kind = _kind(table)
        if not table.rows:
            continue
        if kind is None:
            tables = ", ".join(BY_NAME)
            faults.append(_wrong(table, 0, "", f"It is none of the tables that can be imported: {tables}."))
        elif unknown := list(_unknown_columns(table, kind)):
            faults += unknown
        else:
            for row in _read_rows(table, kind):
                (faults if isinstance(row, Wrong) else rows).append(row)  # type: ignore[arg-type]
    if not rows and not faults:
        faults.append(Wrong(Place(path.name, "", 0), "", NotImportable("", "It holds no row to import.")))
    if faults:
        raise FileRefused(tuple(faults))
    return Batch(found.digest, tuple(rows), tuple(passed_over))


def _kind(table: RawTable) -> TableKind | None:
    """By its name; a CSV file of another name by its columns."""
    if table.name in BY_NAME:
        return BY_NAME[table.name]
    named = {_name(column) for column in table.columns}
    fitting = (kind for kind in KINDS if _needed(kind) <= named <= _known(kind))
    return next(fitting, None) if table.file.lower().endswith(".csv") else None


def _known(kind: TableKind) -> frozenset[str]:
    return frozenset((REMARK, *kind.columns)) | (_OF_EXPORTS if kind.row is RegisterRow else frozenset())


def _needed(kind: TableKind) -> frozenset[str]:
    model = _MODELS[kind.name]
    return frozenset(name for name, field in model.model_fields.items() if field.is_required())


def _unknown_columns(table: RawTable, kind: TableKind) -> Iterator[Wrong]:
    for column in table.columns:
        if column and _name(column) not in _known(kind):
            near = process.extractOne(_name(column), list(kind.columns), score_cutoff=70)
            said = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(kind.columns)}."
            yield _wrong(table, 1, column, f"There is no such column. {said}")


def _read_rows(table: RawTable, kind: TableKind) -> Iterator[Row | Wrong]:
    for row in table.rows:
        cells = {_name(column): cell for column, cell in row.cells.items() if not _is_empty(cell)}
        if REMARK in cells:
            continue
        if cells:
            yield from _read_row(table, kind, RawRow(row.number, cells))


def _is_empty(cell: Cell) -> bool:
    return cell in (None, []) or (isinstance(cell, str) and not cell.strip())


def _read_row(table: RawTable, kind: TableKind, row: RawRow) -> Iterator[Row | Wrong]:
    try:
        model = _MODELS[kind.name].model_validate(row.cells)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_input=False):
            missing = fault["type"] == "missing"
            said = "Fill this in." if missing else fault["msg"].removeprefix("Value error, ")
            yield _wrong(table, row.number, ".".join(map(str, fault["loc"])), said)
        return
    values = {name: getattr(model, name) for name in model.model_fields_set}
    blank = [name for name in _needed(kind) if values[name] == ""]
    if blank:
        yield from (_wrong(table, row.number, name, "Fill this in.") for name in sorted(blank))
        return
    yield kind.row(place=Place(table.file, kind.name, row.number), **values)


def _name(column: str) -> str:
    """As a person reads it or as a program does: "Body code" is body_code."""
    return "_".join(column.casefold().split())


def _wrong(table: RawTable, row: int, column: str, said: str) -> Wrong:
    return Wrong(Place(table.file, table.name, row), column, NotImportable(column, said))


def _model(kind: TableKind) -> type[BaseModel]:
    """What a row of the table must hold, from the fields of the row."""
    hints = get_type_hints(kind.row)
    made: dict[str, Any] = {
        field.name: (READERS[hints[field.name]], ... if field.default is MISSING else field.default)
        for field in fields(kind.row)
        if field.name != "place"
    }
    return create_model(kind.row.__name__, __config__=ConfigDict(extra="ignore"), **made)


_MODELS = {kind.name: _model(kind) for kind in KINDS}
