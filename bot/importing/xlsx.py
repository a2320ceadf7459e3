"""Workbooks: their sheets as tables, without what would be read otherwise than it is seen.

What is hidden, struck out or merged is named with its place."""

import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.xml.functions import fromstring, iterparse

from bot.domain.register.return_form import EXPLAINED
from bot.domain.register.spreadsheets import unescaped
from bot.importing.cells import FORMULA, Cell, Unreadable, from_spreadsheet
from bot.importing.hidden import name_hidden, name_struck
from bot.importing.packed import UNREADABLE, Marks, TooLarge, must_be_bounded
from bot.importing.raw import (
    MADE_FROM_THE_REGISTER,
    Inspection,
    RawTable,
    TableBuilder,
    is_remark,
)

_MARKS = Marks(rows=(b"<row",), cells=(b"<c ", b"<c>", b"<si>"), runs=(b"<r>",))
_MOST_MERGED_NAMED = 500
# Of a sheet, in any office program.
_MOST_ROWS = 1_048_576

# Numbers that are shown as they are, with so many places behind the point.
_PLAIN_FORMAT = re.compile(r"(#,##)?[#0]+(?:\.(0+))?")
# Of a format what only colours a number, or leaves room beside it.
_ROUND_THE_NUMBER = re.compile(r"\[[^\]]*\]|_.|\*.|\\? |;.*")
_NEEDS_NO_COMMA = 1000


@dataclass
class _Layout:
    """How a sheet is shown. Numbers count from 1; `columns` are first and last of each hidden stretch."""

    rows: set[int] = field(default_factory=set)
    columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    struck: set[str] = field(default_factory=set)
    all_rows: bool = False
    shown_rows: set[int] = field(default_factory=set)

    def hides_row(self, number: int) -> bool:
        return number in self.rows or (self.all_rows and number not in self.shown_rows)

    def hides_column(self, number: int) -> bool:
        return any(first <= number <= last for first, last in self.columns)


def tables(file: str, content: bytes, inspection: Inspection) -> Iterator[RawTable]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed, warnings.catch_warnings():
            # openpyxl warns of what it leaves out, such as drawings and rules of validation.
            warnings.simplefilter("ignore")
            must_be_bounded(packed, _MARKS)
            layouts = _layouts(packed)
            book = load_workbook(BytesIO(content), read_only=True, rich_text=True)
            for sheet in book.worksheets:
                name = str(sheet.title).strip().lower()
                if name == EXPLAINED.lower():
                    continue
                if name in MADE_FROM_THE_REGISTER:
                    yield RawTable(file, name, (), [])
                    continue
                sheet.reset_dimensions()
                yield _sheet(file, name, sheet, layouts.get(sheet.title, _Layout()), inspection)
            book.close()
    except TooLarge as error:
        inspection.refuse(file, "", str(error))
    except Exception:  # a damaged workbook fails anywhere in two libraries
        inspection.refuse(file, "", UNREADABLE)


def _layouts(packed: zipfile.ZipFile) -> dict[str, _Layout]:
    """Return the layouts of the sheets, by their titles."""
    (book,) = (path for path, kind in _targets(packed, "").values() if kind.endswith("/officeDocument"))
    parts = _targets(packed, book)
    layouts = {}
    for element in fromstring(packed.read(book)).iter():
        if _tag(element) == "sheet":
            id_ = next((value for name, value in element.attrib.items() if name.endswith("}id")), "")
            path, kind = parts.get(id_, ("", ""))
            if kind.endswith("/worksheet"):
                layouts[str(element.get("name"))] = _layout(packed, path)
    return layouts


