"""`recbot bundle`: everything of a body or of the register, which another program can check."""

import argparse
import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands import bundle
from bot.domain.register.redaction import Ground
from bot.operations.recording.redact import redact_by_hand
from bot.rendering.blocks.recording.redact import message_without
from bot.rendering.documents.bundle import fingerprint
from storage.bundle import WHOLE_REGISTER
from storage.tables.metadata import metadata
from tests.bundle_verifier import faults
from tests.cast import ALICE, BOB, NOW, Register, accountable_case

# What a bundle of the register leaves out: the history, which has files of its own; what can be
# counted; what only recbot's upkeep needs.
LEFT_OUT = {
    "updates",
    "chain_head",
    "tallies",
    "due_tallies",
    "group_tallies",
    "group_day_tallies",
    "register_tallies",
    "owed_cleanings",
}


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    made = accountable_case(database_url)
    yield made
    made.store.database.close()


def make(register: Register, *arguments: object) -> int:
    parser = argparse.ArgumentParser()
    bundle.add_arguments(parser)
    return bundle.run(parser.parse_args(list(map(str, arguments))), register.store, NOW)


def held(folder: Path) -> list[dict[str, object]]:
    """The entries of the updates in a bundle."""
    lines = (folder / "updates.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(json.loads(line)["entry"]) for line in lines]


def test_the_whole_register_can_be_checked_without_recbot(register: Register, tmp_path: Path) -> None:
    register.says(ALICE, "note 15: =1+1 “quoted”, two\nlines – Gŵyr, 😀")
    folder = tmp_path / "all"
    assert make(register, "--all", "--out", folder) == 0
    assert faults(folder, fingerprint(folder)) == []
    assert [entry["seq"] for entry in held(folder)] == list(range(1, len(held(folder)) + 1))
    assert "lines – Gŵyr, 😀" in (folder / "texts.txt").read_text(encoding="utf-8")


def test_a_bodys_bundle_holds_what_is_said_of_it_and_nothing_of_others(
    register: Register, tmp_path: Path
) -> None:
    register.says(ALICE, "note 15: we met the provider")
    register.says(BOB, "note 15 surrey: SURREY-ONLY")
    folder = tmp_path / "kent"
    assert make(register, "kent", "--out", folder) == 0
    assert faults(folder, fingerprint(folder)) == []
    kent = register.body("kent").code
    assert {entry["body_code"] for entry in held(folder)} == {kent, None}
    assert all(entry["recommendation_id"] for entry in held(folder) if entry["body_code"] is None)
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert b"we met the provider" in everything
    assert b"SURREY-ONLY" not in everything
    assert b"Bob Byrne" not in everything
    assert b"Essex" not in everything


def test_between_two_days_only_what_was_recorded_then_is_held(register: Register, tmp_path: Path) -> None:
    register.says(ALICE, "note 15: on the day")
    register.says(ALICE, "note 15: too late", NOW + timedelta(days=3))
    folder = tmp_path / "period"
    assert make(register, "--all", "--from", "2025-03-10", "--to", "2025-03-11", "--out", folder) == 0
    assert faults(folder, fingerprint(folder)) == []
    days = {str(entry["recorded_at"])[:10] for entry in held(folder)}
    assert days == {"2025-03-10"}
    assert not (folder / "tables").exists()
    assert "from 10 March 2025 to 11 March 2025" in (folder / "README.txt").read_text(encoding="utf-8")


def test_erased_words_are_in_no_bundle(register: Register, tmp_path: Path) -> None:
    seq = register.says(ALICE, "note 15: ERASED-WORDS")
    redact_by_hand(register.store, seq, Ground.WRONG_PERSON, NOW + timedelta(minutes=1), message_without)
    folder = tmp_path / "all"
    assert make(register, "--all", "--out", folder) == 0
    assert faults(folder, fingerprint(folder)) == []
    assert all(b"ERASED-WORDS" not in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_its_files_are_for_their_owner_alone(register: Register, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    assert make(register, "--all", "--out", folder) == 0
    for path in [folder, *folder.rglob("*")]:
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


def test_every_table_is_in_the_bundle_of_the_register_or_left_out_for_a_reason() -> None:
    assert {table.name for table in WHOLE_REGISTER} | LEFT_OUT == set(metadata.tables)


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        ((), "Name one body, or all"),
        (("kent", "--all"), "Name one body, or all"),
        (("kennt",), "Did you mean Kent?"),
        (("--all", "--from", "2025-03-11", "--to", "2025-03-10"), "the first day comes after the last"),
    ],
)
def test_what_cannot_be_made_is_said(
    register: Register, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], advice: str
) -> None:
    assert make(register, *arguments) == 1
    assert advice in capsys.readouterr().err


def test_a_folder_that_is_there_is_left_alone(
    register: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert make(register, "--all", "--out", tmp_path) == 1
    assert "exists already" in capsys.readouterr().err
