"""`recbot return BODY`, `recbot return --all DIR`: the forms on which bodies answer without Slack."""

import argparse
from datetime import datetime
from pathlib import Path

from bot.commands.bodies import UnknownBody, body_named
from bot.commands.failing import failed, not_written
from bot.domain.questions.names import Body
from bot.domain.refusals.addressees import NothingIsOpen
from bot.domain.register.return_form import ReturnForm
from bot.operations.questions.return_form import return_form_by_operator
from bot.rendering import words
from storage import bodies, private_files
from storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("body", nargs="*", metavar="BODY", help="any name of the body")
    parser.add_argument(
        "--all", metavar="DIR", type=Path, help="a form for each body that has something open, in this folder"
    )
    parser.add_argument("--out", metavar="FILE", type=Path, help="in place of a name of its own, here")


def run(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Return the exit code. `now` is a UTC instant."""
    name = " ".join(arguments.body)
    if bool(name) is bool(arguments.all):
        return failed("Name one body, or a folder for all: recbot return kent, or recbot return --all DIR.")
    try:
        if arguments.all:
            return _write_all(store, now, arguments.all)
        form = return_form_by_operator(store, now, body_named(store, name))
        path = _write(form, Path(), arguments.out)
    except NothingIsOpen as refusal:
        return failed(f"{refusal.body_name} has nothing open.")
    except UnknownBody as error:
        return failed(str(error))
    except FileExistsError as error:
        return failed(f"{error.filename} exists already. Name a new file.")
    except OSError as error:
        return failed(not_written(error.filename, error))
    print(f"Wrote {path}.")
    return 0


def _write_all(store: Store, now: datetime, folder: Path) -> int:
    """Write the form of each body that has anything open. Raises OSError, and FileExistsError for a form that
    is there already."""
    with store.reading() as connection:
        ever = [Body.of(body) for body in bodies.everyone(connection)]
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for body in ever:
        try:
            form = return_form_by_operator(store, now, body)
        except NothingIsOpen:
            continue
        _write(form, folder)
        written += 1
    print(f"Wrote {words.count(written, 'form')} to {folder}.")
    return 0


def _write(form: ReturnForm, folder: Path, chosen_path: Path | None = None) -> Path:
    """Write the form to the chosen file, or to one with a name of its own in the folder. Return the file.

    Raises OSError, and FileExistsError for a form that is there already: it may have been sent out."""
    # The library that writes workbooks takes a while to load.
    from bot.rendering.documents import return_workbook  # noqa: PLC0415

    path = chosen_path or folder / return_workbook.name_of(form)
    try:
        private_files.write_whole(path, lambda unfinished: return_workbook.write(form, unfinished))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    return path
