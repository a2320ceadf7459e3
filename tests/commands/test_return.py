"""Return forms: written as workbooks, filled in without Slack, and read as `recbot import` reads any file."""

import argparse
import csv
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.commands import import_, return_
from bot.domain.register.addressee import Addressee, Answer, Stage
from bot.domain.register.return_form import EXPLAINED, SHEET
from bot.importing.tables import RETURN
from bot.rendering.documents.return_workbook import COLUMNS
from storage import addressees
from storage.chain import head
from tests.cast import CORA, NOW, Register, stalking_case
from tests.storage.audit import audit

Fill = Mapping[str, str | None]
KIM = {"Filled in by": "Kim Park, policy officer"}
BEGUN = {"Progress": "in progress", "What was done": "Two advocates start in April.", **KIM}


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = stalking_case(sqlite_url)
    yield made
    made.store.database.close()


def make(register: Register, *arguments: object) -> int:
    parser = argparse.ArgumentParser()
    return_.add_arguments(parser)
    return return_.run(parser.parse_args(list(map(str, arguments))), register.store, NOW)


def read(register: Register, path: Path, *, days_later: int = 2) -> int:
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    later = NOW + timedelta(days=days_later)
    return import_.run(parser.parse_args([str(path)]), lambda: register.store, later)


def form_of(register: Register, tmp_path: Path, body: str = "kent") -> Path:
    path = tmp_path / f"{body}.xlsx"
    assert make(register, body, "--out", path) == 0
    return path


def fill(path: Path, number: str, cells: Fill) -> None:
    """Fill in the row of a recommendation, as somebody would in a spreadsheet."""
    book = load_workbook(path)
    sheet = book[SHEET]
    columns = {cell.value: place for place, cell in enumerate(sheet[1], start=1)}
    (row,) = (
        row
        for row in range(2, sheet.max_row + 1)
        if sheet.cell(row, columns["Recommendation"]).value == number
    )
    for heading, value in cells.items():
        sheet.cell(row, columns[heading]).value = value
    book.save(path)


def stands(register: Register, number: str = "15", body: str = "kent") -> Addressee:
    with register.store.reading() as connection:
        addressee = addressees.get(connection, f"stalking-{number}", register.body(body).code)
    assert addressee is not None
    return addressee


def seq(register: Register) -> int:
    with register.store.reading() as connection:
        return head(connection)[0]


def latest(register: Register) -> Any:
    return audit(str(register.store.database.url))[-1]


