"""What has to be so before recbot starts: a schema of this version, and guards that are recbot's own."""

from contextlib import closing

from bot.runtime.health import NEWER, of_schema
from storage import database_objects, schema
from storage.database import FOR_LONG_WORK, Database


class CannotStart(Exception):
    """One line a problem, each saying what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def prepare(database: Database) -> None:
    """Bring a SQLite store's schema up to date. Raises CannotStart for a PostgreSQL one that is behind, and
    for one of a newer recbot."""
    must_not_be_newer(database)
    if database.is_sqlite and not schema.is_current(database):
        # Most starts have nothing to copy.
        from storage.backup import before_migrating  # noqa: PLC0415

        with closing(Database(database.url, FOR_LONG_WORK)) as unhurried:
            before_migrating(unhurried)
            schema.upgrade(unhurried)
    must_be_current(database)
    must_be_guarded(database)


def must_be_guarded(database: Database) -> None:
    """Raises CannotStart where a trigger that guards the history is missing, or one is there that is not
    recbot's, and so could rewrite what is recorded."""
    if failing := database_objects.guards_that_fail(database):
        raise CannotStart(*(f"DATABASE_URL: {name}." for name in failing), database_objects.REMEDY)


def must_be_current(database: Database) -> None:
    """Raises CannotStart for a schema that is behind, or of a newer recbot."""
    if problem := of_schema(database):
        raise CannotStart(f"DATABASE_URL: {problem}")


def must_not_be_newer(database: Database) -> None:
    """Raises CannotStart for a schema from which there is no way to what this version needs."""
    if of_schema(database) == NEWER:
        raise CannotStart(f"DATABASE_URL: {NEWER}")
