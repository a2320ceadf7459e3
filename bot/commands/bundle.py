"""`recbot bundle BODY`, `recbot bundle --all`: everything of a body, or of the register, in open formats."""

import argparse
from datetime import date, datetime
from pathlib import Path

from bot.commands.bodies import UnknownBody, body_named
from bot.commands.failing import failed, not_written
from bot.operations.questions.bundle import opened
from bot.rendering.documents import bundle as document
from storage import private_files
from storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("body", nargs="*", metavar="BODY", help="any name of the body")
    parser.add_argument("--all", action="store_true", help="the whole register")
    for name, end in (("--from", "first"), ("--to", "last")):
        parser.add_argument(
            name,
            type=date.fromisoformat,
            metavar="DAY",
            dest=end,
            help=f"the {end} day on which it was recorded, such as 2025-03-27",
        )
    parser.add_argument("--out", metavar="DIR", type=Path, help="in place of a name of its own, here")


def run(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Return the exit code. `now` is a UTC instant."""
    name = " ".join(arguments.body)
    if bool(name) is arguments.all:
        return failed("Name one body, or all: recbot bundle kent, or recbot bundle --all.")
    if arguments.first and arguments.last and arguments.first > arguments.last:
        return failed("--from: the first day comes after the last. Change them over.")
    try:
        body = body_named(store, name) if name else None
        with opened(store, now, body, arguments.first, arguments.last) as bundle:
            folder = arguments.out or Path(document.name_of(bundle))
            private_files.write_folder_whole(folder, lambda unfinished: document.write(bundle, unfinished))
            fingerprint = document.fingerprint(folder)
    except UnknownBody as error:
        return failed(str(error))
    except FileExistsError as error:
        return failed(f"{error.filename} exists already. Name a new folder with --out.")
    except OSError as error:
        return failed(not_written(error.filename, error))
    print(f"Wrote {folder}. Its fingerprint, to be sent by another road: {fingerprint}")
    return 0
