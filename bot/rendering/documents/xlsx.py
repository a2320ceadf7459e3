"""The account as an Excel workbook, written row by row.

Text is never a formula, dates are dates, headings stay in view, and every column can be filtered."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.calendar import LONDON
from bot.domain.questions.account import Account
from bot.domain.register.spreadsheets import escaped, is_error
from bot.rendering.documents.columns import Column, Row, Value
from bot.rendering.documents.sentences import INTERNAL, heading
from bot.rendering.documents.workbook import (
    HIGHEST,
    LINE,
    SUMMARY_SHEET,
    UPDATES_SHEET,
    Sheet,
    fill,
    is_wide,
    register_sheet,
)

_TOP = Alignment(vertical="top")
_WRAPPED = Alignment(vertical="top", wrap_text=True)
_STYLES = (
    NamedStyle(
        "register heading",
        font=Font(bold=True),
        fill=PatternFill("solid", fgColor="D9E2EC"),
        alignment=_WRAPPED,
    ),
    NamedStyle("register text", alignment=_TOP, number_format="@"),
    NamedStyle("register long text", alignment=_WRAPPED, number_format="@"),
    NamedStyle("register number", alignment=_TOP),
    NamedStyle("register day", alignment=_TOP, number_format="d mmm yyyy"),
    NamedStyle("register moment", alignment=_TOP, number_format="d mmm yyyy hh:mm"),
)


def write(account: Account, path: Path) -> None:
    book = Workbook(write_only=True)
    for style in _STYLES:
        book.add_named_style(style)
    book.properties.title = heading(account)
    book.properties.creator = "recbot"
    book.properties.language = "en-GB"
    book.properties.created = account.made_at.replace(tzinfo=None)
    book.properties.description = INTERNAL if account.is_internal else ""
    summary = _SheetWriter(book, account, SUMMARY_SHEET)
    register = _SheetWriter(book, account, register_sheet(account))
    updates = _SheetWriter(book, account, UPDATES_SHEET)
    fill(account, summary, register, updates)
    for sheet in (summary, register, updates):
        sheet.end()
    book.save(path)


class _SheetWriter(Generic[Row]):
    """A sheet that is written from its first row to its last."""

    def __init__(self, book: Workbook, account: Account, plan: Sheet[Row]) -> None:
        self._account = account
        self._plan = plan
        self._rows = 1
        self._sheet: Any = book.create_sheet(plan.name)
        self._sheet.freeze_panes = f"{get_column_letter(plan.kept_in_view + 1)}2"
        lay_out_pages(self._sheet)
        self._sheet.oddHeader.left.text = heading(account).replace("&", "&&")
        self._sheet.oddHeader.right.text = INTERNAL if account.is_internal else ""
        self._sheet.oddFooter.right.text = "Page &P of &N"
        for place, column in enumerate(plan.columns, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._sheet.row_dimensions[1].height = 2 * LINE
        self._sheet.append([self._cell(column.heading, "register heading") for column in plan.columns])

    def add(self, entry: Row) -> None:
        self._rows += 1
        values = [column.value(self._account, entry) for column in self._plan.columns]
        # Forgotten once written: what is kept of each row would grow with the history.
        if (lines := self._plan.lines(values)) > 1:
            self._sheet.row_dimensions[self._rows].height = min(lines * LINE, HIGHEST)
        self._sheet.append(list(map(self._shown, self._plan.columns, values)))
        self._sheet.row_dimensions.pop(self._rows, None)

    def end(self) -> None:
        last = get_column_letter(len(self._plan.columns))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows}"
        self._sheet.print_area = f"A1:{get_column_letter(self._plan.printed)}{self._rows}"

    def _shown(self, column: Column[Row], value: Value) -> Any:
        """Return a value as a sheet holds it, which knows no zones: instants as London reads them."""
        match value:
            case None | "":
                return None
            case datetime():
                return self._cell(value.astimezone(LONDON).replace(tzinfo=None), "register moment")
            case date():
                return self._cell(value, "register day")
            case str():
                return self._cell(value, "register long text" if is_wide(column) else "register text")
            case _:
                return self._cell(value, "register number")

    def _cell(self, value: Value, style: str) -> Any:
        if isinstance(value, str):
            cell = text_cell(self._sheet, value)
        else:
            cell = WriteOnlyCell(self._sheet)
            cell.value = value
        quoted = cell.quotePrefix
        cell.style = style
        cell.quotePrefix = quoted
        return cell


def lay_out_pages(sheet: Any) -> None:
    """Have it printed as wide as a page that lies, on as many pages as it takes, each with the headings."""
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def text_cell(sheet: Any, text: str) -> Any:
    """Return a cell of a sheet that is written row by row."""
    cell: Any = WriteOnlyCell(sheet)
    put_text(cell, text)
    return cell


def put_text(cell: Any, text: str) -> None:
    """Make a cell hold these letters and nothing else that could be made of them."""
    cell.value = escaped(text)
    # Else what begins with an equals sign would be a formula.
    cell.data_type = "s"
    # What Excel's apostrophe says: these letters are meant, and are no error.
    cell.quotePrefix = is_error(text)
