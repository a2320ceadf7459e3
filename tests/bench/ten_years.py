"""`python -m tests.bench.ten_years`: what recbot costs after 1, 2, 5 and 10 years of use, in time of the
processor and in memory, and how fast that grows beside the rows of the register.

Making the register takes some minutes, so it is kept in the folder that is named, and used again."""

import argparse
import dataclasses
import gc
import os
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

from slack_bolt import BoltRequest

from bot.commands.history import backup, restore, verify_history
from bot.domain.messages.home import HomePlace
from bot.domain.messages.reminders import RULE
from bot.domain.questions.account import Form, Format
from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.names import ReportName
from bot.domain.register.people import PersonKey, Request
from bot.domain.values import replace
from bot.operations.messages import digest, endings, following, newcomers, reminders
from bot.operations.questions.export import opened_by_operator
from bot.operations.questions.home import home
from bot.operations.recording import body_facts
from bot.operations.recording.pass_on import pass_on
from bot.operations.request.schedule_plan import SchedulePlan
from bot.operations.upkeep import retention
from bot.rendering.blocks.home import home_tab
from bot.rendering.blocks.messages import digest_message
from bot.rendering.documents import file
from bot.runtime.wiring.publishing import publish
from storage import deliveries, schema
from storage.database import FOR_LONG_WORK, FOR_WORK, Database, Timeouts
from storage.store import Store
from tests.bench.cases import NothingKept, whole
from tests.bench.copied import copied
from tests.bench.register import FOR_FILLING
from tests.bench.requests import command, signed
from tests.bench.years import CONTACT, COORDINATOR, REPORTS_A_YEAR, VIEWER, Decade, now_after
from tests.databases import path_with_client_programs, server

