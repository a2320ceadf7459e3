"""The schema's version: what the database has, what this program needs, and the way from one to the other."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations"


def needed() -> str:
    """The revision this program is written for."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""


def present(database: Database) -> str | None:
    """The database's revision; None for an empty one. Raises Busy."""
    with database.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str) -> bool:
    """Whether this program has the way from a revision to what it needs."""
    known = ScriptDirectory(str(_MIGRATIONS)).walk_revisions()
    return any(one.revision == revision for one in known)


def is_current(database: Database) -> bool:
    return present(database) == needed()


def upgrade(database: Database, to: str = "head", *, migrations: Path = _MIGRATIONS) -> None:
    """Brings the schema up to what this program needs: in one transaction, so wholly or not at all."""
    config = Config()
    config.set_main_option("script_location", str(migrations))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, to)
