"""The template as people fill it in with an office program. Where LibreOffice is not installed, skipped."""

from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.domain.register.imports import FilePlace, FileRefused, Row
from bot.importing import reading, template
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
    for path in (converted(empty, "xlsx", profile), saved(empty, EACH_SHEET, profile)):
        with pytest.raises(FileRefused) as refusal:
            reading.read(path)
        assert [str(getattr(wrong.refusal, "text", "")) for wrong in refusal.value.faults] == [
            "It holds no row to import."
        ]


def test_filled_in_and_saved_it_says_the_same(filled: Path, profile: Path) -> None:
    said = rows(filled)
    assert len(said) == 6
    assert rows(converted(filled, "xlsx", profile)) == said
    assert rows(saved(filled, EACH_SHEET, profile)) == said


def rows(path: Path) -> list[Row]:
    """What is said, wherever it stands."""
    return sorted((replace(row, place=NOWHERE) for row in reading.read(path).rows), key=str)
