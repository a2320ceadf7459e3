"""Making the schema anew for a backup's rows: its triggers, views and other tables stay behind."""

from pathlib import Path

from sqlalchemy import inspect, text

from storage import schema
from storage.backup_failed import BackupFailed
from storage.database import Database
from storage.tables.metadata import metadata


def make(database: Database, revision: str | None, file: Path) -> dict[str, list[str]]:
    """Build the empty tables of a backup's revision.

    Return the columns of each, the tables in an order in which rows can be written after those they name.
    Raises BackupFailed for what this version cannot make."""
    if revision is None:
        raise BackupFailed(f"{file} is no recbot backup (it holds no register).")
    if not schema.is_known(revision):
        raise BackupFailed(f"{file} was made by a newer recbot (schema {revision}). Install that first.")
    schema.upgrade(database, revision)
    with database.begin() as connection:
        # A new schema comes with the end of an empty history.
        connection.execute(text("DELETE FROM chain_head"))
        inspector = inspect(connection)
        names = set(inspector.get_table_names())
        return {
            table.name: [column["name"] for column in inspector.get_columns(table.name)]
            for table in metadata.sorted_tables
            if table.name in names
        }
