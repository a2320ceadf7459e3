"""The account as a workbook: sheets Register, Updates and Summary, written row by row.

Text is never a formula, dates are dates, headings stay in view, and every column can be filtered."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.domain.calendar import LONDON
from bot.domain.questions.account import Account
from bot.domain.register.spreadsheets import escaped, is_error
from bot.rendering.documents.columns import REGISTER, SUMMARY, UPDATES, Column, ExportedUpdate, Of, Value
from bot.rendering.documents.sentences import INTERNAL, heading

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
# In points: of a line, and the highest that a row can be.
_LINE = 15
_HIGHEST = 409
# Columns as wide as this, in characters, hold texts.
_WIDE = 40
# What is left in view when a wide sheet is scrolled: up to the recommendation and the body.
_KEPT_IN_VIEW = {"Register": "H2", "Updates": "G2", "Summary": "E2"}


def write(account: Account, path: Path) -> None:
    book = Workbook(write_only=True)
    for style in _STYLES:
        book.add_named_style(style)
    book.properties.title = heading(account)
    book.properties.creator = "recbot"
    book.properties.language = "en-GB"
    book.properties.created = account.made_at.replace(tzinfo=None)
    book.properties.description = INTERNAL if account.is_internal else ""
    register = _Sheet(book, account, "Register", REGISTER)
    updates = _Sheet(book, account, "Updates", UPDATES)
    summary = _Sheet(book, account, "Summary", SUMMARY)
    for chapter in account.chapters:
        summary.add(chapter)
        for entry in chapter.entries:
            register.add(entry)
            for update in entry.updates:
                updates.add(ExportedUpdate(entry, update))
    for sheet in (register, updates, summary):
        sheet.end()
    book.save(path)


class _Sheet(Generic[Of]):
    """A sheet that is written from its first row to its last."""

    def __init__(self, book: Workbook, account: Account, name: str, columns: tuple[Column[Of], ...]) -> None:
        self._account = account
        self._columns = columns
        self._rows = 1
        self._sheet: Any = book.create_sheet(name)
        self._sheet.freeze_panes = _KEPT_IN_VIEW[name]
        self._sheet.print_title_rows = "1:1"
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
        self._sheet.oddHeader.left.text = heading(account).replace("&", "&&")
        self._sheet.oddHeader.right.text = INTERNAL if account.is_internal else ""
        self._sheet.oddFooter.right.text = "Page &P of &N"
        for place, column in enumerate(columns, start=1):
            self._sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._sheet.row_dimensions[1].height = 2 * _LINE
        self._sheet.append([self._cell(column.heading, "register heading") for column in columns])

    def add(self, of: Of) -> None:
        self._rows += 1
        values = [column.value(self._account, of) for column in self._columns]
        # Forgotten once written: what is kept of each row would grow with the history.
        if (lines := self._lines(values)) > 1:
            self._sheet.row_dimensions[self._rows].height = min(lines * _LINE, _HIGHEST)
        self._sheet.append(list(map(self._shown, self._columns, values)))
        self._sheet.row_dimensions.pop(self._rows, None)

    def end(self) -> None:
        self._sheet.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._rows}"

    def _lines(self, values: Iterable[Value]) -> int:
        """How many lines the longest of the texts needs, as nearly as can be told without a font."""
        texts = [
            sum(1 + len(line) // column.width for line in value.split("\n"))
            for column, value in zip(self._columns, values, strict=True)
            if isinstance(value, str) and column.width >= _WIDE
        ]
        return max(texts, default=1)

    def _shown(self, column: Column[Of], value: Value) -> Any:
        """As a sheet holds it, which knows no zones: instants as London reads them."""
        match value:
            case None | "":
                return None
            case datetime():
                return self._cell(value.astimezone(LONDON).replace(tzinfo=None), "register moment")
            case date():
                return self._cell(value, "register day")
            case str():
                wide = column.width >= _WIDE
                return self._cell(value, "register long text" if wide else "register text")
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


def text_cell(sheet: Any, text: str) -> Any:
    """A cell that holds these letters and nothing else that could be made of them."""
    cell: Any = WriteOnlyCell(sheet)
    cell.value = escaped(text)
    # Else what begins with an equals sign would be a formula.
    cell.data_type = "s"
    # What Excel's apostrophe says: these letters are meant, and are no error.
    cell.quotePrefix = is_error(text)
    return cell