def test_a_form_shows_what_its_body_has_open_and_nothing_of_another(
    register: Register, tmp_path: Path
) -> None:
    book = load_workbook(form_of(register, tmp_path))
    assert book.sheetnames == [SHEET, EXPLAINED]
    rows = list(book[SHEET].iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["15", "16", "25"]
    assert {row[3] for row in rows[1:]} == {"Kent"}
    assert rows[1][6] == "accepted; not started"
    words = " ".join(str(cell) for row in rows for cell in row)
    assert [name for name in ("Surrey", register.body("surrey").code) if name in words] == []


def test_only_the_cells_to_fill_in_can_be_changed_and_some_offer_a_choice(
    register: Register, tmp_path: Path
) -> None:
    sheet = load_workbook(form_of(register, tmp_path))[SHEET]
    assert sheet.protection.sheet
    locked = [column for column, cell in zip(COLUMNS, sheet[2], strict=True) if cell.protection.locked]
    assert locked == ["code", "report", "recommendation", "body", "what_it_asks", "due_on", "stands_now"]
    offered = {
        COLUMNS[next(iter(v.sqref.ranges)).min_col - 1]: v.formula1
        for v in sheet.data_validations.dataValidation
    }
    assert offered["answer"] == '"accepted,accepted in part,not accepted"'
    assert offered["progress"] == '"not started,in progress,blocked,complete"'
    assert set(offered) == {
        "answer",
        "progress",
        "may_be_published",
        "no_victim_identified",
        "even_if_changed",
    }


def test_a_forms_columns_are_those_that_are_read() -> None:
    assert tuple(RETURN.columns) == COLUMNS


def test_what_is_filled_in_is_recorded_for_the_body_with_who_filled_it_in(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = form_of(register, tmp_path)
    fill(path, "15", {**BEGUN, "Evidence": "https://www.example.org/plan", "Decided by": "the Commissioner"})
    assert read(register, path) == 0
    assert "1 change recorded" in capsys.readouterr().out
    assert stands(register).stage is Stage.IN_PROGRESS
    assert stands(register, "16").stage is Stage.NOT_STARTED
    update = latest(register)
    assert update["source"] == "return form, filled in by Kim Park, policy officer"
    assert (update["text"], update["decided_by"]) == ("Two advocates start in April.", "the Commissioner")


def test_an_answer_a_progress_and_a_note_can_come_in_one_form(register: Register, tmp_path: Path) -> None:
    path = form_of(register, tmp_path)
    fill(
        path,
        "15",
        {"Answer": "accepted in part", "Reason": "No money for (b).", "Day": "11 March 2025", **BEGUN},
    )
    fill(path, "16", {"What was done": "We met the provider.", **KIM})
    before = seq(register)
    assert read(register, path) == 0
    assert seq(register) == before + 3
    assert (stands(register).answer, stands(register).stage) == (Answer.ACCEPTED_IN_PART, Stage.IN_PROGRESS)
    assert latest(register)["kind"] == "note"


def test_a_form_that_comes_twice_is_recorded_once(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = form_of(register, tmp_path)
    fill(path, "15", BEGUN)
    fill(path, "16", {"What was done": "We met the provider.", **KIM})
    assert read(register, path) == 0
    before = seq(register)
    # Saved again, so that it is another file, on another day.
    fill(path, "15", KIM)
    assert read(register, path, days_later=5) == 0
    assert seq(register) == before
    fill(path, "15", {"What was done": "Three advocates start in April."})
    assert read(register, path, days_later=5) == 1
    assert seq(register) == before
    assert "says something else now" in capsys.readouterr().err


def test_what_changed_since_the_form_was_made_is_asked(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = form_of(register, tmp_path)
    register.says(CORA, "progress 15 kent blocked: no money")
    fill(path, "15", BEGUN)
    before = seq(register)
    assert read(register, path) == 1
    assert (
        "The register has changed since this form was made: it is accepted and blocked now."
        in capsys.readouterr().err
    )
    assert seq(register) == before
    fill(path, "15", {"Even if changed": "yes"})
    assert read(register, path) == 0
    assert stands(register).stage is Stage.IN_PROGRESS


@pytest.mark.parametrize(
    ("change", "column", "why"),
    [
        ({"Recommendation": "16"}, "code", "did not give this code"),
        ({"Code": "E23000032-1-0123456789ab"}, "code", "did not give this code"),
        ({"Code": "nonsense"}, "code", "did not give this code"),
        ({"Filled in by": None}, "filled_in_by", "Say who fills in this row"),
        ({"Reason": "no money"}, "answer", "Choose the answer"),
        ({"Answer": "not accepted"}, "reason", "Give the reason"),
        ({"Progress": "blocked", "What was done": None}, "what_was_done", "Say on what"),
        ({"Progress": "nearly"}, "progress", "Write one of"),
        ({"Day": "11 March"}, "day", "with its year"),
        ({"Day": "2030-01-01"}, "day", "has not come"),
        ({"Evidence": "on our website"}, "evidence", "link"),
        (
            {"Progress": None, "What was done": None, "Evidence": "https://example.org"},
            "what_was_done",
            "Say what",
        ),
        ({"Parts addressed": "z"}, "parts_addressed", "no part z"),
        ({"What was done": "Victim Anna North was moved."}, "what_was_done", ""),
    ],
)
def test_what_keeps_a_row_from_being_recorded_is_told_with_its_cell(
    register: Register,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: Fill,
    column: str,
    why: str,
) -> None:
    path = form_of(register, tmp_path)
    fill(path, "15", {**BEGUN, **change})
    before = seq(register)
    assert read(register, path) == 1
    output = capsys.readouterr().err
    assert [words for words in ("return, row ", column, why) if words not in output] == []
    assert seq(register) == before


def test_a_row_of_another_bodys_form_counts_for_that_body_alone(register: Register, tmp_path: Path) -> None:
    path, others = form_of(register, tmp_path), form_of(register, tmp_path, "surrey")
    code = str(load_workbook(others)[SHEET].cell(2, 1).value)
    fill(path, "15", {**BEGUN, "Code": code})
    assert read(register, path) == 1
    assert {stands(register, body=body).stage for body in ("surrey", "kent")} == {Stage.NOT_STARTED}


def test_the_sheet_saved_as_csv_is_read_too(register: Register, tmp_path: Path) -> None:
    path = form_of(register, tmp_path)
    fill(path, "15", BEGUN)
    saved = tmp_path / "what they sent.csv"
    with saved.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(load_workbook(path)[SHEET].iter_rows(values_only=True))
    assert read(register, saved) == 0
    assert stands(register).stage is Stage.IN_PROGRESS


def test_a_form_of_which_nothing_is_filled_in_changes_nothing(register: Register, tmp_path: Path) -> None:
    before = seq(register)
    assert read(register, form_of(register, tmp_path)) == 0
    assert seq(register) == before


def test_a_form_for_each_body_that_has_something_open(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "forms"
    assert make(register, "--all", folder) == 0
    assert "Wrote 43 forms" in capsys.readouterr().out
    assert len(list(folder.glob("return-*.xlsx"))) == 43
    assert make(register, "--all", folder) == 1
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "why"),
    [((), "Name one body"), (("kant",), "Did you mean Kent?"), (("kent", "--all", "x"), "Name one body")],
)
def test_what_is_no_body_makes_no_form(
    register: Register, arguments: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(register, *arguments) == 1
    assert why in capsys.readouterr().err
