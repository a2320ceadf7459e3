"""The template as people fill it in with an office program. Where LibreOffice is not installed, skipped."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.domain.register.imports import FilePlace, Row
from bot.domain.register.return_form import SHEET
from bot.importing import reading, template
from bot.operations.questions.return_form import return_form_by_operator
from bot.rendering.documents import return_workbook
from tests.cast import NOW, stalking_case
from tests.libreoffice import converted, needs_libreoffice, profile, saved

__all__ = ["profile"]

pytestmark = needs_libreoffice
# UTF-8, and each sheet a file of its own, as "Save As" offers it.
EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
NOWHERE = FilePlace("", "", 0)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "template.xlsx"
    template.write(path)
    return path


@pytest.fixture
def filled(empty: Path) -> Path:
    """With the examples as rows."""
    book = load_workbook(empty)
    for sheet in book.worksheets:
        sheet.append([None, *(cell.value for cell in sheet[2][1:])])
    book.save(empty)
    return empty


def test_saved_as_it_came_it_asks_for_a_row(empty: Path, profile: Path) -> None:
    workbooks = (converted(empty, ending, profile) for ending in ("xlsx", "ods"))
    for path in (*workbooks, saved(empty, EACH_SHEET, profile)):
        assert [str(getattr(wrong.refusal, "text", "")) for wrong in reading.read(path).faults] == [
            "It holds no row to import."
        ]


def test_filled_in_and_saved_it_says_the_same(filled: Path, profile: Path) -> None:
    expected = rows(filled)
    assert len(expected) == 7
    assert rows(converted(filled, "xlsx", profile)) == expected
    assert rows(converted(filled, "ods", profile)) == expected
    assert rows(saved(filled, EACH_SHEET, profile)) == expected


@pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
def test_a_return_form_saved_again_says_the_same(
    sqlite_url: str, tmp_path: Path, profile: Path, ending: str
) -> None:
    register = stalking_case(sqlite_url)
    path = tmp_path / "kent.xlsx"
    return_workbook.write(return_form_by_operator(register.store, NOW, register.body("kent")), path)
    book = load_workbook(path)
    columns = {column: place for place, column in enumerate(return_workbook.COLUMNS, start=1)}
    for column, value in (
        ("progress", "in progress"),
        ("what_was_done", "Two start."),
        ("day", "1 March 2025"),
    ):
        book[SHEET].cell(2, columns[column]).value = value
    book.save(path)
    written = rows(path)
    assert len(written) == 3
    assert rows(converted(path, ending, profile)) == written


def rows(path: Path) -> list[Row]:
    """What is said, wherever it stands."""
    return sorted((replace(row, place=NOWHERE) for row in reading.read(path).rows), key=str)
