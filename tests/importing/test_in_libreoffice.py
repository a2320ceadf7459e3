"""Row 68: the template as people fill it in with an office program. Where LibreOffice is not installed,
skipped."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.domain.register.imports import FilePlace, Row
from bot.domain.register.return_form import SHEET
from bot.domain.values import replace
from bot.importing import reading, template
from bot.operations.questions.return_form import return_form_by_operator
from bot.rendering.documents import return_workbook
from tests.cast import NOW, stalking_case
from tests.libreoffice import all_converted, converted, needs_libreoffice, saved

pytestmark = [needs_libreoffice, pytest.mark.prove]
# UTF-8, and each sheet a file of its own, as "Save As" offers it.
EACH_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
ENDINGS = ("xlsx", "ods", "csv")
NOWHERE = FilePlace("", "", 0)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The template as it comes, the same with its examples as rows, and Kent's return form, filled in."""
    folder = tmp_path_factory.mktemp("written")
    paths = {name: folder / name / f"{name}.xlsx" for name in ("empty", "filled", "kent")}
    for path in paths.values():
        path.parent.mkdir()
    template.write(paths["empty"])
    book = load_workbook(paths["empty"])
    for sheet in book.worksheets:
        sheet.append([None, *(cell.value for cell in sheet[2][1:])])
    book.save(paths["filled"])
    _write_form_of_kent(f"sqlite:///{folder / 'recbot.db'}", paths["kent"])
    return paths


def _write_form_of_kent(database_url: str, path: Path) -> None:
    register = stalking_case(database_url)
    return_workbook.write(return_form_by_operator(register.store, NOW, register.body("kent")), path)
    register.store.database.close()
    book = load_workbook(path)
    columns = {column: place for place, column in enumerate(return_workbook.COLUMNS, start=1)}
    for column, value in (
        ("progress", "in progress"),
        ("what_was_done", "Two start."),
        ("day", "1 March 2025"),
    ):
        book[SHEET].cell(2, columns[column]).value = value
    book.save(path)


@pytest.fixture(scope="module")
def saved_again(written: dict[str, Path], profile: Path) -> dict[tuple[str, str], Path]:
    """Each of them as LibreOffice saves it in each format; as CSV each sheet, but the form's first alone."""
    paths = {
        (name, ending): again[path]
        for ending in ("xlsx", "ods")
        for again in [all_converted(list(written.values()), ending, profile)]
        for name, path in written.items()
    }
    for name in ("empty", "filled"):
        paths[name, "csv"] = saved([written[name]], EACH_SHEET, profile)
    paths["kent", "csv"] = converted(written["kent"], "csv", profile)
    return paths


@pytest.mark.parametrize("ending", ENDINGS)
def test_saved_as_it_came_it_asks_for_a_row(saved_again: dict[tuple[str, str], Path], ending: str) -> None:
    faults = reading.read(saved_again["empty", ending]).faults
    assert [str(getattr(wrong.refusal, "text", "")) for wrong in faults] == ["It holds no row to import."]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("name", "count"), [("filled", 7), ("kent", 3)])
def test_filled_in_and_saved_it_says_the_same(
    written: dict[str, Path], saved_again: dict[tuple[str, str], Path], name: str, count: int, ending: str
) -> None:
    expected = rows(written[name])
    assert len(expected) == count
    assert rows(saved_again[name, ending]) == expected


def rows(path: Path) -> list[Row]:
    """What is said, wherever it stands."""
    return sorted((replace(row, place=NOWHERE) for row in reading.read(path).rows), key=str)
