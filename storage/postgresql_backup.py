"""PostgreSQL's backups: by `pg_dump` and `pg_restore`, which must be installed, of the server's version or a
newer one."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import URL

from storage import empty_schema, private_files
from storage.backup_failed import BackupFailed
from storage.database import FOR_LONG_WORK, Database

# A database that is there on every server, to work from while another one is renamed.
_MAINTENANCE = "postgres"
_LONGEST_NAME = 63
_ROWS_OF_TABLE = re.compile(r"^\d+; \d+ \d+ TABLE DATA public (\S+) .*$", re.MULTILINE)
_LOOKS = 20
_BETWEEN_LOOKS = 0.1  # seconds


class _ProgramFailed(BackupFailed):
    """One of PostgreSQL's programs ended with an error."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(f"{program} failed: {reason}")
        self.reason = reason  # the first line of what it wrote


def dump(database: Database, file: Path) -> None:
    """Write one state of the database to a file that only its owner may read. Raises BackupFailed,
    OSError."""
    private_files.create_anew(file)
    _run("pg_dump", database.url, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
    _run("pg_restore", None, "--list", str(file))


@contextmanager
def beside(database: Database, file: Path) -> Iterator[Database]:
    """Give a new database with what the backup holds, which takes the old one's place when the block ends
    well. Raises BackupFailed."""
    name = database.url.database or ""
    fresh = f"{name[: _LONGEST_NAME - 10]}_restoring"
    if not file.exists():
        raise BackupFailed(f"{file} cannot be read (no such file).")
    with _server(database.url) as server:
        _must_be_alone(server, name)
        _do(server, sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh)))
        _do(server, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(fresh)))
        try:
            beside_it = database.url.set(database=fresh)
            copied = Database(beside_it.render_as_string(hide_password=False), FOR_LONG_WORK)
            try:
                _take_rows(file, copied)
                yield copied
            finally:
                copied.close()
            database.close()
            _must_be_alone(server, name)
            _swap(server, fresh, name)
        finally:
            _do(server, sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(fresh)))


def _take_rows(file: Path, copied: Database) -> None:
    """Copy the backup's rows. Raises BackupFailed for rows that this version's tables do not take."""
    entries = _entries_of_rows(file)
    tables = empty_schema.make(copied, _revision(file), file)
    if missing_tables := [name for name in tables if name not in entries]:
        raise BackupFailed(f"{file} is no recbot backup (it holds no table {missing_tables[0]}).")
    with tempfile.NamedTemporaryFile("w", suffix=".list") as order:
        order.write("".join(f"{entries[name]}\n" for name in tables))
        order.flush()
        options = ("--data-only", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        _run("pg_restore", copied.url, *options, f"--use-list={order.name}", str(file))


def _revision(file: Path) -> str | None:
    written = _run("pg_restore", None, "--data-only", "--table=alembic_version", "--file=-", str(file))
    match = re.search(
        r"^COPY \S*alembic_version \(version_num\) FROM stdin;\n(\S+)\n\\\.", written, re.MULTILINE
    )
    return None if match is None or match[1] == "\\." else match[1]


def _entries_of_rows(file: Path) -> dict[str, str]:
    """Return the lines of the archive's list that stand for the rows of tables, by the table's name.

    Raises BackupFailed, also for what is no archive."""
    try:
        listed = _run("pg_restore", None, "--list", str(file))
    except _ProgramFailed as error:
        raise BackupFailed(f"{file} is no recbot backup ({error.reason}).") from None
    return {match[1]: match[0] for match in _ROWS_OF_TABLE.finditer(listed)}


def _swap(server: psycopg.Connection, fresh: str, name: str) -> None:
    old_name = _free_name(server, name)
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    with server.transaction():
        _do(server, rename.format(sql.Identifier(name), sql.Identifier(old_name)))
        _do(server, rename.format(sql.Identifier(fresh), sql.Identifier(name)))


def _free_name(server: psycopg.Connection, name: str) -> str:
    taken = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
    free, number = f"{name[:40]}_before_restore", 1
    while free in taken:
        number += 1
        free = f"{name[:40]}_before_restore_{number}"
    return free


def _must_be_alone(server: psycopg.Connection, name: str) -> None:
    for _ in range(_LOOKS):
        connections = server.execute("SELECT 1 FROM pg_stat_activity WHERE datname = %s LIMIT 1", (name,))
        if connections.fetchone() is None:
            return
        # Who has hung up is still there for a moment.
        time.sleep(_BETWEEN_LOOKS)
    raise BackupFailed("The database is in use: stop every recbot, and whatever else works with it.")


@contextmanager
def _server(url: URL) -> Iterator[psycopg.Connection]:
    maintenance = url.set(drivername="postgresql", database=_MAINTENANCE)
    try:
        server = psycopg.connect(maintenance.render_as_string(hide_password=False), autocommit=True)
    except psycopg.Error as error:
        raise BackupFailed(f"The server does not answer ({type(error).__name__}).") from None
    with server:
        yield server


def _do(server: psycopg.Connection, statement: sql.Composed) -> None:
    try:
        server.execute(statement)
    except psycopg.Error as error:
        raise BackupFailed(f"The server refuses it ({error.diag.message_primary or error}).") from None


def _run(program: str, url: URL | None, *arguments: str) -> str:
    """Run a program and return what it writes. The password goes by the environment: arguments can be seen by
    everybody."""
    path = shutil.which(program)
    if path is None:
        raise BackupFailed(f"{program} is not there: install PostgreSQL's client programs.")
    environment = dict(os.environ)
    database_argument: tuple[str, ...] = ()
    if url is not None:
        environment["PGPASSWORD"] = url.password or environment.get("PGPASSWORD", "")
        # `set` takes None for a part that is to stay, and a password that stays is written as ***.
        plain = url.set(drivername="postgresql")._replace(password=None).render_as_string()
        # A socket's folder in the host's place is SQLAlchemy's way to write it, and libpq's too.
        database_argument = (f"--dbname={plain}",)
    done = subprocess.run(  # noqa: S603 - no shell, and the program is PostgreSQL's own
        [path, *database_argument, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        texts = done.stderr.strip().splitlines() or ["no reason given"]
        raise _ProgramFailed(program, texts[0])
    return done.stdout
