"""Row 32: whatever is edited of what is shown beside the history, whatever guards it no more, and wherever
its end is cut off: verify-history finds it, and no restore takes it."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.operations.upkeep import backup
from bot.operations.upkeep.backup import BackupFailed
from bot.rendering.blocks.recording.redact import message_without
from storage import shown_state
from storage.contents import CONTENT_KINDS
from storage.database import FOR_WORK, Database
from storage.tables.metadata import metadata
from storage.verify import Broken, Fault, Unbroken, verify
from tests.cast import NOW
from tests.prove.size import size
from tests.storage.edits import change, edit_at_random, shown_columns, shown_tables
from tests.storage.lived_in import lived_in
from tests.storage.tampering import unguarded

pytestmark = pytest.mark.prove

TRIES = size(300, 10_000)
TRIES_ON_POSTGRESQL = size(20, 1_000)
# A restore takes several times as long, and verifies by the same code.
RESTORED = size(20, 1_000)
CUTS = size(20, 500)
SEED = 32
_HELD = ("grants.role",)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register in one file, with nothing beside it."""
    file = tmp_path_factory.mktemp("honest") / "honest.db"
    register = lived_in(f"sqlite:///{file}")
    assert isinstance(verify(register.store.database), Unbroken)
    register.store.database.close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    return file


def opened(file: Path) -> Database:
    return Database(f"sqlite:///{file}", FOR_WORK)


def copy_of(honest: Path, folder: Path) -> Path:
    for path in folder.glob("*"):
        path.unlink()
    return Path(shutil.copy(honest, folder / "forged.db"))


def verified(file: Path) -> Unbroken | Broken:
    database = opened(file)
    result = verify(database)
    database.close()
    return result


def restored(file: Path) -> Database:
    """Raises BackupFailed."""
    database = opened(file.with_name("restored.db"))
    backup.restore(database, file, NOW, message_without)
    return database


def test_every_column_is_guarded_or_has_its_reason() -> None:
    guarded = {"updates"} | {shown_table.table.name for shown_table in shown_state.SHOWN}
    guarded |= {
        table.name for kind in CONTENT_KINDS for table in (kind.table, kind.more) if table is not None
    }
    for table in metadata.sorted_tables:
        if table.name not in guarded:
            excused = shown_state.NOT_FROM_THE_HISTORY[table.name]
            assert set(excused) == {column.name for column in table.columns}
            assert all(excused.values())
    assert guarded.isdisjoint(shown_state.NOT_FROM_THE_HISTORY)