YEARS = (1, 2, 5, 10)
_PLAN = SchedulePlan("C0COORD", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0", reminder_rule=RULE)
# What takes minutes of a processor takes much longer where others use it too.
_UNHURRIED = replace(FOR_LONG_WORK, statement=24 * 3_600)
_TIMES = 30  # that what is asked often is done
_KEEPS_WORDS_FOR = 3  # years

Work = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Figures:
    """What one thing costs in a register of some years."""

    milliseconds: float  # of the processor, in the middle of several times, or once
    megabytes: float  # of memory at most, in a process that does nothing else

    @classmethod
    def read(cls, line: str) -> "Figures":
        """Read what `str` wrote."""
        milliseconds, megabytes = line.split()
        return cls(float(milliseconds), float(megabytes))

    def __str__(self) -> str:
        return f"{self.milliseconds:.3f} {self.megabytes:.1f}"


@dataclass(frozen=True)
class Register:
    """A register of so many years, in the SQLite file at `path`, or copied from there to PostgreSQL."""

    path: Path
    years: int
    reports_a_year: int = REPORTS_A_YEAR
    copied_to: str = ""  # the URL of a database on a server

    @property
    def url(self) -> str:
        return self.copied_to or f"sqlite:///{self.path}"

    @property
    def now(self) -> datetime:
        return now_after(self.years)

    @property
    def last_report(self) -> str:
        """The key of a report that is half a year old, with which bodies are at work."""
        return f"report{self.years * self.reports_a_year - self.reports_a_year // 2 + 1}"

    @property
    def a_past_day(self) -> date:
        return self.now.date() - timedelta(days=60)

    @contextmanager
    def opened(self, timeouts: Timeouts = FOR_WORK) -> Iterator[Store]:
        with closing(Database(self.url, timeouts)) as database:
            yield Store(database, "T0HOME")

    def rows(self) -> int:
        """Return how many rows there are in all tables."""
        with closing(sqlite3.connect(self.path)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            counts = (
                connection.execute(f"SELECT count(*) FROM [{name}]").fetchone()  # noqa: S608
                for (name,) in tables
            )
            return sum(count for (count,) in counts)


@contextmanager
def _typed(who: PersonKey, text: str, register: Register) -> Iterator[Work]:
    """Somebody types a command, and nothing is kept of the answers before."""
    with whole(register.url, cache=NothingKept, now=register.now) as app:

        def ask() -> None:
            body, headers = signed(command(who, text))
            response = app.dispatch(BoltRequest(body=body, headers=dict(headers)))
            assert response.status == 200, response.body
            assert "went wrong" not in response.body, response.body

        yield ask


@contextmanager
def _home(who: PersonKey, register: Register) -> Iterator[Work]:
    with register.opened() as store:
        request = Request(who, register.now, "bench")
        yield lambda: home_tab.home(home(store, request, HomePlace(), _PLAN))


@contextmanager
def _digest(register: Register) -> Iterator[Work]:
    with register.opened() as store:
        yield lambda: digest_message.messages(digest.as_it_would_be(store, register.now, _PLAN), "bench")


@contextmanager
def _round(register: Register) -> Iterator[Work]:
    """What a round of the schedule asks the register before it sends anything, on a day of reminders."""
    tuesday = register.now + timedelta(days=1)

    def look() -> None:
        digest.record_start(store, tuesday)
        body_facts.take_effect(store, tuesday)
        pass_on(store, tuesday)
        reminders.note_due(store, RULE, tuesday)
        newcomers.note_due(store, tuesday)
        following.note_due(store, _PLAN, tuesday)
        reminders.note_leavers(store, tuesday, lambda *_: {})
        endings.note_due(store, tuesday, lambda *_: {})
        with store.reading() as connection:
            deliveries.outbox(connection)
            deliveries.next_sweep(connection)

    with register.opened() as store:
        yield look


@contextmanager
def _quietly(work: Callable[[Store, Path], object], register: Register) -> Iterator[Work]:
    """What is done on the command line, with a folder for its files."""
    with (
        register.opened(_UNHURRIED) as store,
        tempfile.TemporaryDirectory(dir=register.path.parent) as folder,
    ):

        def act() -> None:
            with redirect_stdout(StringIO()):
                code = work(store, Path(folder))
            assert not code, f"exit code {code}"

        yield act


def _account(export: Export, instant: datetime, store: Store, folder: Path) -> None:
    with opened_by_operator(store, instant, export) as account:
        file.write(account, export.format, folder / "account")


def _planned(store: Store, instant: datetime) -> None:
    retention.plan(store, instant, _KEEPS_WORDS_FOR)


def _published(instant: datetime, store: Store, folder: Path) -> None:
    publish(store, instant, folder / "site")


def _restored(instant: datetime, register: Register, _store: Store, folder: Path) -> int:
    with closing(Database(f"sqlite:///{folder / 'restored.db'}", _UNHURRIED)) as database:
        return restore(database, register.path, instant)


@contextmanager
def _restored_on_server(register: Register) -> Iterator[Work]:
    """A register that was just saved takes its own place. The old database stays on the server beside it."""
    with (
        register.opened(_UNHURRIED) as store,
        tempfile.TemporaryDirectory(dir=register.path.parent) as folder,
    ):
        saved = Path(folder) / "saved"

        def act() -> None:
            with redirect_stdout(StringIO()):
                code = restore(store.database, saved, register.now)
            assert not code, f"exit code {code}"

        with redirect_stdout(StringIO()):
            assert not backup(store.database, saved)
        yield act


def often(register: Register) -> Mapping[str, Any]:
    """What is done many times a day, by name."""
    day = register.a_past_day
    report = register.last_report
    return {
        "/recs": partial(_typed, VIEWER, ""),
        "/recs report …": partial(_typed, VIEWER, report),
        "/recs … 1": partial(_typed, VIEWER, f"{report} 1"),
        "/recs … 1 kent": partial(_typed, VIEWER, f"{report} 1 kent"),
        "/recs kent": partial(_typed, VIEWER, "kent"),
        "/recs overdue": partial(_typed, VIEWER, "overdue"),
        "/recs overdue kent": partial(_typed, VIEWER, "overdue kent"),
        "/recs not complete": partial(_typed, VIEWER, "not complete"),
        "/recs deadlines": partial(_typed, VIEWER, "deadlines"),
        "/recs changes": partial(_typed, VIEWER, "changes"),
        "/recs search ISACs": partial(_typed, VIEWER, "search ISACs"),
        "/recs mine": partial(_typed, CONTACT, "mine"),
        "/recs history … 1 kent": partial(_typed, CONTACT, f"history {report} 1 kent"),
        "/recs … 1 as at": partial(_typed, VIEWER, f"{report} 1 as at {day}"),
        "/recs note … 1 kent: …": partial(_typed, CONTACT, f"note {report} 1 kent: we met the provider"),
        "Home of a contact": partial(_home, CONTACT),
        "Home of a coordinator": partial(_home, COORDINATOR),
        "digest": _digest,
        "round of the schedule": _round,
    }


def seldom(register: Register) -> Mapping[str, Any]:
    """What is done by hand or by a timer, by name."""
    now, day = register.now, register.a_past_day
    report = ReportName(register.last_report, register.last_report)
    of_report = Export(subject=report, format=Format.CSV, form=Form.INTERNAL)
    everything = {
        f"recbot export, everything, {format_}": partial(
            _quietly, partial(_account, Export(format=format_, form=Form.INTERNAL), now)
        )
        for format_ in (Format.CSV, Format.XLSX, Format.DOCX)
    }
    in_a_file = partial(_quietly, partial(_restored, now, register))
    of_old = Export(subject=report, format=Format.CSV, form=Form.INTERNAL, as_at=day)
    return {
        "/recs kent as at": partial(_typed, VIEWER, f"kent as at {day}"),
        "/recs report … as at": partial(_typed, VIEWER, f"{report.key} as at {day}"),
        "recbot export, one report": partial(_quietly, partial(_account, of_report, now)),
        "recbot export, one report as at": partial(_quietly, partial(_account, of_old, now)),
        **everything,
        "recbot retention": partial(_quietly, lambda store, _: _planned(store, now)),
        "recbot verify-history": partial(_quietly, lambda store, _: verify_history(store.database)),
        "recbot backup": partial(_quietly, lambda store, folder: backup(store.database, folder / "copy")),
        "recbot publish": partial(_quietly, partial(_published, now)),
        # The last, since on a server tables that were just filled have no statistics yet.
        "recbot restore": _restored_on_server if register.copied_to else in_a_file,
    }


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.ten_years")
    parser.add_argument("folder", nargs="?", type=Path, help="where the registers are kept to be used again")
    parser.add_argument("--years", type=int, nargs="+", default=YEARS)
    parser.add_argument("--only", nargs="+", default=[""], help="what has one of these in its name")
    parser.add_argument("--postgresql", action="store_true", help="copy the registers to a server first")
    parser.add_argument("--measure", nargs=3, metavar=("NAME", "FILE", "YEARS"), help=argparse.SUPPRESS)
    parser.add_argument("--copied-to", default="", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.measure:
        name, path, years = options.measure
        print(_measured(name, Register(Path(path), int(years), copied_to=options.copied_to)))
        return
    with tempfile.TemporaryDirectory(prefix="recbot-bench-") as folder, ExitStack() as on_server:
        registers = made(options.folder or Path(folder), options.years)
        if options.postgresql:
            os.environ["PATH"] = path_with_client_programs()
            url = on_server.enter_context(server(durable=True))
            registers = [
                dataclasses.replace(register, copied_to=copied(register.path, url)) for register in registers
            ]
        _print_table(registers, options.only)


def made(folder: Path, years: Sequence[int], reports_a_year: int = REPORTS_A_YEAR) -> list[Register]:
    """Return the registers of so many years, which a folder holds or is given."""
    registers = [Register(folder / f"year-{number}.db", number, reports_a_year) for number in years]
    if all(register.path.exists() for register in registers):
        return registers
    folder.mkdir(parents=True, exist_ok=True)
    growing = folder / "growing.db"
    growing.unlink(missing_ok=True)
    with closing(Database(f"sqlite:///{growing}", FOR_FILLING)) as database:
        schema.upgrade(database)
        decade = Decade(Store(database, "T0HOME"), reports_a_year=reports_a_year)
        for number in range(1, max(years) + 1):
            decade.year()
            if number in years:
                _copy(growing, folder / f"year-{number}.db")
    growing.unlink()
    return registers


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _print_table(registers: Sequence[Register], only: Sequence[str]) -> None:
    rows = [register.rows() for register in registers]
    sizes = [register.path.stat().st_size / 1e6 for register in registers]
    print(
        "| what | " + " | ".join(f"{register.years} years" for register in registers) + " | growth ÷ rows' |"
    )
    print("|---" * (len(registers) + 2) + "|")
    print(
        "| rows | " + " | ".join(f"{count:,}" for count in rows) + f" | {rows[-1] / rows[0]:.1f} × in all |"
    )
    _print_row("size of the file, MB", [f"{size:.0f}" for size in sizes], sizes, rows)
    for name in (*often(registers[0]), *seldom(registers[0])):
        if any(part in name for part in only):
            figures = [_in_a_process_of_its_own(name, register) for register in registers]
            shown = [f"{_duration(figure.milliseconds)}, {figure.megabytes:.0f} MB" for figure in figures]
            _print_row(name, shown, [figure.milliseconds for figure in figures], rows)


def _print_row(name: str, shown: Sequence[str], values: Sequence[float], rows: Sequence[int]) -> None:
    growth = values[-1] / values[0] / (rows[-1] / rows[0])
    print(f"| {name} | {' | '.join(shown)} | {growth:.2f} |", flush=True)


def _duration(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def _in_a_process_of_its_own(name: str, register: Register) -> Figures:
    """Measure in a process of its own, since the peak of one never goes down again; a SQLite file on a copy,
    since some of it writes."""
    with tempfile.TemporaryDirectory(dir=register.path.parent) as folder:
        path = Path(folder) / "recbot.db"
        if not register.copied_to:
            _copy(register.path, path)
        program = [sys.executable, "-m", "tests.bench.ten_years"]
        options = ["--measure", name, str(path), str(register.years), "--copied-to", register.copied_to]
        done = subprocess.run([*program, *options], check=True, capture_output=True, text=True)
    return Figures.read(done.stdout.strip())


def _measured(name: str, register: Register) -> Figures:
    is_often = name in often(register)
    with {**often(register), **seldom(register)}[name](register) as work:
        if is_often:
            work()
        gc.collect()
        times = [_seconds(work) for _ in range(_TIMES if is_often else 1)]
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figures(statistics.median(times) * 1000, most)


def _seconds(work: Work) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
