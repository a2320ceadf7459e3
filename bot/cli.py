"""The `recbot` command. Exit code 0, 1 (failed, one line a problem), 2 (usage)."""

import argparse
import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.commands.failing import failed
from bot.runtime import version

# Every command loads what it needs when it runs: to load all would take longer than most of them.
if TYPE_CHECKING:
    from bot.runtime.wiring.starting import CannotStart
    from bot.settings import Settings, SettingsError
    from storage.database import Busy, Timeouts
    from storage.lock import Locked
    from storage.store import Store

log = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    try:
        code = _run(_parser().parse_args(arguments))
        # Python would do it at its end, where a failure could not be caught.
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of the output has closed it, as in `recbot contacts | head`.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(arguments: argparse.Namespace) -> int:
    try:
        code: int = arguments.run(arguments)
    # Python asks which exceptions these are only once one was raised, and no command loads anything for them.
    except _with_problems() as error:
        return failed(*error.problems)
    except _locked():
        return failed("Another recbot serves this SQLite file. Stop it first, or use PostgreSQL for several.")
    except _busy() as error:
        return failed(f"DATABASE_URL: the database does not answer ({error}). Nothing was changed.")
    return code


def _with_problems() -> tuple[type["SettingsError"], type["CannotStart"]]:
    from bot.runtime.wiring.starting import CannotStart
    from bot.settings import SettingsError

    return SettingsError, CannotStart


def _locked() -> type["Locked"]:
    from storage.lock import Locked

    return Locked


def _busy() -> type["Busy"]:
    from storage.database import Busy

    return Busy


@contextmanager
def loading() -> Iterator[None]:
    """Load modules: nearly all that is made meanwhile stays to the end, and looking through it for garbage
    takes time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


class _CommandParser(argparse.ArgumentParser):
    """Reads the arguments of one command, whose module is loaded where it is the one that was typed."""

    add_arguments: Callable[[argparse.ArgumentParser], None] | None = None

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self.add_arguments:
            self.add_arguments(self)
        return super().parse_known_args(args, namespace)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="recbot", description="The register of recommendations, in Slack.")
    parser.add_argument("--version", action="version", version=f"recbot {version.installed()}")
    parser.add_argument(
        "--settings",
        metavar="FILE",
        type=Path,
        help="read the settings in this file, as recbot init writes it; what is set in the environment wins",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_CommandParser)

    def add(
        name: str,
        run: Callable[[argparse.Namespace], int],
        help_: str,
        add_arguments: Callable[[argparse.ArgumentParser], None] | None = None,
    ) -> None:
        command = commands.add_parser(name, help=help_, description=help_)
        command.set_defaults(run=run)
        command.add_arguments = add_arguments

    add("serve", _serve, "answer in Slack and post what comes by itself, until stopped")
    add("tick", _tick, "one round of the schedule, to its end, for cron or systemd")
    add("demo", _demo, "show recbot at work in a Slack that stands in, without any account", _demo_arguments)
    add(
        "init",
        _init,
        "ask for the tokens, have Slack check them, and write the settings",
        _arguments_of("init"),
    )
    add("check", _check, "say what is set up and what is not, one line each")
    add("manifest", _manifest, "print the Slack app's manifest, for Socket Mode", _manifest_arguments)
    add("migrate", _migrate, "bring the database's schema up to this version")
    add("example", _example, "load the shipped stalking case into an empty register")
    add("import", _import, "load reports, bodies, contacts and answers from a file", _arguments_of("import_"))
    add("export", _export, "write the account to a file", _arguments_of("export"))
    add("publish", _publish, "write the register as a site that everybody may read", _arguments_of("publish"))
    add("return", _return, "write the form on which a body answers without Slack", _arguments_of("return_"))
    add(
        "bundle",
        _bundle,
        "hand over all of a body, or of the register, in open formats",
        _arguments_of("bundle"),
    )
    add("contacts", _contacts, "list who records for whom")
    summary = "list which bodies end, plan the end of one, or give one a new name, type or code"
    add("bodies", _bodies, summary, _arguments_of("endings"))
    add("digest", _digest, "show what the digest would say now, or have it posted", _digest_arguments)
    summary = "say whether the history is as it was recorded"
    add("verify-history", _verify_history, summary, _verify_history_arguments)
    summary = "erase the words of an update, lawfully, wherever they are kept"
    add("redact", _redact, summary, _redact_arguments)
    add(
        "hold",
        _hold,
        "keep words from being erased until the hold is lifted",
        _arguments_of("retention", "add_hold_arguments"),
    )
    summary = "erase words that are no longer needed, or say which they are"
    add("retention", _retention, summary, _arguments_of("retention", "add_retention_arguments"))
    add("backup", _backup, "save the register to a new file", _file_argument)
    add("restore", _restore, "put a saved register in the place of this one", _file_argument)
    return parser


def _arguments_of(module: str, function: str = "add_arguments") -> Callable[[argparse.ArgumentParser], None]:
    """Return what adds a command's arguments: a function of its module, which is loaded only then."""

    def add_arguments(parser: argparse.ArgumentParser) -> None:
        getattr(import_module(f"bot.commands.{module}"), function)(parser)

    return add_arguments


