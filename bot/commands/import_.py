"""`recbot import FILE`: bodies, reports, recommendations, contacts and answers, all of a file or nothing."""

import argparse
from collections.abc import Callable
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path

from bot.commands.failing import failed, not_written
from bot.domain.register.imports import FileRefused
from bot.operations.imports.imports import import_file
from bot.rendering import imports
from storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "file", nargs="?", metavar="FILE", type=Path, help="xlsx, ods, csv, yaml, json, or a folder"
    )
    source.add_argument(
        "--bodies", action="store_true", help="the 43 policing bodies of 2024, which come with recbot"
    )
    source.add_argument(
        "--template",
        metavar="FILE",
        type=Path,
        help="write an empty file to fill in: .xlsx, .yaml, or a folder of csv files",
    )
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")
    parser.add_argument(
        "--hidden", action="store_true", help="read hidden and struck-out rows, columns and sheets too"
    )


def run(arguments: argparse.Namespace, store: Callable[[], Store], now: datetime) -> int:
    """Return the exit code. `now` is a UTC instant; `store` is opened only where something is imported.
    Raises Busy."""
    if arguments.template:
        return _write_template(arguments.template)
    if arguments.bodies:
        with as_file(files("bot.example").joinpath("bodies.csv")) as shipped:
            return _import(shipped, arguments, store, now)
    return _import(arguments.file, arguments, store, now)


def _import(file: Path, arguments: argparse.Namespace, store: Callable[[], Store], now: datetime) -> int:
    # Read by libraries that take a part of the time of every other command's start.
    from bot.importing import reading  # noqa: PLC0415

    try:
        batch = reading.read(file, hidden_too=arguments.hidden)
        imported = import_file(store(), batch, now, dry_run=arguments.dry_run)
    except FileRefused as refusal:
        return failed(*imports.faults(refusal.faults))
    except OSError as error:
        return failed(f"{file} cannot be read: {error.strerror}.")
    for remark in batch.passed_over:
        print(remark)
    for line in imports.outcome(imported):
        print(line)
    return 0


def _write_template(path: Path) -> int:
    from bot.importing import template  # noqa: PLC0415 - as above

    try:
        template.write(path)
    except FileExistsError:
        return failed(f"{path} is there already. Give another name.")
    except OSError as error:
        return failed(not_written(path, error))
    print(f"Wrote {path}.")
    return 0
