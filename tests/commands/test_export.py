"""`recbot export`: the account for whoever runs recbot."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import export
from tests.accounts import SECRET, lively
from tests.cast import NOW, Register, stalking_case


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = lively(stalking_case(sqlite_url))
    yield made
    made.store.database.close()


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def run(register: Register, *arguments: str) -> int:
    parser = argparse.ArgumentParser()
    export.add_arguments(parser)
    return export.run(parser.parse_args(arguments), register.store, NOW)


def test_it_writes_a_file_and_says_which(register: Register, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(register) == 0
    assert capsys.readouterr().out == "Wrote account-2025-03-10.docx.\n"
    assert [path.name for path in Path().iterdir()] == ["account-2025-03-10.docx"]


def test_what_when_in_which_form_and_where_can_be_said(register: Register) -> None:
    then = ("15", "kent", "--format", "json", "--as-at", "22 Nov 2024", "--out", "then.json")
    assert run(register, *then) == 0
    (row,) = json.loads(Path("then.json").read_text(encoding="utf-8"))["addressees"]
    assert (row["response"], row["progress"], row["as_at"]) == ("accepted", "not started", "2024-11-22")
    assert run(register, "kent", "--internal", "--format", "json", "--out", "kent.json") == 0
    assert SECRET in Path("kent.json").read_text(encoding="utf-8")


def test_what_cannot_be_told_is_said_and_nothing_is_written(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(register, "99") == 1
    assert capsys.readouterr().err.startswith("There is no live recommendation 99")
    assert run(register, "--out", "nowhere/account.docx") == 1
    assert capsys.readouterr().err == "nowhere/account.docx cannot be written: No such file or directory.\n"
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize("arguments", [[], ["--out", "account-2025-03-10.docx"]], ids=["by itself", "--out"])
def test_nothing_is_written_over_what_is_there(
    register: Register, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path("account-2025-03-10.docx")
    file.write_text("what went to the minister")
    assert run(register, *arguments) == 1
    assert capsys.readouterr().err == f"{file} exists already. Name a new file with --out.\n"
    assert file.read_text() == "what went to the minister"
    assert list(Path().iterdir()) == [file]


def test_a_format_that_is_none_is_told_with_those_there_are(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(register, "--format", "pdf")
    assert (
        "--format: invalid choice: 'pdf' (choose from docx, xlsx, ods, csv, json)" in capsys.readouterr().err
    )


def test_the_letter_that_answers_a_report_is_written_and_what_it_lacks_is_said(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(register, "--letter", "stalking", "--as-at", "22 Nov 2024") == 0
    assert run(register, "--letter", "--out", "today.docx") == 0
    output = capsys.readouterr()
    assert output.out == "Wrote letter-stalking-2024-11-22.docx.\nWrote today.docx.\n"
    assert (
        "Its addressees, opening, closing, signatory and signatory's office are not written yet."
        in output.err
    )
    assert (
        "2 answers short of acceptance have no reason that may be published: Essex 15, Surrey 15."
        in output.err
    )
    assert SECRET not in output.err


def test_a_letter_is_a_word_file_for_publication_about_a_report(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (("--internal",), ("--format", "csv")):
        assert run(register, "--letter", *arguments) == 1
        assert capsys.readouterr().err.startswith("A letter is a Word file for publication")
    assert run(register, "--letter", "frame") == 1
    assert capsys.readouterr().err.startswith("Name the report that the letter answers")
    assert run(register, "--letter", "fraud") == 1
    assert capsys.readouterr().err == "Say which report the letter answers.\n"
    assert list(Path().iterdir()) == []