def _targets(packed: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return what a part of the file refers to, or for "" what the whole file does: path and kind, by id."""
    folder, _, name = part.rpartition("/")
    names_it = f"{folder}/_rels/{name}.rels".removeprefix("/")
    return {
        element.get("Id", ""): (_within(folder, element.get("Target", "")), element.get("Type", ""))
        for element in fromstring(packed.read(names_it))
    }


def _within(folder: str, target: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _layout(packed: zipfile.ZipFile, path: str) -> _Layout:
    layout = _Layout()
    number = 0
    with packed.open(path) as part:
        for _, element in iterparse(part):
            match _tag(element):
                case "row":
                    number = int(element.get("r", number + 1))
                    if number > _MOST_ROWS:
                        raise TooLarge(UNREADABLE)
                    (layout.rows if _is_hidden(element, "ht") else layout.shown_rows).add(number)
                case "col" if _is_hidden(element, "width"):
                    layout.columns.append((int(element.get("min", 1)), int(element.get("max", 1))))
                case "mergeCell":
                    layout.merged.append(element.get("ref", ""))
                case "sheetFormatPr":
                    layout.all_rows = element.get("zeroHeight") in ("1", "true")
                case "c" if element.get("t") == "inlineStr" and _is_struck_within(element):
                    layout.struck.add(element.get("r", ""))
                case "c" | "v" | "f" | "is" | "t" | "r" | "rPr" | "strike":
                    continue
            element.clear()
    return layout


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _is_hidden(element: Any, size: str) -> bool:
    return element.get("hidden") in ("1", "true") or float(element.get(size, 1)) == 0


def _is_struck_within(cell: Any) -> bool:
    return any(_tag(part) == "strike" and part.get("val", "1") not in ("0", "false") for part in cell.iter())


def _sheet(file: str, name: str, sheet: Any, layout: _Layout, inspection: Inspection) -> RawTable:
    rows = enumerate(sheet.iter_rows(), start=1)
    _, heading = next(rows, (1, ()))
    builder = TableBuilder(file, name, [_cell(cell) for cell in heading], inspection)
    is_sheet_hidden = sheet.sheet_state != "visible"
    read_any = False
    for number, cells in rows:
        row = builder.add(number, [_cell(cell) for cell in cells]) if cells else None
        if inspection.is_full():
            break
        if row is None or is_remark(row):
            continue
        read_any = True
        filled = [cell for cell in cells if cell.value is not None]
        struck = [cell.column for cell in filled if _is_struck(cell, layout)]
        name_struck(builder, number, struck, len(filled), inspection)
        if not is_sheet_hidden and layout.hides_row(number):
            inspection.hidden(file, name, "This row is hidden", number)
    table = builder.table()
    if read_any:
        name_hidden(
            table, builder.columns, inspection, is_hidden=is_sheet_hidden, hides_column=layout.hides_column
        )
        _name_merged(table, layout, inspection)
    return table


def _name_merged(table: RawTable, layout: _Layout, inspection: Inspection) -> None:
    if len(layout.merged) > _MOST_MERGED_NAMED:
        more = len(layout.merged) - _MOST_MERGED_NAMED
        inspection.refuse(table.file, table.name, f"{more:,} more areas are merged. Unmerge them all.")
    for area in layout.merged[:_MOST_MERGED_NAMED]:
        why = f"The cells {area} are merged. Unmerge them, and write in each row what belongs to it."
        first = re.search(r"[0-9]+", area)
        inspection.refuse(table.file, table.name, why, int(first[0]) if first else 0)


def _is_struck(cell: Any, layout: _Layout) -> bool:
    if cell.font is not None and cell.font.strike:
        return True
    if isinstance(cell.value, CellRichText):
        runs = [run for run in cell.value if isinstance(run, TextBlock)]
        return any(run.font.strike for run in runs)
    return bool(layout.struck) and cell.coordinate in layout.struck


def _cell(cell: Any) -> Cell:
    """Return the value that the cell holds, if it is the one that is seen."""
    value = cell.value
    match cell.data_type:
        case "f":
            return FORMULA
        case "e":
            return Unreadable(f"The spreadsheet shows an error here: {value}. Write the value itself.")
        case "n" if isinstance(value, int | float) and not isinstance(value, bool):
            return _number(value, cell.number_format)
    if isinstance(value, timedelta):
        return Unreadable("A span of time stands here. Write it as text.")
    if isinstance(value, str | CellRichText):
        is_meant = cell.has_style and cell.style_array.quotePrefix
        return unescaped(str(value)) if is_meant else from_spreadsheet(str(value))
    plain: Cell = value
    return plain


def _number(value: float, number_format: str) -> Cell:
    """Return a number as it is shown: 4.1 in the format 0.00 is 4.10."""
    if number_format in ("General", "@"):
        return value
    plain = _PLAIN_FORMAT.fullmatch(_ROUND_THE_NUMBER.sub("", number_format))
    if plain and not (plain[1] and abs(value) >= _NEEDS_NO_COMMA):
        rounded = f"{value:.{len(plain[2] or '')}f}"
        if float(rounded) == value:
            return rounded
    return Unreadable("A number stands here that is shown in another form. Write it as text.")
