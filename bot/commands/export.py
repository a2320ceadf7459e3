"""`recbot export [WHAT]`: the account as a file, or the letter that answers a report, for whoever runs recbot
and so may read all of it."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.commands.failing import not_written
from bot.domain.free_text import for_slack, from_slack
from bot.domain.questions.account import Format
from bot.domain.questions.grammar import reader
from bot.domain.questions.grammar.command import TypedCommand
from bot.domain.questions.grammar.typed_commands import Export, Letter
from bot.domain.refusals.refusal import Refusal
from bot.operations.questions import letter
from bot.operations.questions.export import opened_by_operator
from bot.operations.request.name_book import read_names
from bot.rendering.blocks.questions.letter import remarks
from bot.rendering.blocks.refusals.refused import refused
from bot.rendering.blocks.refusals.wording import RefusalContext
from bot.rendering.documents import file
from storage import private_files
from storage.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="*", metavar="WHAT", help="as in Slack: 15, stalking, kent, 15 kent")
    parser.add_argument(
        "--format",
        type=_format,
        default=Format.DOCX,
        metavar=f"{{{','.join(Format)}}}",
        help="docx if not said",
    )
    parser.add_argument("--internal", action="store_true", help="all of it, marked as not for publication")
    parser.add_argument(
        "--approved", action="store_true", help="what needs approval counts only once it is approved"
    )
    parser.add_argument(
        "--letter", action="store_true", help="the letter that answers a report, ready to sign"
    )
    parser.add_argument("--as-at", metavar="DATE", help="as it stood at the end of that day")
    parser.add_argument("--out", metavar="FILE", type=Path, help="in place of a name of its own, here")


class _NotWritten(Exception):
    """Why there is no file; the words are for whoever runs the command."""


def _format(text: str) -> Format:
    try:
        return Format(text)
    except ValueError:
        # As argparse says it, but in words alone: its own choices are printed as the program writes them.
        raise argparse.ArgumentTypeError(
            f"invalid choice: {text!r} (choose from {', '.join(Format)})"
        ) from None


def run(arguments: argparse.Namespace, store: Store, now: datetime) -> int:
    """Return the exit code. `now` is a UTC instant."""
    try:
        path = _letter(arguments, store, now) if arguments.letter else _made(arguments, store, now)
    except Refusal as refusal:
        print(from_slack(refused(refusal, RefusalContext("")).text), file=sys.stderr)
        return 1
    except _NotWritten as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote {path}.")
    return 0


def _made(arguments: argparse.Namespace, store: Store, now: datetime) -> Path:
    """Write the account to its file and return its path. Raises Refusal, _NotWritten."""
    format: Format = arguments.format
    with opened_by_operator(store, now, _read(arguments, store, now)) as account:
        path: Path = arguments.out or Path(file.name_of(account, format))
        _write(path, lambda unfinished: file.write(account, format, unfinished))
    return path


def _letter(arguments: argparse.Namespace, store: Store, now: datetime) -> Path:
    """Write the letter, and say on standard error what it lacks. Raises Refusal, _NotWritten."""
    # Seldom needed, and a part of the time that a start takes.
    from bot.rendering.documents import letter as document  # noqa: PLC0415

    if arguments.internal or arguments.format is not Format.DOCX:
        raise _NotWritten("A letter is a Word file for publication: leave out --internal and --format.")
    command = _understood(store, now, _words(arguments, "letter"))
    if not isinstance(command, Letter):
        raise _NotWritten("Name the report that the letter answers, as in: recbot export --letter stalking")
    for remark in remarks(letter.look_for_operator(store, now, command)):
        print(remark, file=sys.stderr)
    answer_letter = letter.letter_for_operator(store, now, command)
    path: Path = arguments.out or Path(document.name_of(answer_letter))
    _write(path, lambda unfinished: document.write(answer_letter, unfinished))
    return path


def _write(path: Path, write: Callable[[Path], None]) -> None:
    """Write a file whole. Raises _NotWritten, also for a name that is taken: that file may have been sent
    out."""
    try:
        private_files.write_whole(path, write)
    except FileExistsError:
        raise _NotWritten(f"{path} exists already. Name a new file with --out.") from None
    except OSError as error:
        raise _NotWritten(not_written(path, error)) from None


def _read(arguments: argparse.Namespace, store: Store, now: datetime) -> Export:
    """Read what was asked, understood as it is in Slack."""
    own = [
        arguments.format,
        *(["internal"] if arguments.internal else []),
        *(["approved"] if arguments.approved else []),
    ]
    request = _understood(store, now, _words(arguments, "export", *own))
    if not isinstance(request, Export):
        raise TypeError(type(request).__name__)
    return request


def _words(arguments: argparse.Namespace, verb: str, *own: str) -> str:
    then = [f"as at {arguments.as_at}"] if arguments.as_at else []
    return " ".join([verb, *arguments.what, *own, *then])


def _understood(store: Store, now: datetime, typed: str) -> TypedCommand:
    """Read a command as it is typed. Raises Refusal."""
    with store.reading() as connection:
        names = read_names(connection)
    return reader.read(for_slack(typed), names, now.date())
