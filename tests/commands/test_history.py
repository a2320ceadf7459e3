"""What the commands about the history print, and their exit codes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands import history as commands
from storage.database import FOR_WORK, Database
from tests.cast import ALICE, NOW, Register, accountable_case
from tests.databases import with_client_programs
from tests.storage.audit import unbroken
from tests.storage.tampering import put, unguarded

__all__ = ["with_client_programs"]


@pytest.fixture
def register(sqlite_url: str) -> Iterator[Register]:
    made = accountable_case(sqlite_url)
    made.says(ALICE, "note 15: we met Mrs Q.")
    yield made
    made.store.database.close()


def test_a_history_that_holds_is_told_with_its_head(
    register: Register, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    last = unbroken(sqlite_url)[-1]
    assert commands.verify_history(register.store.database, [f"138, {last['hash'][:16]}"]) == 0
    assert capsys.readouterr().out == (
        f"The history holds: 138 updates, the last with the hash {last['hash']}.\n"
    )


def test_the_first_broken_place_is_told_and_fails(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    with unguarded(Path(register.store.database.url.database or "")) as connection:
        put(connection, 138, text="we met Mrs X.")
        put(connection, 7, source="another letter")
    assert commands.verify_history(register.store.database) == 1
    assert capsys.readouterr().err == ("The history does not hold: update 7 is not as it was recorded.\n")


@pytest.mark.parametrize(
    "anchor",
    [
        "138",
        "140,xyz",
        "one two",
        "138,0000,0000",
        "138,0",
        "138,0000000",
        "138," + "0" * 65,
        "0,00000000",
        "-1,00000000",
    ],
)
def test_an_anchor_that_is_none_is_told(
    register: Register, anchor: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.verify_history(register.store.database, [anchor]) == 1
    assert capsys.readouterr().err.startswith("--anchor: give the number and at least 8 digits of the hash")


def test_all_anchors_have_to_hold_also_two_for_one_update(
    register: Register, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    true = f"138,{unbroken(sqlite_url)[-1]['hash'][:8]}"
    for anchors in ([true, f"138,{'0' * 8}"], [f"138,{'0' * 8}", true]):
        assert commands.verify_history(register.store.database, anchors) == 1
        assert "not the one whose hash was given" in capsys.readouterr().err
    assert commands.verify_history(register.store.database, [true, true.upper()]) == 0


def test_an_anchor_beyond_the_end_tells_where_the_history_ends(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.verify_history(register.store.database, [f"141,{'0' * 8}"]) == 1
    assert capsys.readouterr().err == (
        "The history does not hold: there is no update 141, the history ends with 138: its end was cut off,"
        " or an older copy was restored.\n"
    )


def test_what_is_shown_and_was_never_recorded_is_told_by_name(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with register.store.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE addressees SET stage = 'complete' WHERE recommendation_id = 'stalking-15'"
            " AND body_code = 'E23000032'"
        )
    text = "addressee stalking 15, Kent: stage is complete, the history says not started.\n"
    assert commands.verify_history(register.store.database) == 1
    assert capsys.readouterr().err == f"What is shown is not what the history says: {text}"
    assert commands.backup(register.store.database, tmp_path / "saved") == 1
    assert capsys.readouterr().err.endswith(text)
    assert commands.restore(register.store.database, tmp_path / "saved", NOW) == 1
    assert text.rstrip() in capsys.readouterr().err


def test_words_are_erased_on_a_lawful_ground_only(
    register: Register, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.redact(register.store.database, 138, "because", NOW) == 1
    assert "UK GDPR article 17" in capsys.readouterr().err
    assert commands.redact(register.store.database, 138, "section 47", NOW) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The words of update 138 are erased (DPA 2018 section 47).",
        "The database's files hold nothing of what was erased. Backups made before still may.",
    ]
    for seq in (138, 999):
        assert commands.redact(register.store.database, seq, "section 47", NOW) == 1
        assert capsys.readouterr().err == (
            f"There is no update {seq}, or it has no words that can be erased.\n"
        )
    assert commands.redact(register.store.database, None, "", NOW) == 0
    assert commands.verify_history(register.store.database) == 0
    assert "The words of 1 update are lawfully erased." in capsys.readouterr().out


def test_a_backup_and_its_return_tell_the_head(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database, file = register.store.database, tmp_path / "saved"
    assert commands.backup(database, file) == 0
    assert capsys.readouterr().out.startswith(f"Saved as {file}.\nThe history holds: 138 updates")
    assert commands.backup(database, file) == 1
    assert "exists already" in capsys.readouterr().err
    register.says(ALICE, "note 15: after")
    assert commands.restore(database, file, NOW) == 0
    text = capsys.readouterr().out
    assert text.startswith(f"Restored from {file}. The last update is 138, and its hash is ")
    assert "Recorded since, and in the old database only, which is kept: 1 update." in text
    assert commands.restore(database, tmp_path / "missing", NOW) == 1
    assert "Nothing was changed." in capsys.readouterr().err


def test_what_is_no_backup_is_told_by_the_name_that_was_given(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter, other = tmp_path / "letter.xlsx", tmp_path / "other.db"
    letter.write_text("Dear Cora")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE letters (words TEXT)")
    for file, reason in ((letter, "file is not a database"), (other, "it holds no register")):
        assert commands.restore(register.store.database, file, NOW) == 1
        assert capsys.readouterr().err == f"{file} is no recbot backup ({reason}).\nNothing was changed.\n"


@pytest.mark.parametrize("there", ["nothing", "an empty file", "a damaged file"])
def test_a_return_tells_what_stood_there_before(
    register: Register, there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.backup(register.store.database, tmp_path / "saved") == 0
    place = tmp_path / "elsewhere.db"
    if there != "nothing":
        place.write_bytes(b"" if there == "an empty file" else b"no register" * 1000)
    with closing(Database(f"sqlite:///{place}", FOR_WORK)) as database:
        assert commands.restore(database, tmp_path / "saved", NOW) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "The old database could not be read: erase again by hand what was erased since."
        if there == "a damaged file"
        else f"There was no register at {place} before."
        " Texts erased since the backup: erase them again by hand."
    )


def test_so_it_does_on_postgresql(
    postgresql_url: str, with_client_programs: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "letter.xlsx"
    letter.write_text("Dear Cora")
    with closing(Database(postgresql_url, FOR_WORK)) as database:
        assert commands.restore(database, letter, NOW) == 1
        error = capsys.readouterr().err
        assert error.startswith(f"{letter} is no recbot backup (")
        assert error.endswith("Nothing was changed.\n")
    with closing(accountable_case(postgresql_url).store.database) as database:
        assert commands.backup(database, tmp_path / "saved") == 0
        with database.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        assert commands.restore(database, tmp_path / "saved", NOW) == 0
        assert capsys.readouterr().out.splitlines()[-1] == (
            f"There was no register in the database {database.url.database} before."
            " Texts erased since the backup: erase them again by hand."
        )
