"""`recbot publish DIR`: the register as a site for everybody."""

import argparse
from datetime import datetime
from pathlib import Path

from bot.commands.failing import failed, not_written
from storage.published_folder import NotOurs
from storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("directory", metavar="DIR", type=Path, help="an empty or new folder, or recbot's own")
    parser.add_argument(
        "--approved", action="store_true", help="what needs approval counts only once it is approved"
    )


def run(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Return the exit code. `now` is a UTC instant."""
    # Seldom needed, and a part of the time that a start takes.
    from bot.runtime.wiring.publishing import publish  # noqa: PLC0415

    directory: Path = arguments.directory
    try:
        changed = publish(store, now, directory, approved_only=arguments.approved)
    except NotOurs:
        return failed(
            f"{directory} holds something that recbot did not publish, so nothing was written."
            " Name a new or an empty folder."
        )
    except OSError as error:
        return failed(not_written(directory, error))
    print(f"Published to {directory}." if changed else f"{directory} is as the register stands already.")
    return 0
