"""`recbot export [WHAT]`: the account as a file, for whoever runs recbot and so may read all of it."""

import argparse
import os
import sys
from datetime import datetime
from pathlib import Path

from bot.domain.free_text import for_slack, from_slack
from bot.domain.questions.account import Account, Format
from bot.domain.questions.grammar import reader
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.refusals import Refusal
from bot.operations.questions.export import opened_by_operator
from bot.operations.request.finding import read_names
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
        made = _made(arguments, store, now)
    except Refusal as refusal:
        print(from_slack(refused(refusal, RefusalContext("")).text), file=sys.stderr)
        return 1
    except _NotWritten as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Wrote {made}.")
    return 0


def _made(arguments: argparse.Namespace, store: Store, now: datetime) -> Path:
    """Raises Refusal, _NotWritten."""
    format: Format = arguments.format
    with opened_by_operator(store, now, _read(arguments, store, now)) as account:
        path: Path = arguments.out or Path(file.name_of(account, format))
        try:
            _write(account, format, path)
        except FileExistsError:
            raise _NotWritten(f"{path} exists already. Name a new file with --out.") from None
        except OSError as error:
            raise _NotWritten(f"{path} cannot be written: {error.strerror}.") from None
    return path


def _write(account: Account, format: Format, path: Path) -> None:
    """Raises OSError, and FileExistsError for a name that is taken: that file may have been sent out."""
    if path.exists():
        raise FileExistsError
    # It is written under another name first, so that a file of this name is always whole.
    unfinished = path.with_name(f"{path.name}.part")
    private_files.create_anew(unfinished)
    try:
        file.write(account, format, unfinished)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _read(arguments: argparse.Namespace, store: Store, now: datetime) -> Export:
    """Read what was asked, understood as it is in Slack."""
    words = [*arguments.what, arguments.format, *(["internal"] if arguments.internal else [])]
    if arguments.as_at:
        words.append(f"as at {arguments.as_at}")
    with store.reading() as connection:
        names = read_names(connection)
    request = reader.read(for_slack(f"export {' '.join(words)}"), names, now.date())
    if not isinstance(request, Export):
        raise TypeError(type(request).__name__)
    return request
