"""The workbook: dates are dates, text is never a formula, and its numbers are the register's."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from bot.domain.register.people import PersonKey
from bot.rendering.documents.columns import REGISTER
from storage import tallies
from tests.accounts import QUOTED, SECRET, made
from tests.cast import CORA, NOW, VIC, Register


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a sheet by heading."""
    rows = load_workbook(path)[name].iter_rows(values_only=True)
    headings = [str(heading) for heading in next(rows)]
    return [dict(zip(headings, row, strict=True)) for row in rows]


def words_in(path: Path) -> str:
    book = load_workbook(path)
    return " ".join(
        str(value) for worksheet in book for row in worksheet.iter_rows(values_only=True) for value in row
    )


def test_the_three_sheets_have_headings_that_stay_and_can_be_filtered(
    register: Register, tmp_path: Path
) -> None:
    book = load_workbook(made(register, "export xlsx", tmp_path))
    assert book.sheetnames == ["Summary", "Register", "Updates"]
    assert [worksheet.freeze_panes for worksheet in book] == ["C2", "D2", "D2"]
    first = [[cell.value for cell in worksheet[1]][:3] for worksheet in book]
    assert first[0][:2] == ["Report", "Recommendation"]
    assert first[1:] == [["Report", "Recommendation", "Body"]] * 2
    for worksheet in book:
        assert worksheet.sheet_properties.pageSetUpPr is not None
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (1, 0)
    last = get_column_letter(len(REGISTER))
    assert book["Register"].auto_filter.ref == f"A1:{last}{43 * 3 + 1}"
    assert book["Register"].print_title_rows == "$1:$1"
    assert book.properties.title == "All live recommendations: the account as at 10 March 2025"
    assert book.properties.language == "en-GB"


def test_the_summary_and_the_rows_are_counted_as_the_register_counts(
    register: Register, tmp_path: Path
) -> None:
    path = made(register, "export xlsx", tmp_path)
    with register.store.reading() as connection:
        own = tallies.of(connection, ["stalking-15", "stalking-16", "stalking-25"])
    rows, summary = sheet(path, "Register"), sheet(path, "Summary")
    assert [row["Recommendation"] for row in summary] == ["15", "16", "25", "27"]
    for counted in summary[:3]:
        tally = own[f"stalking-{counted['Recommendation']}"]
        of_it = [row for row in rows if row["Recommendation"] == counted["Recommendation"]]
        answers = Counter(row["Response"] for row in of_it)
        stages = Counter(row["Progress"] for row in of_it)
        assert counted["Addressed"] == tally.addressed == len(of_it) == 43
        for answer, bodies in tally.answers.items():
            assert counted[answer.value.capitalize()] == answers[answer.value] == bodies
        for stage, bodies in tally.stages.items():
            assert counted[stage.value.capitalize()] == stages[stage.value] == bodies
    assert (summary[3]["Answers in"], summary[3]["Answers expected"]) == (129, 129)


def test_dates_are_dates_and_moments_are_londons(register: Register, tmp_path: Path) -> None:
    path = made(register, "export kent xlsx", tmp_path)
    row = sheet(path, "Register")[0]
    assert row["Due on"] == datetime(2025, 3, 27)
    due_on = [cell.value for cell in load_workbook(path)["Register"][1]].index("Due on")
    assert isinstance(load_workbook(path)["Register"][2][due_on].value, datetime)
    update = sheet(path, "Updates")[1]
    assert update["Recorded at"] == NOW.replace(tzinfo=None)
    assert update["Stands from"].date() == date(2025, 3, 10)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("typed", "who", "internal"),
    [("export xlsx", CORA, False), ("export xlsx", VIC, False), ("export xlsx internal", CORA, True)],
)
def test_every_row_and_page_says_when_it_is_internal(
    register: Register, tmp_path: Path, typed: str, who: PersonKey, internal: bool
) -> None:
    path = made(register, typed, tmp_path, who)
    text = words_in(path)
    marked = "Internal: not for publication"
    assert (SECRET in text, "Alice Ames" in text) == (internal, internal)
    assert QUOTED in text
    for worksheet in load_workbook(path):
        forms = {row["Form"] for row in sheet(path, worksheet.title)}
        assert forms == ({marked} if internal else {"published"})
        assert worksheet.oddHeader is not None
        assert worksheet.oddHeader.right.text == (marked if internal else None)


@pytest.mark.thorough
def test_a_text_of_3000_characters_and_one_from_the_right_are_whole(
    register: Register, tmp_path: Path
) -> None:
    long = "A text. " * 374 + "the end."
    register.says(CORA, f"note 25 kent: {long}")
    whole_text = words_in(made(register, "export xlsx internal", tmp_path))
    assert long in whole_text
    assert "مرحبا بالعالم" in whole_text


def test_an_empty_register_is_headings_alone(empty: Register, tmp_path: Path) -> None:
    path = made(empty, "export xlsx", tmp_path)
    assert [len(sheet(path, name)) for name in ("Register", "Updates", "Summary")] == [0, 0, 0]
