"""A process that erases words until it is killed, and the bytes that are found in a database's files."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

from sqlalchemy import text

from bot.domain.register.redaction import Ground
from bot.operations.recording import redact
from bot.rendering.blocks.recording.redact import message_without
from storage.database import FOR_WORK, Database
from storage.store import Store
from tests.cast import CORA, HOME, NOW, occasion
from tests.outbox.rig import ClockByHand, Rig

_CANARY = re.compile(rb"Quetzalcoatl(\d{5})")


def erase_until_killed(url: str, seqs: Sequence[int], connection: Pipe, dies_at_once: bool) -> None:
    """Erase one update after the other, each with the rounds of the schedule after it, and tell of each as
    soon as it is acknowledged; `dies_at_once` after the first."""
    store = Store(Database(url, FOR_WORK), HOME, frozenset([CORA.user_id]))
    rig = Rig(store, ClockByHand(NOW))
    schedule = rig.schedule()
    schedule.tick()
    connection.send(0)
    for seq in seqs:
        redact.redact(store, occasion(CORA, NOW, f"erasing {seq}"), seq, Ground.VICTIM, message_without)
        connection.send(seq)
        if dies_at_once:
            os.kill(os.getpid(), signal.SIGKILL)
        rig.run(schedule)


def canaries_in(files: Iterable[Path]) -> set[int]:
    """Return the numbers of the texts of which a byte string is found."""
    return {int(number) for file in files for number in _CANARY.findall(file.read_bytes())}


def files_of(database: Database) -> Iterator[Path]:
    """Return every file in which the database keeps what it holds: SQLite's with its logs, PostgreSQL's
    heap."""
    if database.file is not None:
        yield from (file for file in database.file.parent.glob(f"{database.file.name}*") if file.is_file())
        return
    with database.begin() as connection:
        # What PostgreSQL gave up is unlinked by then.
        connection.execute(text("CHECKPOINT"))
        data = Path(connection.execute(text("SHOW data_directory")).scalar_one())
        own = connection.execute(
            text("SELECT oid FROM pg_database WHERE datname = current_database()")
        ).scalar_one()
    yield from (file for file in (data / "base" / str(own)).iterdir() if file.is_file())


def unpacked(database: Database, backup: Path) -> Path:
    """Return the backup as it can be searched: PostgreSQL's is compressed."""
    if database.is_sqlite:
        return backup
    plain = backup.with_suffix(".sql")
    program = shutil.which("pg_restore") or "pg_restore"
    subprocess.run([program, f"--file={plain}", str(backup)], check=True, capture_output=True)
    return plain