def _file_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def _serve(arguments: argparse.Namespace) -> int:
    with loading():
        from bot.commands import register
        from bot.runtime import logs
        from bot.runtime.wiring.recbot import Recbot
        from bot.runtime.wiring.starting import prepare
        from bot.settings import Settings
        from storage.database import FOR_WORK, Database
        from storage.lock import alone
        from storage.temporary_files import temporary_files

    settings = Settings.load(_environ(arguments))
    logs.configure(settings.log, settings.secrets)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    database = Database(settings.database_url, FOR_WORK)
    with alone(database), temporary_files():
        is_new = database.is_missing
        prepare(database)
        if is_new:
            log.warning("%s", register.made(database))
        recbot = Recbot(settings, database)
        try:
            recbot.start(died=stopped.set)
            stopped.wait()
        finally:
            recbot.stop()
    return 1 if recbot.is_dead else 0


def _tick(arguments: argparse.Namespace) -> int:
    with loading():
        from bot.commands import register
        from bot.runtime import logs
        from bot.runtime.wiring.schedule import tick
        from bot.settings import Settings
        from storage.temporary_files import temporary_files

    settings = Settings.load(_environ(arguments))
    logs.configure(settings.log, settings.secrets)
    with temporary_files():
        tick(settings, register.existing(settings.database_url))
    return 0


def _demo_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--tour", action="store_true", help="only the tour, then end")


def _demo(arguments: argparse.Namespace) -> int:
    try:
        from bot.standin import demo
    except ImportError:
        return failed("The demo needs its extras: install recbot[demo].")
    return demo.run(only_tour=arguments.tour or "CI" in os.environ or not sys.stdin.isatty())


def _example(arguments: argparse.Namespace) -> int:
    from bot.commands import example
    from bot.runtime.clock import clock_from
    from storage.database import FOR_WORK, Database

    settings = _settings(arguments)
    return example.run(Database(settings.database_url, FOR_WORK), clock_from(settings.clock).now())


def _migrate(arguments: argparse.Namespace) -> int:
    from bot.commands import migrate
    from storage.database import FOR_LONG_WORK, Database

    return migrate.run(Database(_settings(arguments).database_url, FOR_LONG_WORK))


def _import(arguments: argparse.Namespace) -> int:
    from bot.commands import import_, register
    from bot.runtime.clock import clock_from

    settings = _settings(arguments)
    with register.Filling(settings.database_url) as filling:
        code = import_.run(arguments, filling.open, clock_from(settings.clock).now())
        if code == 0 and not arguments.dry_run and (new := filling.keep()):
            print(new)
    return code


def _export(arguments: argparse.Namespace) -> int:
    from bot.commands import export
    from bot.runtime.clock import clock_from
    from storage.database import FOR_LONG_WORK
    from storage.temporary_files import temporary_files

    settings = _settings(arguments)
    with temporary_files():
        return export.run(arguments, _store(settings, FOR_LONG_WORK), clock_from(settings.clock).now())


def _publish(arguments: argparse.Namespace) -> int:
    from bot.commands import publish
    from bot.runtime.clock import clock_from
    from storage.database import FOR_LONG_WORK

    settings = _settings(arguments)
    return publish.run(arguments, _store(settings, FOR_LONG_WORK), clock_from(settings.clock).now())


def _return(arguments: argparse.Namespace) -> int:
    from bot.commands import return_
    from bot.runtime.clock import clock_from

    settings = _settings(arguments)
    return return_.run(arguments, _store(settings), clock_from(settings.clock).now())


def _bundle(arguments: argparse.Namespace) -> int:
    from bot.commands import bundle
    from bot.runtime.clock import clock_from
    from storage.database import FOR_LONG_WORK

    settings = _settings(arguments)
    return bundle.run(arguments, _store(settings, FOR_LONG_WORK), clock_from(settings.clock).now())


def _contacts(arguments: argparse.Namespace) -> int:
    from bot.operations.questions import contacts
    from bot.rendering import plain
    from bot.runtime.clock import clock_from

    settings = _settings(arguments)
    for line in plain.contacts(contacts.of_all(_store(settings), clock_from(settings.clock).today())):
        print(line)
    return 0


def _digest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["preview", "send"])


