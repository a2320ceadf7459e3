"""Row 10: a register of every released schema is brought to this one, wholly or not at all."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Table

from bot.domain.register.update import Draft, UpdateKind, Via
from storage import schema
from storage.appending import Chain
from storage.contents import all_changes
from storage.database import FOR_LONG_WORK, Database
from storage.group_tallies import group_of_themes
from storage.tables.reports import recommendations
from storage.tables.tallies import group_day_tallies, group_tallies
from storage.verify import Unbroken, verify
from tests.cast import ALICE, BOB, NOW, Register, accountable_case
from tests.prove.released import MIGRATIONS, TRIGGERS, columns_of, contents, left_by, revisions, triggers
from tests.prove.size import size
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

ROWS = size(2_000, 100_000)
AT_A_TIME = 1_000
KILLS = size(5, 100)
LONGEST = 60.0  # seconds
_FAILS = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("half_done", sa.Text(), nullable=True))
    op.execute("DROP TABLE snoozes")
    op.execute("UPDATE addressees SET version = 0")
    op.execute("SELECT no_such_column FROM people")
"""


@pytest.fixture
def full(tmp_path: Path) -> str:
    """A register of this version with as many updates as are to be upgraded."""
    url = f"sqlite:///{tmp_path / 'full.db'}"
    register = accountable_case(url)
    register.says(ALICE, "progress 15 in progress: two ISACs start in April")
    register.says(BOB, "partly 16: not all of it")
    for first in range(0, ROWS, AT_A_TIME):
        with register.store.begin() as connection:
            chain = Chain(connection)
            for number in range(first, first + AT_A_TIME):
                # Of a kind that moves no addressee.
                made = Draft(UpdateKind.GRANT, NOW.date(), Via.SLACK, by=ALICE, text=f"words {number}")
                chain.append(made, NOW)
    _as_before_short_forms(register)
    register.store.database.close()
    return url


def _as_before_short_forms(register: Register) -> None:
    """Take away what the example says in columns that earlier schemas have not, by the history too."""
    later = ("quoted_from", "short_form", "others_addressed", "themes", "priority")
    with register.store.begin() as connection:
        connection.execute(recommendations.update().values(dict.fromkeys(later)))
        for counts in (group_tallies, group_day_tallies):
            _count_as_without_themes(connection, counts)
        changes = tuple(all_changes(connection))
        Chain(connection).append(Draft(UpdateKind.SEALED, NOW.date(), Via.SCHEDULE, changes=changes), NOW)


def _count_as_without_themes(connection: Connection, counts: Table) -> None:
    without_themes = group_of_themes("")
    is_by_theme = counts.c.report_key.startswith(without_themes)
    summed = Counter[tuple[tuple[str, Any], ...]]()
    for row in connection.execute(counts.select().where(is_by_theme)).mappings():
        key = {**row, "report_key": without_themes}
        addressees = key.pop("addressees")
        summed[tuple(key.items())] += addressees
    connection.execute(counts.delete().where(is_by_theme))
    connection.execute(counts.insert(), [{**dict(key), "addressees": n} for key, n in summed.items()])


@pytest.mark.parametrize("revision", revisions())
def test_every_released_schema_is_upgraded_with_all_that_is_in_it(
    database_url: str, full: str, revision: str
) -> None:
    left_by(revision, database_url, full)
    of_today = columns_of(full)
    columns = {table: names for table, names in columns_of(database_url).items() if table in of_today}
    before = list(contents(database_url, columns))
    database = Database(database_url, FOR_LONG_WORK)
    began = time.monotonic()
    schema.upgrade(database)
    took = time.monotonic() - began
    assert schema.is_current(database)
    assert list(contents(database_url, columns)) == before
    assert triggers(database_url) == TRIGGERS[database.url.get_backend_name()]
    assert isinstance(verify(database), Unbroken)
    print(f"from {revision}: {sum(rows for _, rows, _ in before)} rows in {took:.2f} s")
    assert took < LONGEST
    database.close()
    if revision == revisions()[-1]:
        audit(database_url)


def test_an_upgrade_that_fails_leaves_the_old_schema_and_all_that_is_in_it(
    database_url: str, full: str, tmp_path: Path
) -> None:
    head = revisions()[-1]
    left_by(head, database_url, full)
    columns, before = columns_of(database_url), list(contents(database_url, columns_of(database_url)))
    failing = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, failing)
    (failing / "versions" / "9999_fails.py").write_text(_FAILS.format(head=head))
    database = Database(database_url, FOR_LONG_WORK)
    with pytest.raises(Exception, match=r"no_such_column|SQLITE_ERROR"):
        schema.upgrade(database, migrations=failing)
    assert schema.present(database) == head
    assert columns_of(database_url) == columns
    assert list(contents(database_url, columns)) == before
    assert triggers(database_url) == TRIGGERS[database.url.get_backend_name()]
    database.close()


def test_killed_at_any_moment_an_upgrade_is_done_or_not(tmp_path: Path, full: str) -> None:
    chance = random.Random(10)
    first = revisions()[0]
    old = tmp_path / "old.db"
    left_by(first, f"sqlite:///{old}", full)
    columns = columns_of(f"sqlite:///{old}")
    before = list(contents(f"sqlite:///{old}", columns))
    place = tmp_path / "killed.db"
    url = f"sqlite:///{place}"
    longest = unhurried(old, place)
    outcomes = []
    for _ in range(KILLS):
        fresh(old, place)
        process = migrating(url)
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.wait()
        database = Database(url, FOR_LONG_WORK)
        outcomes.append(schema.present(database))
        assert list(contents(url, columns)) == before
        assert triggers(url) == TRIGGERS["sqlite"]
        schema.upgrade(database)
        assert isinstance(verify(database), Unbroken)
        database.close()
    done = outcomes.count(revisions()[-1])
    print(f"{KILLS} killed: {outcomes.count(first)} not upgraded, {done} upgraded, 0 between")
    assert set(outcomes) <= {first, revisions()[-1]}


def unhurried(old: Path, place: Path) -> float:
    """Return how many seconds an upgrade takes that nobody kills."""
    fresh(old, place)
    began = time.monotonic()
    assert migrating(f"sqlite:///{place}").wait(120) == 0
    return time.monotonic() - began


def fresh(old: Path, place: Path) -> None:
    for path in place.parent.glob(f"{place.name}*"):
        path.unlink()
    shutil.copy(old, place)


def migrating(url: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "migrate"],
        env={"PATH": os.environ["PATH"], "DATABASE_URL": url, "PYTHONPATH": str(MIGRATIONS.parents[1])},
        cwd=place_for(url),
        stdout=subprocess.DEVNULL,
    )


def place_for(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///")).parent
