"""The `recbot` command. Exit code 0, 1 (failed, one line a problem), 2 (usage)."""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from bot import logs, manifest
from bot.app import CannotStart, Recbot, prepare
from bot.check import check
from bot.clock import clock_from
from bot.operations.example import StoreNotEmpty, load_example
from bot.settings import Settings, SettingsError
from storage import schema
from storage.database import FOR_WORK, Busy, Database
from storage.lock import Locked, alone
from storage.store import Store


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except (SettingsError, CannotStart) as error:
        return _failed(*error.problems)
    except Locked:
        return _failed(
            "Another recbot serves this SQLite file. Stop it first, or use PostgreSQL for several."
        )
    except Busy as error:
        return _failed(f"DATABASE_URL: the database does not answer ({error}). Nothing was changed.")
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="recbot", description="The register of recommendations, in Slack.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, run: object, help_: str) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=help_, description=help_)
        command.set_defaults(run=run)
        return command

    add("serve", _serve, "answer in Slack and post what comes by itself, until stopped")
    demo = add("demo", _demo, "show recbot at work in a Slack that stands in, without any account")
    demo.add_argument("--tour", action="store_true", help="only the tour, then end")
    add("example", _example, "load the shipped stalking case into an empty store")
    add("migrate", _migrate, "bring the database's schema up to this version")
    add("check", _check, "say what is set up and what is not, one line each")
    printed = add("manifest", _manifest, "print the Slack app's manifest, for Socket Mode")
    printed.add_argument("--http", metavar="URL", help="for requests by HTTP to this https address instead")
    return parser


def _serve(_: argparse.Namespace) -> int:
    settings = Settings.load(os.environ)
    logs.configure(settings.log, settings.secrets)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    database = Database(settings.database_url, FOR_WORK)
    with alone(database):
        prepare(database)
        recbot = Recbot(settings, database)
        try:
            recbot.start(died=stopped.set)
            stopped.wait()
        finally:
            recbot.stop()
    return 1 if recbot.is_dead else 0


def _demo(asked: argparse.Namespace) -> int:
    try:
        from bot.standin import demo  # noqa: PLC0415 - not there in an installation without the demo's extras
    except ImportError:
        return _failed("The demo needs its extras: install recbot[demo].")
    return demo.run(only_tour=asked.tour or "CI" in os.environ or not sys.stdin.isatty())


def _example(_: argparse.Namespace) -> int:
    settings = Settings.load(os.environ, with_slack=False)
    database = Database(settings.database_url, FOR_WORK)
    prepare(database)
    try:
        loaded = load_example(Store(database, home_team=""), clock_from(settings.clock).now())
    except StoreNotEmpty:
        return _failed(
            "The store is not empty, so the example was not loaded. Name another file in DATABASE_URL."
        )
    print(
        f"Loaded {loaded.bodies} policing bodies, {loaded.recommendations} recommendations"
        f" and {loaded.responses} responses."
    )
    return 0


def _migrate(_: argparse.Namespace) -> int:
    settings = Settings.load(os.environ, with_slack=False)
    database = Database(settings.database_url, FOR_WORK)
    with alone(database):
        before = schema.present(database)
        schema.upgrade(database)
    after = schema.present(database)
    print(
        f"The schema is at {after}."
        if before == after
        else f"The schema went from {before or 'nothing'} to {after}."
    )
    return 0


def _check(_: argparse.Namespace) -> int:
    settings = Settings.load(os.environ)
    logs.configure(settings.log, settings.secrets)
    findings = check(settings, datetime.now(UTC))
    for finding in findings:
        print(finding)
    return 0 if all(finding.good for finding in findings) else 1


def _manifest(asked: argparse.Namespace) -> int:
    if asked.http is None:
        print(manifest.socket_form(), end="")
        return 0
    try:
        print(manifest.http_form(asked.http), end="")
    except ValueError:
        return _failed("--http: give an https address, such as https://recbot.example.org")
    return 0


def _failed(*problems: str) -> int:
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1
