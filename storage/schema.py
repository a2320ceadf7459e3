"""The schema's version: what the database has, what this program needs, and the way from one to the other."""

from pathlib import Path

from sqlalchemy import inspect, text

from storage.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"
# A migration's file begins with its revision, four digits in the order in which they follow each other.
_REVISIONS = sorted(file.name[:4] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def needed() -> str:
    """The revision this program is written for."""
    return _REVISIONS[-1]


def present(database: Database) -> str | None:
    """The database's revision; None for an empty one. Raises Busy."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        return None if found is None else str(found)


def is_known(revision: str) -> bool:
    """Whether this program has the way from a revision to what it needs."""
    return revision in _REVISIONS


def is_current(database: Database) -> bool:
    return present(database) == needed()


def upgrade(database: Database, to: str = "head", *, migrations: Path = _MIGRATIONS) -> None:
    """Brings the schema up to what this program needs: in one transaction, so wholly or not at all."""
    # Seldom needed, and a good part of the time that a start takes.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
