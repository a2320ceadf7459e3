"""`recbot publish DIR`: the register as a site for everybody."""

import argparse
import sys
from datetime import datetime
from pathlib import Path

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
        print(
            f"{directory} holds something that recbot did not publish, so nothing was written."
            " Name a new or an empty folder.",
            file=sys.stderr,
        )
        return 1
    except OSError as error:
        print(f"{directory} cannot be written: {error.strerror}.", file=sys.stderr)
        return 1
    print(f"Published to {directory}." if changed else f"{directory} is as the register stands already.")
    return 0
