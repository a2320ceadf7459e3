"""recbot as processes of their own, forked from one that has imported it: a test waits for no imports.

That `python -m bot` starts is shown by tests/test_cli.py, tests/commands and the demo's tests."""

import atexit
import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Protocol

# Another module may be named that starts recbot in its own way: tests.prove.at_debug.
PROGRAM = os.environ.get("RECBOT_TESTED_AS", "bot")

_forking = multiprocessing.get_context("forkserver")
# With what a process would load later.
_forking.set_forkserver_preload([
    "bot.cli", "bot.runtime.wiring.recbot", "bot.domain.personal_data.check", "bot.commands.check",
    "bot.domain.questions.plain_words.reader",
    "sqlalchemy.dialects.sqlite.pysqlite", "sqlalchemy.dialects.postgresql.psycopg", "alembic.command",
    "alembic.config", "holidays.countries", __name__,
])  # fmt: skip


class Running(Protocol):
    """What a test does with a process; as `subprocess.Popen` has it."""

    @property
    def pid(self) -> int: ...

    def send_signal(self, sig: int) -> None: ...

    def kill(self) -> None: ...

    def wait(self, timeout: float | None = None) -> int:
        """The exit code, negative for a signal. Raises subprocess.TimeoutExpired."""

    def poll(self) -> int | None:
        """The exit code once it has ended."""


class Forked:
    """A process that is forked."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def kill(self) -> None:
        self._process.kill()

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self._process.exitcode
        if code is None:
            raise subprocess.TimeoutExpired("recbot", timeout or 0.0)
        return code

    def poll(self) -> int | None:
        return self._process.exitcode


def start(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    out: Path,
    err: Path,
    program: str = PROGRAM,
) -> Running:
    """Start a `recbot` command in `folder`, with these variables alone; what it writes is added to two
    files, which may be one."""
    if program != "bot":
        with out.open("ab") as to_out, err.open("ab") as to_err:
            return subprocess.Popen(
                [sys.executable, "-m", program, *arguments],
                env=environment,
                cwd=folder,
                stdout=to_out,
                stderr=to_err,
            )
    process = _forking.Process(
        target=_recbot, args=(list(arguments), dict(environment), folder, out, err), daemon=True
    )
    process.start()
    return Forked(process)


def run(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a `recbot` command to its end, at most so many seconds long."""
    with tempfile.TemporaryDirectory() as files:
        out, err = Path(files, "out"), Path(files, "err")
        process = start(arguments, environment, folder, out=out, err=err)
        try:
            code = process.wait(timeout)
        finally:
            process.kill()
        return subprocess.CompletedProcess(
            ["recbot", *arguments], code, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")
        )


def _recbot(arguments: list[str], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    """Become recbot, as if started anew."""
    from bot.cli import main  # noqa: PLC0415 - only the process that is forked from has it

    # What was made before the fork stays: the end looks through nothing but what came since.
    gc.freeze()
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None
    os.chdir(folder)
    for path, stream in ((out, sys.stdout), (err, sys.stderr)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.argv = ["recbot", *arguments]
    try:
        code = main(arguments)
    finally:
        # As at the end of any other program, which a process that is forked leaves out: databases are closed.
        gc.collect()
        atexit._run_exitfuncs()
    sys.exit(code)
