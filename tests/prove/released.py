"""Registers as earlier versions of recbot left them."""

from collections.abc import Iterator
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, or_, text

from storage import schema
from storage.database import FOR_LONG_WORK, Database

MIGRATIONS = Path(schema.__file__).parent / "migrations"
TRIGGERS = {"sqlite": 2, "postgresql": 3}
_AT_A_TIME = 5000
# Columns by the names that they bear now.
_NAMED_NOW = {"standing": "contact_kind"}
# From this revision on the tables of counts by report have counts by theme too, which the upgrade makes.
_BY_THEME_SINCE, _BY_THEME = "0024", "#"


def revisions() -> list[str]:
    """Return the revisions, the oldest first."""
    script = ScriptDirectory(str(MIGRATIONS))
    return [walk_revision.revision for walk_revision in reversed(list(script.walk_revisions()))]


def left_by(revision: str, url: str, like: str) -> None:
    """Make a database at an earlier revision with what the register at the URL `like` holds, as far as it
    went."""
    database = Database(url, FOR_LONG_WORK)
    schema.upgrade(database, revision)
    source = create_engine(like)
    old, new = MetaData(), MetaData()
    with source.connect() as reading, database.begin() as writing:
        new.reflect(reading)
        old.reflect(writing)
        writing.execute(text("DELETE FROM chain_head"))
        for table in old.sorted_tables:
            # Counts that later versions keep otherwise are made anew by the upgrade.
            if table.name == "alembic_version" or table.name not in new.tables:
                continue
            names = [column.name for column in table.columns]
            every_row = new.tables[table.name].select()
            if "report_key" in names and revision < _BY_THEME_SINCE:
                report_key = new.tables[table.name].c.report_key
                every_row = every_row.where(or_(report_key.is_(None), ~report_key.startswith(_BY_THEME)))
            rows = reading.execute(every_row).mappings()
            for part in rows.partitions(_AT_A_TIME):
                earlier = [
                    {name: row[name if name in row else _NAMED_NOW[name]] for name in names} for row in part
                ]
                writing.execute(table.insert(), earlier)
    source.dispose()
    database.close()


def contents(url: str, columns: dict[str, list[str]]) -> Iterator[tuple[str, int, int]]:
    """Yield each table's size and a sum over what stands in some columns, to compare cheaply; counts by
    theme, which an upgrade adds, are left out."""
    engine = create_engine(url)
    with engine.connect() as connection:
        for table, names in sorted(columns.items()):
            columns_now = {column["name"] for column in inspect(connection).get_columns(table)}
            quoted = ", ".join(f'"{name if name in columns_now else _NAMED_NOW[name]}"' for name in names)
            rows = connection.execute(text(f'SELECT {quoted} FROM "{table}"'))  # noqa: S608
            number = total = 0
            for row in rows.mappings():
                if (row.get("report_key") or "").startswith(_BY_THEME):
                    continue
                number += 1
                total = (total + hash(tuple(map(str, row.values())))) % 2**61
            yield table, number, total
    engine.dispose()


def columns_of(url: str) -> dict[str, list[str]]:
    engine, metadata = create_engine(url), MetaData()
    metadata.reflect(engine)
    engine.dispose()
    tables = {name: table for name, table in metadata.tables.items() if name != "alembic_version"}
    return {name: [column.name for column in table.columns] for name, table in tables.items()}


def triggers(url: str) -> int:
    engine = create_engine(url)
    with engine.connect() as connection:
        where = (
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
            if connection.dialect.name == "sqlite"
            else "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal"
        )
        counted: int = connection.execute(text(where)).scalar_one()
    engine.dispose()
    return counted
