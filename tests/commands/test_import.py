"""`recbot import`: files of whoever runs recbot, and accounts that come back."""

import argparse
import csv
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.commands import import_
from bot.operations.recording.check import check
from storage import bodies
from storage.appending import Chain
from storage.chain import head
from tests.accounts import lively, made
from tests.cast import ALICE, CORA, NOW, Register, occasion, stalking_case
from tests.importing.command import run_import
from tests.storage.audit import audit

THERE = "The register holds all of it already: 129 rows, no change."
BUSY = "DATABASE_URL: the database does not answer"


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = lively(stalking_case(sqlite_url))
    yield made
    made.store.database.close()


def run(register: Register, *arguments: object, instant: datetime = NOW) -> int:
    parser = argparse.ArgumentParser()
    import_.add_arguments(parser)
    return import_.run(
        parser.parse_args([str(argument) for argument in arguments]), lambda: register.store, instant
    )


def seq(register: Register) -> int:
    with register.store.reading() as connection:
        return head(connection)[0]


@pytest.mark.parametrize("format", ["json", "xlsx", "csv"])
@pytest.mark.parametrize("form", ["", " internal", " as at 22 Nov 2024"])
def test_an_account_that_comes_back_changes_nothing(
    register: Register, tmp_path: Path, format: str, form: str
) -> None:
    register.says(ALICE, "complete 25: all is done")
    check(register.store, occasion(CORA), register.read("check 25 kent"))  # type: ignore[arg-type]
    account = made(register, f"export {format}{form}", tmp_path)
    later = NOW + timedelta(days=1)
    register.says(ALICE, "complete 15: that too", later)
    before = seq(register)
    assert run(register, account, instant=later) == 0
    assert seq(register) == before


def test_what_would_change_is_said_and_then_what_changed(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "register.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["report", "recommendation", "body", "progress", "progress_on", "progress_text"])
        table.writerow(["stalking", "16", "Gwent", "in progress", "3 March 2025", "It begins."])
    assert run(register, file, "--dry-run") == 0
    text = "register.csv, register, row 2: Gwent, stalking 16: in progress, from 3 Mar 2025\n"
    assert capsys.readouterr().out == (
        text + "Dry run: 1 change would be recorded from 1 row. Nothing was changed.\n"
    )
    assert run(register, file) == 0
    assert capsys.readouterr().out == text + "Imported: 1 change recorded from 1 row.\n"
    assert run(register, file) == 0
    assert capsys.readouterr().out == "The register holds all of it already: 1 row, no change.\n"


def test_a_refusal_says_where_and_what_to_do(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "notes.csv"
    file.write_text(
        "report,recommendation,body,stands_from,text\n"
        "stalking,15,Kant,2025-03-03,We met.\n"
        "stalking,15,Kent,2025-03-03,Ring 07700 900123.\n",
        encoding="utf-8",
    )
    assert run(register, file) == 1
    first, second, last = capsys.readouterr().err.splitlines()
    assert first == "notes.csv, notes, row 2, body: There is no body “Kant”. Did you mean Kent?"
    assert second.startswith(
        "notes.csv, notes, row 3, text: This looks as if it held personal data: phone number."
    )
    assert "900123" not in second
    assert last == "Nothing was changed: 2 things are to be put right first."
    assert run(register, tmp_path / "nothing.csv") == 1


def test_a_template_is_written_and_never_over_something(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(register, "--template", tmp_path / "t.xlsx") == 0
    assert run(register, "--template", tmp_path / "t.xlsx") == 1
    assert "is there already" in capsys.readouterr().err


def test_of_two_that_import_one_file_at_once_one_does_and_the_other_says_that_it_is_there(
    database_url: str, tmp_path: Path
) -> None:
    register = stalking_case(database_url)
    before = seq(register)
    file = tmp_path / "notes.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["report", "recommendation", "body", "stands_from", "text"])
        for name in short_names(register):
            table.writerows(["stalking", number, name, "2025-03-03", "We met."] for number in (15, 16, 25))
    # Until both are at the door.
    with ThreadPoolExecutor(2) as pool:
        with register.store.begin() as connection:
            Chain(connection)
            both = [pool.submit(run_import, file, database_url) for _ in range(2)]
            time.sleep(3)
        register.store.database.close()
        ended = [process.result() for process in both]
    first, other = sorted(
        (process.stdout.splitlines() or process.stderr.splitlines())[-1] for process in ended
    )
    assert first == "Imported: 129 changes recorded from 129 rows."
    assert other.startswith((THERE, BUSY))
    rows = audit(database_url)
    assert [row["kind"] for row in rows[before:]] == ["note"] * 129
    assert run_import(file, database_url).stdout.splitlines()[-1] == THERE
    assert len(audit(database_url)) == before + 129


def short_names(register: Register) -> list[str]:
    with register.store.reading() as connection:
        return [body.short_name for body in bodies.everyone(connection)]
