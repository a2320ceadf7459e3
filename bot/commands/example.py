"""`recbot example`: the shipped case, loaded into an empty register."""

from datetime import datetime

from bot.commands import register
from bot.commands.failing import failed
from bot.operations.imports.example import StoreNotEmpty, load_example
from bot.runtime.wiring.starting import prepare
from storage.database import Database
from storage.store import Store


def run(database: Database, instant: datetime) -> int:
    """Return 0, or 1 where the register is not empty. Raises CannotStart, Busy."""
    is_new = database.is_missing
    prepare(database)
    if is_new:
        print(register.made(database))
    try:
        loaded = load_example(Store(database, home_team=""), instant)
    except StoreNotEmpty:
        return failed(
            f"The register {register.place(database)} is not empty, so the example was not loaded."
            " For another one set DATABASE_URL=sqlite:///FILE."
        )
    print(
        f"Loaded {loaded.bodies} policing bodies, {loaded.recommendations} recommendations"
        f" and {loaded.responses} responses."
    )
    return 0
