"""Workbooks as they really are: hidden, struck out, merged, formatted, and too large."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from bot.domain.register.imports import ReportRow
from bot.importing import reading

HEADINGS = ["key", "title", "publishers", "published_on"]
SHEET = "xl/worksheets/sheet1.xml"


def book(*rows: list[Any]) -> tuple[Workbook, Any]:
    """A workbook with a sheet of reports in it."""
    made = Workbook()
    sheet: Any = made.worksheets[0]
    sheet.title = "Reports"
    for row in (
        HEADINGS,
        *(rows or (["a", "A", "The IOPC", "2024-09-27"], ["b", "B", "The IOPC", "2024-09-27"])),
    ):
        sheet.append(row)
    return made, sheet


def faults(path: Path, made: Workbook) -> list[tuple[int, str, str]]:
    made.save(path)
    return [
        (fault.place.row, fault.column, str(getattr(fault.refusal, "text", "")))
        for fault in reading.read(path).faults
    ]


def hide_row(sheet: Any) -> None:
    sheet.row_dimensions[3].hidden = True


def close_group(sheet: Any) -> None:
    sheet.row_dimensions.group(3, 3, hidden=True)


def hide_column(sheet: Any) -> None:
    sheet.column_dimensions["C"].hidden = True


def hide_sheet(sheet: Any) -> None:
    sheet.parent.create_sheet("Other")
    sheet.sheet_state = "hidden"


def hide_sheet_well(sheet: Any) -> None:
    sheet.parent.create_sheet("Other")
    sheet.sheet_state = "veryHidden"


def strike_row(sheet: Any) -> None:
    for cell in sheet[3]:
        cell.font = Font(strike=True)


def strike_cell(sheet: Any) -> None:
    sheet["B3"].font = Font(strike=True)


def strike_words(sheet: Any) -> None:
    sheet["B3"] = CellRichText(TextBlock(InlineFont(strike=True), "Old"), " new")


@pytest.mark.parametrize(
    ("hide", "row", "column", "what"),
    [
        (hide_row, 3, "", "This row is hidden"),
        (close_group, 3, "", "This row is hidden"),
        (hide_column, 1, "publishers", "Column C is hidden"),
        (hide_sheet, 0, "", "This sheet is hidden"),
        (hide_sheet_well, 0, "", "This sheet is hidden"),
        (strike_row, 3, "", "This row is struck out"),
        (strike_cell, 3, "title", "Something here is struck out"),
        (strike_words, 3, "title", "Something here is struck out"),
    ],
)
def test_what_is_hidden_or_struck_out_is_named_and_refused_unless_it_is_asked_for(
    tmp_path: Path, hide: Callable[[Any], None], row: int, column: str, what: str
) -> None:
    made, sheet = book()
    hide(sheet)
    path = tmp_path / "a.xlsx"
    advice = ". Show it or delete it, or import the file with --hidden."
    assert faults(path, made) == [(row, column, what + advice)]
    batch = reading.read(path, hidden_too=True)
    assert (len(batch.rows), batch.faults) == (2, ())
    assert [(notice.place.row, notice.text) for notice in batch.notices] == [(row, f"{what}, and was read.")]


def test_hidden_rows_that_hold_nothing_to_read_are_nobodys_concern(tmp_path: Path) -> None:
    made, sheet = book()
    sheet.row_dimensions[9].hidden = True
    sheet.column_dimensions["H"].hidden = True
    assert faults(tmp_path / "a.xlsx", made) == []


def test_merged_cells_are_named_with_their_range_and_refused(tmp_path: Path) -> None:
    made, sheet = book()
    sheet.merge_cells("D2:D3")
    (missing, merged) = sorted(faults(tmp_path / "a.xlsx", made), reverse=True)
    assert missing[:2] == (3, "published_on")
    assert merged[0] == 2
    assert merged[2].startswith("The cells D2:D3 are merged.")


def test_errors_and_formulas_are_refused_and_numbers_are_read_as_they_are_shown(tmp_path: Path) -> None:
    made, sheet = book(
        ["a", "#N/A", "=1+1", "2024-09-27"], ["b", 4.1, 0.5, "2024-09-27"], ["c", 8.2, 15, "2024-09-27"]
    )
    sheet["B3"].number_format = "0.00"
    sheet["C3"].number_format = "0%"
    assert [(row, column) for row, column, _ in faults(tmp_path / "a.xlsx", made)] == [
        (2, "title"),
        (2, "publishers"),
        (3, "publishers"),
    ]
    _, four, eight = reading.read(tmp_path / "a.xlsx").rows
    assert isinstance(four, ReportRow)
    assert isinstance(eight, ReportRow)
    assert (four.title, eight.title, eight.publishers) == ("4.10", "8.2", "15")


def edited(path: Path, edit: Callable[[str, bytes], bytes]) -> Path:
    """A workbook with its parts edited, name and content."""
    made, _ = book()
    plain = BytesIO()
    made.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
    return path


def with_rows(rows: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, content: (
        content.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else content
    )


def test_a_row_without_height_is_hidden(tmp_path: Path) -> None:
    path = edited(
        tmp_path / "a.xlsx",
        lambda name, content: content.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'),
    )
    assert [fault.place.row for fault in reading.read(path).faults] == [3]


@pytest.mark.parametrize(
    "edit",
    [
        with_rows(b"<row/>" * 200_001),
        with_rows(b'<row r="4"><c r="A4" t="inlineStr"><is><t>' + b"x" * 400_000 + b"</t></is></c></row>"),
        with_rows(b'<row r="4"><c t="inlineStr"><is>' + b"<r><t>x</t></r>" * 300_001 + b"</is></c></row>"),
        with_rows(b'<row r="99999999999"><c t="inlineStr"><is><t>x</t></is></c></row>'),
        lambda name, content: (b'<!DOCTYPE a [<!ENTITY b "c">]>' if name == SHEET else b"") + content,
    ],
)
def test_a_workbook_that_would_keep_everybody_waiting_is_refused_before_it_is_read(
    tmp_path: Path, edit: Callable[[str, bytes], bytes]
) -> None:
    batch = reading.read(edited(tmp_path / "a.xlsx", edit))
    assert len(batch.faults) == 1
    assert batch.rows == ()
