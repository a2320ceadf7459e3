"""The guards of the history are named where they are missing, and nothing that acts by itself is unseen."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.runtime.wiring.starting import CannotStart, must_be_guarded, prepare
from storage import database_objects
from storage.verify import Broken, Fault, verify
from tests.cast import accountable_case

DROPPED = "the trigger updates_are_not_deleted, which guards the history, is missing"
FOREIGN = "the trigger completes is not recbot's"


def test_a_register_as_recbot_makes_it_has_nothing_else(database_url: str) -> None:
    database = accountable_case(database_url).store.database
    assert database_objects.guards_that_fail(database) == []
    assert database_objects.objects_that_differ(database) == []
    prepare(database)
    database.close()


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("DROP TRIGGER updates_are_not_deleted", DROPPED),
        ("CREATE TRIGGER completes AFTER INSERT ON updates BEGIN SELECT 1; END", FOREIGN),
    ],
)
def test_recbot_does_not_start_on_an_unguarded_register_and_says_why(
    sqlite_url: str, sql: str, named: str
) -> None:
    database = accountable_case(sqlite_url).store.database
    with closing(sqlite3.connect(Path(database.url.database or ""))) as connection:
        connection.execute(sql)
    with pytest.raises(CannotStart) as refusal:
        prepare(database)
    assert refusal.value.problems == (f"DATABASE_URL: {named}.", database_objects.REMEDY)
    assert verify(database) == Broken(137, Fault.UNGUARDED, named)
    # Its own guards come back; what is not recbot's has to be dropped by whoever owns the database.
    assert database_objects.guard_again(database) == ([] if named is DROPPED else [FOREIGN])
    database.close()


def test_a_guard_that_is_switched_off_is_named_on_postgresql(postgresql_url: str) -> None:
    database = accountable_case(postgresql_url).store.database
    with database.begin() as connection:
        connection.execute(text("ALTER TABLE updates DISABLE TRIGGER updates_are_not_changed"))
    with pytest.raises(
        CannotStart, match="updates_are_not_changed, which guards the history, is switched off"
    ):
        must_be_guarded(database)
    assert database_objects.guard_again(database) == []
    with database.begin() as connection:
        connection.execute(
            text(
                "CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS"
                " $$ BEGIN RETURN NEW; END $$"
            )
        )
    with pytest.raises(CannotStart, match="does something else"):
        must_be_guarded(database)
    assert database_objects.guard_again(database) == []
    prepare(database)
    database.close()