def _digest(arguments: argparse.Namespace) -> int:
    from bot.operations.messages import digest
    from bot.rendering import plain
    from bot.runtime.clock import clock_from
    from bot.runtime.wiring.schedule import plan_of

    settings = _settings(arguments)
    now = clock_from(settings.clock).now()
    if arguments.what == "preview":
        print(plain.digest(digest.as_it_would_be(_store(settings), now, plan_of(settings))))
        return 0
    if not digest.order(_store(settings), now, plan_of(settings)):
        return failed("RECBOT_DIGEST_CHANNEL: set the channel that the digest is posted to.")
    print("The digest is due now. recbot serve posts it within a minute; recbot tick does at once.")
    return 0


def _verify_history_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--anchor",
        action="append",
        default=[],
        metavar="N,HASH",
        help="what `/recs digest` shows, to hold it to",
    )


def _verify_history(arguments: argparse.Namespace) -> int:
    from bot.commands import history, register
    from storage.database import FOR_LONG_WORK

    database = register.existing(_settings(arguments).database_url, FOR_LONG_WORK)
    return history.verify_history(database, arguments.anchor)


def _redact_arguments(parser: argparse.ArgumentParser) -> None:
    from bot.domain.register.redaction import Ground

    parser.add_argument("seq", nargs="?", type=int, metavar="N", help="without it, only clean the files")
    parser.add_argument("--ground", default="", help="; ".join(Ground))


def _redact(arguments: argparse.Namespace) -> int:
    from bot.commands import history, register
    from bot.runtime.clock import clock_from

    settings = _settings(arguments)
    now = clock_from(settings.clock).now()
    return history.redact(register.existing(settings.database_url), arguments.seq, arguments.ground, now)


def _bodies(arguments: argparse.Namespace) -> int:
    from bot.commands import endings
    from bot.runtime.clock import clock_from

    settings = _settings(arguments)
    return endings.run(arguments, _store(settings), clock_from(settings.clock).now())


def _hold(arguments: argparse.Namespace) -> int:
    from bot.commands import retention
    from bot.runtime.clock import clock_from

    settings = _settings(arguments)
    return retention.run_hold(arguments, _store(settings), clock_from(settings.clock).now())


def _retention(arguments: argparse.Namespace) -> int:
    from bot.commands import retention
    from bot.runtime.clock import clock_from
    from storage.database import FOR_LONG_WORK

    settings = _settings(arguments)
    store = _store(settings, FOR_LONG_WORK)
    return retention.run_retention(arguments, store, clock_from(settings.clock).now())


def _backup(arguments: argparse.Namespace) -> int:
    from bot.commands import history, register
    from storage.database import FOR_LONG_WORK, Database

    database = register.must_be_there(Database(_settings(arguments).database_url, FOR_LONG_WORK))
    return history.backup(database, arguments.file)


def _restore(arguments: argparse.Namespace) -> int:
    from bot.commands import history
    from bot.runtime.clock import clock_from
    from storage.database import FOR_LONG_WORK, Database

    settings = _settings(arguments)
    database = Database(settings.database_url, FOR_LONG_WORK)
    return history.restore(database, arguments.file, clock_from(settings.clock).now())


def _settings(arguments: argparse.Namespace) -> "Settings":
    """Load the settings of a command that only touches the register."""
    from bot.settings import Settings

    return Settings.load(_environ(arguments), with_slack=False)


def _environ(arguments: argparse.Namespace) -> Mapping[str, str]:
    from bot.commands import settings_file

    return settings_file.beneath(os.environ, arguments.settings)


def _store(settings: "Settings", timeouts: "Timeouts | None" = None) -> "Store":
    from bot.commands import register
    from storage.database import FOR_WORK
    from storage.store import Store

    return Store(register.existing(settings.database_url, timeouts or FOR_WORK), home_team="")


def _init(arguments: argparse.Namespace) -> int:
    from bot.commands import init
    from bot.runtime import logs

    logs.configure("console")
    return init.run(arguments, os.environ, datetime.now(UTC))


def _check(arguments: argparse.Namespace) -> int:
    from bot.commands.check import check
    from bot.runtime import logs
    from bot.settings import Settings

    settings = Settings.load(_environ(arguments))
    logs.configure(settings.log, settings.secrets)
    findings = check(settings, datetime.now(UTC))
    for finding in findings:
        print(finding)
    return 0 if all(finding.good for finding in findings) else 1


def _manifest_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--http", metavar="URL", help="for requests by HTTP to this https address instead")


def _manifest(arguments: argparse.Namespace) -> int:
    from bot import manifest

    if arguments.http is None:
        print(manifest.socket_form(), end="")
        return 0
    try:
        print(manifest.http_form(arguments.http), end="")
    except ValueError:
        return failed("--http: give an https address, such as https://recbot.example.org")
    return 0
