"""A demo of a test's own, which nobody else needs to find as it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.operations.imports.example import load_example
from bot.standin.stage import Stage, staged
from bot.standin.tour import BEGINS
from storage import schema
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests import templates
from tests.journeys.office import MANIFEST


@contextmanager
def own_stage(folder: Path) -> Iterator[Stage]:
    """Start a demo whose example is copied; that `recbot demo` loads it by itself, the shared one shows."""
    with staged(folder) as stage:
        stage.slack.install(MANIFEST.read_text(encoding="utf-8"))
        templates.fill(f"sqlite:///{folder / 'register.db'}", "as the demo loads it", _load)
        stage.clock.move_to(BEGINS)
        stage.bot.start()
        stage.bot.wait_until_connected(stage.slack)
        yield stage
        assert stage.slack.faults_found == []


def _load(database_url: str) -> None:
    database = Database(database_url, FOR_WORK)
    schema.upgrade(database)
    load_example(Store(database, home_team=""), BEGINS)
    database.close()
