"""A body's return form as a workbook: what recbot wrote is locked, what is to be filled in is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.imports import ReturnRow, columns_of
from bot.domain.register.return_form import EXPLAINED, SHEET, ReturnForm, ReturnItem
from bot.rendering import terms, wordings, words
from bot.rendering.documents.workbook import HIGHEST, LINE
from bot.rendering.documents.xlsx import lay_out_pages, put_text

COLUMNS = columns_of(ReturnRow)
# Beyond these, in characters, a column is as wide as its kind needs.
_WIDTHS = {
    "what_it_asks": 60,
    "reason": 40,
    "what_was_done": 50,
    "evidence": 30,
    "filled_in_by": 26,
    "code": 30,
}
_WIDTH = 16
_YES_OR_NO = ("yes", "no")
_CHOICES: dict[str, tuple[str, ...]] = {
    "answer": tuple(answer.value for answer in Answer if answer.is_given),
    "progress": tuple(stage.value for stage in Stage if stage.facts.is_bodys_word),
    "may_be_published": _YES_OR_NO,
    "no_victim_identified": _YES_OR_NO,
    "even_if_changed": _YES_OR_NO,
}
_TOP = Alignment(vertical="top", wrap_text=True)
_TO_FILL = PatternFill("solid", fgColor="FFF8DC")
_HEADING = PatternFill("solid", fgColor="D9E2EC")


def name_of(form: ReturnForm) -> str:
    return f"return-{form.slug}-{form.day.isoformat()}.xlsx"


def write(form: ReturnForm, path: Path) -> None:
    """Write the workbook. Raises OSError."""
    book = Workbook()
    book.properties.title = f"Return form of {form.body_name}, {words.day(form.day)}"
    book.properties.creator = "recbot"
    sheet: Any = book.active
    sheet.title = SHEET
    _lay_out(sheet)
    for number, item in enumerate(form.items, start=2):
        _fill(sheet, number, item)
    for column, choices in _CHOICES.items():
        _offer(sheet, column, choices, len(form.items) + 1)
    _explain(book.create_sheet(EXPLAINED), form)
    book.save(path)


def _lay_out(sheet: Any) -> None:
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row=1, column=place, value=column.replace("_", " ").capitalize())
        cell.font, cell.fill, cell.alignment = Font(bold=True), _HEADING, _TOP
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column, _WIDTH)
    sheet.freeze_panes = "A2"
    lay_out_pages(sheet)
    # Without a password: it keeps hands off by mistake alone, and the codes are what is checked.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def _fill(sheet: Any, number: int, item: ReturnItem) -> None:
    written = dict(_written(item))
    for place, column in enumerate(COLUMNS, start=1):
        cell = sheet.cell(row=number, column=place)
        cell.alignment = _TOP
        if column in written:
            _put(cell, written[column])
        else:
            cell.protection, cell.fill, cell.number_format = Protection(locked=False), _TO_FILL, "@"
    wording = written["what_it_asks"]
    lines = sum(1 + len(line) // _WIDTHS["what_it_asks"] for line in wording.split("\n"))
    sheet.row_dimensions[number].height = min(max(lines, 2) * LINE, HIGHEST)


def _written(item: ReturnItem) -> Iterator[tuple[str, str]]:
    recommendation = item.recommendation
    parts = (f"({part.label}) {part.text}" for part in recommendation.parts)
    yield "code", item.code
    yield "report", recommendation.report.key
    yield "recommendation", recommendation.number
    yield "body", item.addressee.body_name
    yield "what_it_asks", "\n".join((wordings.in_full(recommendation), *parts))
    yield "due_on", words.day(item.addressee.due_on) if item.addressee.due_on else "no date"
    yield "stands_now", _stands(item.addressee)


def _stands(addressee: Addressee) -> str:
    return f"{terms.answer_in_short(addressee.answer)}; {terms.stage_in_short(addressee.stage)}"


def _put(cell: Cell, text: str) -> None:
    put_text(cell, text)
    cell.number_format = "@"


def _offer(sheet: Any, column: str, choices: tuple[str, ...], last_row: int) -> None:
    letter = get_column_letter(COLUMNS.index(column) + 1)
    validation = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    validation.error = f"Choose {words.either(list(choices))}."
    validation.showErrorMessage = True
    validation.add(f"{letter}2:{letter}{last_row}")
    sheet.add_data_validation(validation)


def _explain(sheet: Any, form: ReturnForm) -> None:
    lines = (
        f"What {form.body_name} has open on {words.day(form.day)}: "
        f"{words.count(len(form.items), 'recommendation')}.",
        "On the sheet “Return”, fill in the yellow cells of each row that you have news of.",
        "Answer: whether you accept the recommendation. Anything short of acceptance needs its reason.",
        "Progress: choose how far you are. What was done: a sentence or two, or on what it waits.",
        "Day: from when it stands, with the year. If it is empty, the day on which the form is read counts.",
        "Part states: how far you are with each part, as in “a: complete; b: in progress”.",
        "Expected to be done on: the day on which you expect to be done, with the year.",
        "Decided by: who decided, and as what, such as “the Commissioner”.",
        "May be published: yes where the published account may quote your words.",
        "Filled in by: your name, and as what. Each row that says something needs it.",
        "Texts must not identify a victim. If recbot asks about a text and you are sure, write "
        "yes under “No victim identified”.",
        "Even if changed: leave it empty, unless recbot asks.",
        "Save the file as XLSX or ODS, or the sheet “Return” as CSV, and send it to the coordinators.",
    )
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate(lines, start=1):
        cell = sheet.cell(row=number, column=1)
        _put(cell, line)
        cell.alignment, cell.font = _TOP, Font(bold=number == 1)
    sheet.protection.sheet = True
