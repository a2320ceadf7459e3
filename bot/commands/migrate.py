"""`recbot migrate`: the schema brought up to this version, and what guards the history set up again."""

from bot.commands import register
from bot.commands.failing import failed
from bot.runtime.wiring.starting import must_not_be_newer
from storage import database_objects, schema
from storage.backup import before_migrating
from storage.database import Database
from storage.lock import alone


def run(database: Database) -> int:
    """Return 0, or 1 where a guard cannot be set up. Raises CannotStart, Locked, Busy."""
    with alone(database):
        is_new = database.is_missing
        must_not_be_newer(database)
        before = schema.present(database)
        copy = before_migrating(database)
        schema.upgrade(database)
        failing_guards = database_objects.guards_that_fail(database)
        failing = database_objects.guard_again(database) if failing_guards else []
    if is_new:
        print(register.made(database))
    if copy:
        print(f"The database as it was is kept as {copy}.")
    after = schema.present(database)
    print(
        f"The schema is at {after}."
        if before == after
        else f"The schema went from {before or 'nothing'} to {after}."
    )
    if failing:
        return failed(*(f"DATABASE_URL: {name}." for name in failing), database_objects.REMEDY)
    if failing_guards:
        print(f"Set up again: {'; '.join(failing_guards)}.")
    return 0
