"""A copy of the register, and its return."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text

from bot.domain.register.redaction import Ground
from bot.operations.recording.redact import redact_by_hand
from bot.operations.request import actors
from bot.operations.upkeep import backup as operation
from bot.operations.upkeep.backup import BackupFailed
from bot.rendering.blocks.recording.redact import message_without
from storage import backup, people, schema
from storage.database import FOR_WORK, Busy, Database
from storage.lock import Locked, alone
from storage.verify import Broken, Unbroken, verify
from tests.cast import ALICE, BOB, NOW, Register, accountable_case, person
from tests.databases import with_client_programs
from tests.operations.recording.test_redact import TEXT
from tests.storage.audit import audit, unbroken
from tests.storage.tampering import put, unguarded

__all__ = ["with_client_programs"]


@pytest.fixture
def register(database_url: str, with_client_programs: None) -> Iterator[Register]:
    made = accountable_case(database_url)
    yield made
    made.store.database.close()


def url_of(register: Register) -> str:
    return register.store.database.url.render_as_string(hide_password=False)


def place_of(register: Register) -> Path:
    return Path(register.store.database.url.database or "")


def restore(register: Register, file: Path) -> operation.Restored:
    """As a command of its own does it, while nobody else is there."""
    register.store.database.close()
    database = Database(url_of(register), FOR_WORK)
    try:
        return operation.restore(database, file, NOW, message_without)
    finally:
        database.close()


@pytest.fixture
def url_with_password(postgresql_url: str) -> str:
    """The URL of a database whose server lets this user in by a password alone."""
    user, password = "let_in_by_password", "p@ss/w:rd"
    address = make_url(postgresql_url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f"DROP ROLE IF EXISTS {user}")
        server.execute(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{password}'")
        (rules,) = server.execute("SHOW hba_file").fetchone() or ("",)
        rule = f"local all {user} scram-sha-256\n"
        others = Path(rules).read_text(encoding="utf-8").replace(rule, "")
        Path(rules).write_text(rule + others, encoding="utf-8")
        server.execute("SELECT pg_reload_conf()")
    url = make_url(postgresql_url).set(username=user, password=password)
    return url.render_as_string(hide_password=False)


@pytest.mark.prove
def test_a_server_that_asks_for_a_password_is_given_it(
    url_with_password: str, with_client_programs: None, tmp_path: Path
) -> None:
    wrong = make_url(url_with_password).set(password="wrong").render_as_string(hide_password=False)
    with closing(Database(wrong, FOR_WORK)) as database, pytest.raises(Busy):
        operation.backup(database, tmp_path / "refused")
    register = accountable_case(url_with_password)
    operation.backup(register.store.database, tmp_path / "saved")
    register.says(ALICE, "note 15: after")
    assert restore(register, tmp_path / "saved").lost == 1


def test_what_was_saved_comes_back_and_what_came_after_is_kept_elsewhere(
    register: Register, tmp_path: Path
) -> None:
    register.says(ALICE, "note 15: before")
    saved = operation.backup(register.store.database, tmp_path / "saved")
    assert isinstance(saved, Unbroken)
    before = audit(url_of(register))
    register.says(BOB, "progress 15 complete: after")
    done = restore(register, tmp_path / "saved")
    assert (done.seq, done.hash, done.lost, done.erased_again) == (saved.seq, saved.hash, 1, 0)
    assert audit(url_of(register)) == before
    # And it goes on from there, once Slack has said who Bob is.
    with register.store.reading() as connection:
        bob = people.get(connection, BOB)
    assert bob is not None
    assert not bob.is_fresh(NOW)
    actors.remember(register.store, person(BOB))
    register.says(BOB, "note 15: and on")
    assert isinstance(verify(register.store.database), Unbroken)


def test_what_was_erased_since_the_backup_is_erased_in_it_again(register: Register, tmp_path: Path) -> None:
    seq = register.says(ALICE, f"note 15: {TEXT}")
    operation.backup(register.store.database, tmp_path / "saved")
    redact_by_hand(register.store, seq, Ground.VICTIM, NOW, message_without)
    done = restore(register, tmp_path / "saved")
    assert (done.lost, done.erased_again) == (1, 1)
    rows = unbroken(url_of(register))
    assert rows[seq - 1]["text"] is None
    assert rows[-1]["about_seq"] == seq


def test_a_backup_is_for_its_owner_alone_and_never_written_over_another(
    register: Register, tmp_path: Path
) -> None:
    file = tmp_path / "saved"
    operation.backup(register.store.database, file)
    assert file.stat().st_mode & 0o077 == 0
    was = file.read_bytes()
    with pytest.raises(BackupFailed, match="exists already"):
        operation.backup(register.store.database, file)
    assert file.read_bytes() == was
    with pytest.raises(BackupFailed, match="cannot be written"):
        operation.backup(register.store.database, tmp_path / "nowhere" / "saved")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("saved")] == ["saved"]


def test_what_is_no_backup_changes_nothing(register: Register, tmp_path: Path) -> None:
    before = audit(url_of(register))
    (tmp_path / "letter").write_text("Dear Cora")
    for file in (tmp_path / "letter", tmp_path / "missing"):
        with pytest.raises(BackupFailed):
            restore(register, file)
    assert audit(url_of(register)) == before


def test_a_backup_of_a_newer_recbot_is_refused(register: Register, tmp_path: Path) -> None:
    with register.store.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    operation.backup(register.store.database, tmp_path / "saved")
    with pytest.raises(BackupFailed, match="newer recbot"):
        restore(register, tmp_path / "saved")


def test_a_history_that_does_not_hold_is_saved_but_does_not_come_back(
    sqlite_url: str, tmp_path: Path
) -> None:
    register = accountable_case(sqlite_url)
    with unguarded(place_of(register)) as connection:
        put(connection, 7, source="another letter")
    outcome = operation.backup(register.store.database, tmp_path / "saved")
    assert isinstance(outcome, Broken)
    with pytest.raises(BackupFailed, match="update 7"):
        restore(register, tmp_path / "saved")


def test_it_comes_back_where_the_old_one_is_damaged_or_gone(sqlite_url: str, tmp_path: Path) -> None:
    register = accountable_case(sqlite_url)
    operation.backup(register.store.database, tmp_path / "saved")
    before = audit(sqlite_url)
    register.store.database.close()
    place = place_of(register)
    damaged = os.urandom(20_000)
    place.write_bytes(damaged)
    done = restore(register, tmp_path / "saved")
    assert done.erased_again is None
    assert audit(sqlite_url) == before
    assert place.with_name("recbot.db.before-restore").read_bytes() == damaged
    register.store.database.close()
    place.unlink()
    restore(register, tmp_path / "saved")
    assert audit(sqlite_url) == before
    register.store.database.close()


def test_the_old_file_is_kept_whole_under_a_new_name_each_time(sqlite_url: str, tmp_path: Path) -> None:
    register = accountable_case(sqlite_url)
    operation.backup(register.store.database, tmp_path / "saved")
    register.says(ALICE, "note 15: after")
    before = audit(sqlite_url)
    restore(register, tmp_path / "saved")
    restore(register, tmp_path / "saved")
    copies = sorted(path.name for path in tmp_path.iterdir() if "restore" in path.name)
    assert copies == ["recbot.db.before-restore", "recbot.db.before-restore-2"]
    assert audit(f"{sqlite_url}.before-restore") == before


def test_nothing_is_restored_while_recbot_serves(sqlite_url: str, tmp_path: Path) -> None:
    register = accountable_case(sqlite_url)
    operation.backup(register.store.database, tmp_path / "saved")
    with alone(register.store.database), pytest.raises(Locked):
        restore(register, tmp_path / "saved")


def test_nothing_is_restored_while_others_are_connected(
    postgresql_url: str, with_client_programs: None, tmp_path: Path
) -> None:
    register = accountable_case(postgresql_url)
    operation.backup(register.store.database, tmp_path / "saved")
    with register.store.reading(), pytest.raises(BackupFailed, match="in use"):
        operation.restore(Database(postgresql_url, FOR_WORK), tmp_path / "saved", NOW, message_without)
    register.store.database.close()


def test_without_its_programs_postgresql_says_what_to_install(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = accountable_case(postgresql_url)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupFailed, match="pg_dump is not there"):
        operation.backup(register.store.database, tmp_path / "saved")
    register.store.database.close()


def test_a_failure_half_way_leaves_everything_as_it_was(register: Register, tmp_path: Path) -> None:
    register.says(ALICE, "note 15: before")
    operation.backup(register.store.database, tmp_path / "saved")
    before = audit(url_of(register))
    register.store.database.close()
    database = Database(url_of(register), FOR_WORK)
    with suppress(RuntimeError), backup.taking_its_place(database, tmp_path / "saved") as copy:
        with copy.begin() as connection:
            connection.execute(text("DELETE FROM parts"))
        raise RuntimeError
    database.close()
    assert audit(url_of(register)) == before
    assert isinstance(operation.backup(register.store.database, tmp_path / "again"), Unbroken)
    assert not [path for path in tmp_path.iterdir() if "restor" in path.name]


def test_before_a_sqlite_schema_changes_a_copy_is_made(sqlite_url: str) -> None:
    database = Database(sqlite_url, FOR_WORK)
    assert backup.before_migrating(database) is None
    schema.upgrade(database)
    assert backup.before_migrating(database) is None
    with database.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    file = backup.before_migrating(database)
    assert file is not None
    assert file.name == f"recbot.db.before-{schema.needed()}"
    with closing(sqlite3.connect(file)) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    database.close()
