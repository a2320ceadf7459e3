"""Where the register is: found, said with its full path where it is made, and never made by the way."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands.register import Filling
from bot.domain.register.people import PersonKey, Role
from storage import people, private_files
from storage.database import Database
from tests.cast import NOW, accountable_case

SOURCE = Path(__file__).parents[2]
# The Slack that is named is nobody's.
SLACK = {
    "SLACK_BOT_TOKEN": "xoxb-1-bot",
    "SLACK_APP_TOKEN": "xapp-1-app",
    "SLACK_API_URL": "http://127.0.0.1:9/",
}
BODIES = SOURCE / "bot" / "example" / "bodies.csv"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty working directory, with the register's default name and the usual umask."""
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    before = os.umask(0o022)
    yield empty
    os.umask(before)


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


READING = (
    ["contacts"], ["export"], ["digest", "preview"], ["digest", "send"], ["verify-history"], ["redact"],
    ["redact", "1", "--ground", "wrong person"], ["backup", "saved"],
)  # fmt: skip


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
@pytest.mark.parametrize("there", ["nothing", "an empty file"])
def test_what_needs_a_register_makes_none(
    arguments: list[str], there: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if there == "an empty file":
        Path("recbot.db").touch()
    before = names(folder)
    assert main(arguments) == 1
    assert capsys.readouterr().err.startswith(f"There is no register at {folder}/recbot.db. ")
    assert names(folder) == before
    assert all(file.stat().st_size == 0 for file in folder.iterdir())


@pytest.mark.parametrize("command", ["tick", "check"])
def test_neither_does_what_asks_slack_too(command: str, folder: Path) -> None:
    done = recbot(command, **SLACK)
    assert done.returncode == 1
    assert f"There is no register at {folder}/recbot.db" in done.stdout + done.stderr
    assert names(folder) == []


def test_a_restore_that_cannot_be_leaves_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["restore", "missing"]) == 1
    assert "Nothing was changed." in capsys.readouterr().err
    assert names(folder) == []


@pytest.mark.parametrize("command", ["migrate", "example"])
def test_a_new_register_is_said_with_its_full_path_once(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"A new register was made at {folder}/recbot.db."
    assert main([command]) == 0
    assert text in capsys.readouterr().out.splitlines()
    main([command])
    assert text not in capsys.readouterr().out


def test_an_example_that_was_not_loaded_tells_which_register_is_not_empty(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["example"]) == 0
    assert main(["example"]) == 1
    assert capsys.readouterr().err == (
        f"The register at {folder}/recbot.db is not empty, so the example was not loaded."
        " For another one set DATABASE_URL=sqlite:///FILE.\n"
    )


def test_a_contact_whose_name_is_not_known_yet_is_told_with_the_id(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = accountable_case(f"sqlite:///{folder}/recbot.db")
    with register.store.begin() as connection:
        people.grant(connection, PersonKey("T0HOME", "U0NEW"), Role.CONTACT, register.body("kent").code, NOW)
    register.store.database.close()
    assert main(["contacts"]) == 0
    (of_kent,) = (line for line in capsys.readouterr().out.splitlines() if line.startswith("Kent: "))
    assert "Alice Ames (main)" in of_kent
    assert "somebody whose name is not known yet (U0NEW, main)" in of_kent


def test_the_bodies_that_come_with_recbot_are_imported_wherever_it_is_installed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "--bodies"]) == 0
    capsys.readouterr()
    assert main(["import", str(BODIES)]) == 0
    assert "The register holds all of it already" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["migrate", "example", "contacts"])
def test_a_register_of_a_newer_recbot_is_left_as_it_is(
    folder: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main(["import", "--bodies"]) == 0
    with closing(sqlite3.connect("recbot.db")) as register, register:
        register.execute("UPDATE alembic_version SET version_num = '9999'")
    capsys.readouterr()
    assert main([command]) == 1
    shown = capsys.readouterr().err
    assert shown.startswith("DATABASE_URL: the database's schema is of a newer recbot: install that version")
    assert [name for name in names(folder) if "before" in name] == []


def test_serve_says_so_in_its_log(folder: Path) -> None:
    done = recbot("serve", **SLACK)
    assert f"A new register was made at {folder}/recbot.db." in done.stderr


def test_an_import_makes_a_register_whole_or_not_at_all(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(BODIES), "--dry-run"]) == 0
    assert names(folder) == []
    bad = folder.parent / "bodies.csv"
    bad.write_text(BODIES.read_text(encoding="utf-8").replace("Kent,", ",", 1), encoding="utf-8")
    assert main(["import", str(bad)]) == 1
    assert names(folder) == []
    capsys.readouterr()
    assert main(["import", str(BODIES)]) == 0
    assert f"A new register was made at {folder}/recbot.db." in capsys.readouterr().out
    assert names(folder) == ["recbot.db"]
    assert main(["verify-history"]) == 0


def test_an_import_does_not_take_the_place_of_a_register_made_meanwhile(folder: Path, tmp_path: Path) -> None:
    with Filling(f"sqlite:///{folder}/recbot.db") as filling:
        filling.open()
        assert main(["example"]) == 0
        before = Path("recbot.db").read_bytes()
        with pytest.raises(Exception, match="meanwhile"):
            filling.keep()
    assert Path("recbot.db").read_bytes() == before
    assert not [name for name in names(folder) if name.startswith(".")]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_the_register_and_what_is_made_of_it_are_their_owners_alone(umask: int, folder: Path) -> None:
    os.umask(umask)
    register = accountable_case(f"sqlite:///{folder}/recbot.db")
    assert main(["backup", "saved"]) == 0
    assert main(["export", "--format", "json", "--out", "account.json"]) == 0
    assert set(names(folder)) >= {"recbot.db", "recbot.db-wal", "recbot.db-shm", "saved", "account.json"}
    assert modes(folder) == {0o600}
    register.store.database.close()
    assert main(["migrate"]) == 0
    assert main(["restore", "saved"]) == 0
    assert {"recbot.db.lock", "recbot.db.before-restore"} <= set(names(folder))
    assert modes(folder) == {0o600}


def test_what_an_older_version_left_open_is_closed_at_the_next_start(folder: Path) -> None:
    register = accountable_case(f"sqlite:///{folder}/recbot.db")
    for name in ("recbot.db.lock", "recbot.db.before-0002", "recbot.db.before-restore-2"):
        Path(name).touch()
    for file in folder.iterdir():
        file.chmod(0o644)
    Path("somebody-elses.db").touch(0o644)
    assert main(["export", "--format", "json", "--out", "account.json"]) == 0
    Database(f"sqlite:///{folder}/recbot.db").close()
    assert {file.name for file in folder.iterdir() if mode(file) != 0o600} == {"somebody-elses.db"}
    register.store.database.close()


def test_a_name_with_letters_of_a_pattern_is_a_name(folder: Path) -> None:
    odd, other = folder / "rec[b]ot*.db", folder / "recbotx.db"
    for file in (odd, other):
        file.touch(0o644)
    private_files.narrow_register(odd)
    assert (mode(odd), mode(other)) == (0o600, 0o644)


def modes(folder: Path) -> set[int]:
    return {mode(file) for file in folder.iterdir()}


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def recbot(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    inherited = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=inherited | {"PYTHONPATH": str(SOURCE)} | environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
