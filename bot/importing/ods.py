"""OpenDocument spreadsheets, as LibreOffice writes them: their sheets as tables, by the rules for workbooks.

What is hidden, struck out, merged or shown otherwise than it is held is named with its place. Read by the
standard library: the libraries for this format give the values alone, and not how they are shown."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from msgspec import Struct
from openpyxl.xml.functions import iterparse

from bot.domain.register.return_form import EXPLAINED
from bot.importing.cells import FORMULA, Cell, Unreadable, from_spreadsheet
from bot.importing.hidden import name_hidden, name_struck
from bot.importing.packed import UNREADABLE, Marks, TooLarge, must_be_bounded
from bot.importing.raw import (
    MADE_FROM_THE_REGISTER,
    Inspection,
    RawTable,
    TableBuilder,
    is_empty,
    is_remark,
)

_MARKS = Marks(
    rows=(b"<table:table-row",),
    cells=(b"<table:table-cell", b"<table:covered-table-cell"),
    runs=(b"<text:span",),
)
# An empty cell is repeated to the end of the sheet: no table has as many columns.
_MOST_CELLS = 1_100
_HIDING = ("collapse", "filter")
_ANOTHER_FORM = Unreadable("A number stands here that is shown in another form. Write it as text.")


@dataclass
class _Sheet:
    """A sheet while it is read. Columns are counted from 1."""

    name: str
    is_hidden: bool
    row: int = 0
    columns: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    builder: TableBuilder | None = None
    is_read: bool = False


class _Shown(Struct, frozen=True):
    """A cell as it is held and shown."""

    cell: Cell = None
    is_struck: bool = False
    is_merged: bool = False


def tables(file: str, content: bytes, inspection: Inspection) -> Iterator[RawTable]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            must_be_bounded(packed, _MARKS)
            with packed.open("content.xml") as part:
                yield from _Reading(file, inspection).tables(part)
    except TooLarge as error:
        inspection.refuse(file, "", str(error))
    except Exception:  # a damaged file fails anywhere in two libraries
        inspection.refuse(file, "", UNREADABLE)


class _Reading:
    def __init__(self, file: str, inspection: Inspection) -> None:
        self._file = file
        self._inspection = inspection
        self._struck: set[str] = set()
        self._hidden: set[str] = set()
        self._sheet = _Sheet("", is_hidden=False)

    def tables(self, part: Any) -> Iterator[RawTable]:
        for event, element in iterparse(part, events=("start", "end")):
            match _tag(element), event:
                case "style", "end":
                    self._learn(element)
                case "table", "start":
                    is_hidden = _get(element, "style-name") in self._hidden
                    self._sheet = _Sheet(_get(element, "name").strip().lower(), is_hidden)
                case "table-column", "end":
                    self._add_column(element)
                case "table-row", "end":
                    self._add_rows(element)
                    element.clear()
                case "table", "end":
                    yield from self._table()
                    element.clear()

    def _learn(self, style: Any) -> None:
        for properties in style:
            if _get(properties, "display") == "false":
                self._hidden.add(_get(style, "name"))
            if _get(properties, "text-line-through-style") not in ("", "none"):
                self._struck.add(_get(style, "name"))

    def _add_column(self, element: Any) -> None:
        first, times = self._sheet.columns, min(_times(element, "columns"), _MOST_CELLS)
        self._sheet.columns += times
        if _get(element, "visibility") in _HIDING:
            self._sheet.hidden_columns.update(range(first + 1, first + times + 1))

    def _add_rows(self, element: Any) -> None:
        sheet = self._sheet
        times = _times(element, "rows")
        if sheet.name in (EXPLAINED.lower(), *MADE_FROM_THE_REGISTER):
            return
        row_cells = list(self._cells(element))
        if sheet.builder is None:
            headings = [cell.cell for cell in row_cells]
            sheet.builder = TableBuilder(self._file, sheet.name, headings, self._inspection)
            sheet.row, times = 1, times - 1
        is_blank = not any(not is_empty(cell.cell) for cell in row_cells)
        for _ in range(0 if is_blank else times):
            sheet.row += 1
            self._add_row(sheet.builder, row_cells, is_hidden=_get(element, "visibility") in _HIDING)
            if self._inspection.is_full():
                return
        if is_blank:
            sheet.row += times

    def _add_row(self, builder: TableBuilder, row_cells: list[_Shown], *, is_hidden: bool) -> None:
        sheet, inspection = self._sheet, self._inspection
        row = builder.add(sheet.row, [cell.cell for cell in row_cells])
        if row is None or is_remark(row):
            return
        sheet.is_read = True
        filled = [place for place, cell in enumerate(row_cells, start=1) if not is_empty(cell.cell)]
        struck = [place for place in filled if row_cells[place - 1].is_struck]
        name_struck(builder, sheet.row, struck, len(filled), inspection)
        if is_hidden and not sheet.is_hidden:
            inspection.hidden(self._file, sheet.name, "This row is hidden", sheet.row)
        if any(cell.is_merged for cell in row_cells):
            why = "Cells are merged here. Unmerge them, and write in each row what belongs to it."
            inspection.refuse(self._file, sheet.name, why, sheet.row)

    def _table(self) -> Iterator[RawTable]:
        sheet, inspection = self._sheet, self._inspection
        if sheet.name == EXPLAINED.lower():
            return
        if sheet.builder is None:
            yield RawTable(self._file, sheet.name, (), [])
            return
        table = sheet.builder.table()
        if sheet.is_read:
            name_hidden(
                table,
                sheet.builder.columns,
                inspection,
                is_hidden=sheet.is_hidden,
                hides_column=sheet.hidden_columns.__contains__,
            )
        yield table

    def _cells(self, row: Any) -> Iterator[_Shown]:
        number = 0
        for element in row:
            match _tag(element):
                case "table-cell":
                    cell = self._shown(element)
                case "covered-table-cell":
                    cell = _Shown()
                case _:
                    continue
            for _ in range(min(_times(element, "columns"), _MOST_CELLS - number)):
                number += 1
                yield cell

    def _shown(self, element: Any) -> _Shown:
        cell = _cell(element)
        spans = (_get(element, f"number-{direction}-spanned") for direction in ("rows", "columns"))
        # What a comment says is none of the cell's own.
        own = [part for part in element if _tag(part) != "annotation"]
        styles = {_get(element, "style-name")}
        styles.update(_get(inner, "style-name") for part in own for inner in part.iter())
        return _Shown(
            cell,
            is_struck=not is_empty(cell) and bool(styles & self._struck),
            is_merged=any(span not in ("", "1") for span in spans),
        )


def _cell(element: Any) -> Cell:
    """Return the value that the cell holds, if it is the one that is seen."""
    if _get(element, "formula"):
        return FORMULA
    text = "\n".join(_text(part) for part in element if _tag(part) == "p")
    match _get(element, "value-type"):
        case "":
            return from_spreadsheet(text) if text else None
        case "string":
            return from_spreadsheet(text)
        case "float":
            return _number(float(_get(element, "value")), text)
        case "date":
            return _day(_get(element, "date-value"))
        case "boolean":
            return _get(element, "boolean-value") == "true"
        case "time":
            return Unreadable("A span of time stands here. Write it as text.")
        case _:
            return _ANOTHER_FORM


def _number(value: float, text: str) -> Cell:
    """Return a number as it is shown: 4.1 that is shown as 4.10 is 4.10."""
    try:
        return text if float(text) == value else _ANOTHER_FORM
    except ValueError:
        return _ANOTHER_FORM


def _day(written: str) -> date | datetime:
    moment = datetime.fromisoformat(written)
    return moment if "T" in written else moment.date()


def _text(element: Any) -> str:
    pieces = [element.text or ""]
    for part in element:
        match _tag(part):
            case "s":
                pieces.append(" " * min(_count(part, "c"), _MOST_CELLS))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case "annotation":
                pass
            case _:
                pieces.append(_text(part))
        pieces.append(part.tail or "")
    return "".join(pieces)


def _times(element: Any, repeated: str) -> int:
    return _count(element, f"number-{repeated}-repeated")


def _count(element: Any, name: str) -> int:
    return int(_get(element, name) or 1)


def _get(element: Any, name: str) -> str:
    """Return an attribute by its name in whatever name space."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]