def test_an_edit_of_each_column_is_found(honest: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    refused = []
    for table, name in shown_columns():
        database = opened(copy_of(honest, tmp_path))
        with database.begin() as connection:
            edit = change(connection, chance, table, name)
        result = verify(database)
        database.close()
        if edit is None:
            refused.append(f"{table.name}.{name}")
        else:
            assert isinstance(result, Broken), edit.what
    # These alone are held by the database itself, whatever is tried: by references, by keys and by checks.
    assert set(refused) <= {
        "chain_head.id",
        "letter_texts.field",
        "recommendations.id",
        "reports.key",
        "policing_bodies.code",
        *_HELD,
    }


def test_every_edit_is_found_and_no_restore_takes_it(honest: Path, tmp_path: Path) -> None:
    chance = random.Random(SEED)
    tables: Counter[str] = Counter()
    for number in range(TRIES):
        file = copy_of(honest, tmp_path)
        database = opened(file)
        with database.begin() as connection:
            edit = edit_at_random(connection, chance)
        result = verify(database)
        database.close()
        assert isinstance(result, Broken), f"{edit.what}, try {number} of seed {SEED}"
        tables[edit.what.split()[0].partition(".")[0]] += 1
        if number % (TRIES // RESTORED) == 0:
            with pytest.raises(BackupFailed):
                restored(file)
    print(f"{TRIES} edits of {dict(tables)}: {tables.total()} found; {RESTORED} of them restored: 0 taken")
    assert set(tables) == {shown_table.name for shown_table in shown_tables()}


def test_every_edit_is_found_on_postgresql(postgresql_url: str) -> None:
    register = lived_in(postgresql_url)
    database = register.store.database
    chance = random.Random(SEED)
    for number in range(TRIES_ON_POSTGRESQL):
        with database.begin() as connection:
            edit = edit_at_random(connection, chance)
        result = verify(database)
        assert isinstance(result, Broken), f"{edit.what}, try {number} of seed {SEED}"
        with database.begin() as connection:
            for statement in edit.back:
                connection.execute(statement)
    assert isinstance(verify(database), Unbroken)
    print(f"{TRIES_ON_POSTGRESQL} edits on PostgreSQL: all found")
    database.close()


def test_every_cut_end_is_found(honest: Path, tmp_path: Path) -> None:
    """With the head moved back, wherever something shown, or sent, tells of what was cut off."""
    chance = random.Random(SEED)
    with closing(sqlite3.connect(honest)) as connection:
        (last,) = connection.execute("SELECT seq FROM chain_head").fetchone()
    for _ in range(CUTS):
        file = copy_of(honest, tmp_path)
        cut = chance.randint(0, last - 1)
        with unguarded(file) as connection:
            (hash_,) = connection.execute("SELECT hash FROM updates WHERE seq = ?", (cut,)).fetchone() or (
                "0" * 64,
            )
            connection.execute("DELETE FROM updates WHERE seq > ?", (cut,))
            connection.execute("UPDATE chain_head SET seq = ?, hash = ?", (cut, hash_))
        result = verified(file)
        assert isinstance(result, Broken), f"cut after {cut}"
        with pytest.raises(BackupFailed):
            restored(file)
    print(f"{CUTS} ends cut off: all found, none restored")


def _as_it_would_be(connection: sqlite3.Connection, table: str, was: str, now: str) -> None:
    """The table's own statement with something else in it, as only SQLite's innards can be changed."""
    connection.execute("PRAGMA writable_schema = ON")
    changed = connection.execute(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ? AND type = 'table'",
        (was, now, table),
    )
    assert changed.rowcount == 1
    connection.execute("PRAGMA writable_schema = RESET")


HOSTILE: dict[str, Callable[[sqlite3.Connection], object]] = {
    "a guard is gone": lambda c: c.execute("DROP TRIGGER updates_are_not_changed"),
    "the other guard is gone": lambda c: c.execute("DROP TRIGGER updates_are_not_deleted"),
    "a guard of another meaning": lambda c: c.executescript(
        "DROP TRIGGER updates_are_not_deleted;"
        "CREATE TRIGGER updates_are_not_deleted BEFORE DELETE ON updates WHEN 0 BEGIN SELECT 1; END"
    ),
    "a trigger that completes everything": lambda c: c.execute(
        "CREATE TRIGGER completes AFTER INSERT ON updates BEGIN UPDATE addressees SET stage = 'complete'; END"
    ),
    "a trigger on what is read seldom": lambda c: c.execute(
        "CREATE TRIGGER grants_more AFTER INSERT ON people BEGIN"
        " INSERT INTO grants VALUES (NEW.team_id, NEW.user_id, 'coordinator', '', '2025-01-01', 'main'); END"
    ),
    "a view": lambda c: c.execute("CREATE VIEW answers AS SELECT * FROM addressees"),
    "a table of its own": lambda c: c.execute("CREATE TABLE notes (words TEXT)"),
    "an index that is another's": lambda c: c.execute("CREATE INDEX words ON updates (text)"),
    "a check that lets all through": lambda c: _as_it_would_be(
        c, "addressees", "'closed')", "'closed', 'surely')"
    ),
    "a column that computes itself": lambda c: c.execute(
        "ALTER TABLE reports ADD COLUMN shouted TEXT GENERATED ALWAYS AS (upper(title))"
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_not_recbots_is_named_and_stays_behind(honest: Path, tmp_path: Path, kind: str) -> None:
    file = copy_of(honest, tmp_path)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        HOSTILE[kind](connection)
    result = verified(file)
    assert isinstance(result, Broken)
    assert result.fault is Fault.UNGUARDED
    returned = restored(file)
    assert isinstance(verify(returned), Unbroken)
    returned.close()


@pytest.mark.parametrize("table", [sorted_table.name for sorted_table in metadata.sorted_tables])
def test_a_view_in_a_tables_place_is_refused(honest: Path, tmp_path: Path, table: str) -> None:
    file = copy_of(honest, tmp_path)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"ALTER TABLE {table} RENAME TO behind")
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM behind")  # noqa: S608
    with pytest.raises(BackupFailed, match=table):
        restored(file)


def test_what_is_off_on_postgresql_is_named(postgresql_url: str) -> None:
    register = lived_in(postgresql_url)
    database = register.store.database
    assert isinstance(verify(database), Unbroken)
    for off, on in {
        "ALTER TABLE updates DISABLE TRIGGER ALL": "ALTER TABLE updates ENABLE TRIGGER ALL",
        "ALTER TABLE updates DISABLE TRIGGER updates_are_not_deleted": (
            "ALTER TABLE updates ENABLE TRIGGER updates_are_not_deleted"
        ),
        "CREATE RULE hides AS ON DELETE TO addressees DO INSTEAD NOTHING": "DROP RULE hides ON addressees",
        "ALTER TABLE addressees DROP CONSTRAINT ck_addressees_stage": (
            "ALTER TABLE addressees ADD CONSTRAINT ck_addressees_stage CHECK (stage IN"
            " ('not started', 'in progress', 'blocked', 'complete', 'checked', 'closed'))"
        ),
        "ALTER TABLE addressees ENABLE ROW LEVEL SECURITY": (
            "ALTER TABLE addressees DISABLE ROW LEVEL SECURITY"
        ),
        (
            "CREATE TRIGGER foreign_one BEFORE INSERT ON people FOR EACH ROW"
            " EXECUTE FUNCTION refuse_rewriting()"
        ): "DROP TRIGGER foreign_one ON people",
        "CREATE TABLE more () INHERITS (addressees)": "DROP TABLE more",
        "ALTER TABLE reports ADD COLUMN shouted text GENERATED ALWAYS AS (upper(title)) STORED": (
            "ALTER TABLE reports DROP COLUMN shouted"
        ),
    }.items():
        with database.begin() as connection:
            connection.exec_driver_sql(off)
        result = verify(database)
        assert isinstance(result, Broken), off
        assert result.fault is Fault.UNGUARDED, off
        with database.begin() as connection:
            connection.exec_driver_sql(on)
        assert isinstance(verify(database), Unbroken), on
    database.close()
