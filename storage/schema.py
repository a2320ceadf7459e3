"""The schema's version: what the database has, what this program needs, and the way from one to the other."""

from pathlib import Path

from sqlalchemy import inspect, text

from storage.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"
# A migration's file begins with its revision, four digits in the order in which they follow each other.
_REVISIONS = sorted(file.name[:4] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


def needed() -> str:
    """Return the revision that this program is written for."""
    return _REVISIONS[-1]


def present(database: Database) -> str | None:
    """Return the database's revision; None for an empty one. Raises Busy."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        return None if revision is None else str(revision)


def is_known(revision: str) -> bool:
    """Tell whether this program has the way from a revision to what it needs."""
    return revision in _REVISIONS


def is_current(database: Database) -> bool:
    """Tell whether the database has the revision that this program needs. Raises Busy."""
    return present(database) == needed()


def upgrade(database: Database, to: str = "head", *, migrations: Path = _MIGRATIONS) -> None:
    """Bring the schema up to what this program needs: in one transaction, so wholly or not at all."""
    # Seldom needed, and a good part of the time that a start takes.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
