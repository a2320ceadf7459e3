"""The empty file that people fill in: a table of each kind with its headings, an example and notes."""

import csv
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from bot.importing.tables import KINDS, REMARK, TableKind

_REMARKS = ("example", "notes")


def write(path: Path) -> None:
    """Write an .xlsx or a .yaml by the path's ending; else a folder of CSV files. Raises FileExistsError,
    OSError."""
    if path.exists():
        raise FileExistsError(path)
    match path.suffix.lower():
        case ".xlsx":
            _write_workbook(path)
        case ".yaml" | ".yml":
            path.write_text(_yaml(), encoding="utf-8")
        case _:
            _write_folder(path)


def _write_workbook(path: Path) -> None:
    book = Workbook(write_only=True)
    for kind in KINDS:
        sheet: Any = book.create_sheet(kind.name.capitalize())
        sheet.freeze_panes = "A2"
        for place in range(len(kind.columns) + 1):
            sheet.column_dimensions[chr(ord("A") + place)].width = 24 if place else 10
        for number, row in enumerate(_rows(kind)):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    book.save(path)


def _cell(sheet: Any, value: str, *, bold: bool) -> Any:
    cell: Any = WriteOnlyCell(sheet, value)
    cell.data_type = "s"
    # As text, so that 15 stays 15 and a day what was written.
    cell.number_format = "@"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _write_folder(path: Path) -> None:
    path.mkdir()
    for kind in KINDS:
        with (path / f"{kind.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_rows(kind))


def _rows(kind: TableKind) -> list[list[str]]:
    columns = kind.columns.values()
    return [
        [REMARK, *kind.columns],
        [_REMARKS[0], *(column.example for column in columns)],
        [_REMARKS[1], *(column.note for column in columns)],
    ]


def _yaml() -> str:
    """Return the template with its examples as comments: what is taken out of them is read."""
    lines = ["# Take the # away before what you fill in. A table without rows can be left out."]
    for kind in KINDS:
        lines += ["", f"# {kind.name}:"]
        for place, (name, column) in enumerate(kind.columns.items()):
            example = f'"{column.example}"' if column.example else '""'
            lines.append(f"# {'  - ' if place == 0 else '    '}{name}: {example}  # {column.note}")
    return "\n".join([*lines, ""])
