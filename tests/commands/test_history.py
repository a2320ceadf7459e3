"""What the commands about the history print, and their exit codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands import history as commands
from tests.cast import ALICE, NOW, Register, accountable_case
from tests.storage.audit import unbroken
from tests.storage.tampering import put, unguarded


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
    "anchor", ["138", "140,xyz", "one two", "138,0000,0000", "138,0", "138,0000000", "138," + "0" * 65]
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
    assert commands.redact(register.store.database, 138, "section 47", NOW) == 1
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
