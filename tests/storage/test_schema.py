"""The migrations build what the tables say, and build it once."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError

from storage import schema
from storage.database import FOR_WORK, Busy, Database
from storage.tables.metadata import metadata
from tests.storage import register

MIGRATIONS = Path(schema.__file__).parent / "migrations"
TRIGGERS = {
    "sqlite": {"updates_are_not_changed", "updates_are_not_deleted"},
    "postgresql": {"updates_are_not_changed", "updates_are_not_deleted", "updates_are_not_truncated"},
}


def test_the_migrations_build_the_tables_that_the_program_is_written_for(database_url: str) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        migrations = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(migrations, metadata) == []
        migrated = _reflected(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert migrated == _reflected(connection)


def test_every_trigger_that_keeps_the_history_is_there(database_url: str) -> None:
    with register.empty(database_url) as store, store.reading() as connection:
        assert _triggers(connection) == TRIGGERS[connection.dialect.name]


def test_sqlite_takes_no_value_of_another_type(sqlite_url: str) -> None:
    with register.loaded(sqlite_url) as store, store.begin() as connection:
        kinds = connection.execute(text("PRAGMA table_list")).mappings()
        loose = {row["name"] for row in kinds if not row["strict"] and not row["name"].startswith("sqlite_")}
        assert loose == {"alembic_version"}
        with pytest.raises(IntegrityError, match="cannot store TEXT value in INTEGER"):
            connection.execute(text("UPDATE tallies SET bodies = 'many'"))


def test_a_row_that_names_what_does_not_exist_is_refused(database_url: str) -> None:
    with register.empty(database_url) as store, pytest.raises(IntegrityError), store.begin() as connection:
        connection.execute(text("INSERT INTO body_aliases VALUES ('E99', 'nowhere')"))


def test_migrating_again_changes_nothing(database_url: str) -> None:
    with register.with_contacts(database_url) as store:
        with store.reading() as connection:
            before = _reflected(connection), _triggers(connection), _sizes(connection)
        schema.upgrade(store.database)
        with store.reading() as connection:
            assert (_reflected(connection), _triggers(connection), _sizes(connection)) == before
        assert schema.is_current(store.database)


def test_the_files_names_tell_the_revisions_as_alembic_reads_them() -> None:
    script = ScriptDirectory(str(MIGRATIONS))
    assert schema.needed() == script.get_current_head()
    assert all(schema.is_known(walk_revision.revision) for walk_revision in script.walk_revisions())
    assert not schema.is_known("9999")


def test_an_empty_database_has_no_schema_yet(database_url: str) -> None:
    database = Database(database_url, FOR_WORK)
    assert schema.present(database) is None
    assert not schema.is_current(database)
    database.close()


def test_a_database_that_is_not_there_is_away_and_not_an_accident() -> None:
    database = Database("postgresql://nobody@127.0.0.1:1/nowhere", FOR_WORK)
    with pytest.raises(Busy):
        schema.present(database)
    database.close()


def _reflected(connection: Connection) -> dict[str, Any]:
    """Return all that the database says of the tables, in an order of its own."""
    looking = inspect(connection)
    return {
        name: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"], str(column["default"]))
                for column in looking.get_columns(name)
            ),
            "primary key": looking.get_pk_constraint(name),
            "foreign keys": sorted(map(str, looking.get_foreign_keys(name))),
            "unique": sorted(map(str, looking.get_unique_constraints(name))),
            "checks": sorted(map(str, looking.get_check_constraints(name))),
            "indexes": sorted(map(_index, looking.get_indexes(name))),
            "options": looking.get_table_options(name),
        }
        for name in metadata.tables
    }


def _index(index: Any) -> str:
    """Return an index in words: a partial index's condition is an object that is never equal to another."""
    return str(
        index | {"dialect_options": {key: str(option) for key, option in index["dialect_options"].items()}}
    )


def _triggers(connection: Connection) -> set[str]:
    where = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    return set(connection.execute(text(where)).scalars())


def _sizes(connection: Connection) -> dict[str, int]:
    counts = (f"SELECT count(*) FROM {name}" for name in metadata.tables)  # noqa: S608
    return {query: connection.execute(text(query)).scalar_one() for query in counts}
