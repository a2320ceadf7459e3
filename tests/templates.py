"""Prepared databases: a state is built once in a session of tests, and copied for each test that needs it."""

import atexit
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, make_url

_EMPTY = ("", "")
# A restored database is freed of the rows that were deleted in it after so many uses.
_USES_BETWEEN_VACUUMS = 20
# Seconds for a session that was told to end.
_ENDS_WITHIN = 60.0
# The tables with those of their columns that can be written.
_TABLES = """
    SELECT quote_ident(relname) || '(' || string_agg(quote_ident(attname), ',' ORDER BY attnum) || ')'
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    GROUP BY relname ORDER BY relname
"""
# Whatever a test can change beside rows: tables, columns, checks, triggers and functions.
_SCHEMA = """
    WITH tables AS (SELECT oid, relname FROM pg_class WHERE relnamespace = 'public'::regnamespace),
        columns AS (SELECT attrelid, attnum, attname, atttypid, attnotnull FROM pg_attribute),
        checks AS (SELECT oid, conname, convalidated FROM pg_constraint),
        triggers AS (SELECT oid, tgname, tgenabled FROM pg_trigger),
        functions AS (SELECT oid, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
    SELECT
        (SELECT md5(string_agg(tables::text, ' ' ORDER BY oid)) FROM tables),
        (SELECT md5(string_agg(columns::text, ' ' ORDER BY attrelid, attnum))
            FROM columns JOIN tables ON attrelid = tables.oid),
        (SELECT md5(string_agg(checks::text, ' ' ORDER BY oid)) FROM checks),
        (SELECT md5(string_agg(triggers::text, ' ' ORDER BY oid)) FROM triggers),
        (SELECT md5(string_agg(functions::text, ' ' ORDER BY oid)) FROM functions)
"""
_SEQUENCES = """
    SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1
"""
_built: dict[tuple[str, str], URL] = {}
# On the PostgreSQL server: databases that nobody uses now, by the server and the state that they are in.
_aside: dict[tuple[str, str], list[str]] = {}
# The state that a database was filled with, and the number of the server's next transaction after that.
_lent: dict[str, tuple[tuple[str, str], int]] = {}
# What a template on the PostgreSQL server holds, by its state.
_contents: dict[tuple[str, str], "_Contents"] = {}
# How often a database was restored since it was last freed of deleted rows.
_uses: dict[str, int] = {}
# One connection to each server, by its URL.
_servers: dict[str, psycopg.Connection] = {}


def fill(database_url: str, state: str, build: Callable[[str], None]) -> None:
    """Bring the database at `database_url` to a state.

    `state` names the state: the same name means the same rows. `build` makes it in the database whose URL it
    is given; where the database holds something already, that is `database_url` itself.
    """
    url = make_url(database_url)
    is_filled = _fill_file if url.get_backend_name() == "sqlite" else _fill_on_server
    if not is_filled(url, state, build):
        build(database_url)


def _fill_file(url: URL, state: str, build: Callable[[str], None]) -> bool:
    """Copy the template to a new file; whether that was possible."""
    target = Path(url.database or "")
    if target.exists():
        return False
    key = ("sqlite", state)
    if key not in _built:
        _built[key] = _build_in(url.set(database=str(_folder() / f"{uuid4().hex}.db")), build)
    shutil.copy(_built[key].database or "", target)
    return True


def _fill_on_server(url: URL, state: str, build: Callable[[str], None]) -> bool:
    """Put a copy of the template in the place of the empty database; whether that was possible."""
    name = url.database or ""
    server = _server(_psycopg(url.set(database="postgres")))
    if _lent.get(name) != (_EMPTY, _next_transaction(server)) and _holds_tables(_psycopg(url)):
        return False
    # None would leave the name as it is, and each database would build a template of its own.
    key = (str(url.set(database="")), state)
    if key not in _built:
        template = url.set(database=f"template_{uuid4().hex}")
        server.execute(f'CREATE DATABASE "{template.database}"'.encode())
        _built[key] = _build_in(template, build)
        _contents[key] = _read_contents(_psycopg(template))
    empty = f"empty_{uuid4().hex}"
    _rename(server, name, empty)
    _aside.setdefault(_EMPTY, []).append(empty)
    copies = _aside.get(key)
    if copies:
        _rename(server, copies.pop(), name)
    else:
        _end_sessions(server, _built[key].database or "")
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_built[key].database}"'.encode())
    _lent[name] = (key, _next_transaction(server))
    return True


def lend(server_url: str) -> str:
    """Return the name of an empty database."""
    server = _server(server_url)
    empty = _aside.get(_EMPTY)
    if empty:
        name = empty.pop()
    else:
        name = f"test_{uuid4().hex}"
        server.execute(f'CREATE DATABASE "{name}"'.encode())
    _lent[name] = (_EMPTY, _next_transaction(server))
    return name


def take_back(server_url: str, name: str) -> None:
    """Keep a copy for the next that needs its state, its rows as they were, and drop any other database."""
    server = _server(server_url)
    key, transaction = _lent.pop(name)
    _end_sessions(server, name)
    # Whoever writes takes a number, which nobody who reads does: also in any other database of the server.
    if transaction == _next_transaction(server) or (
        key in _contents and _restore_rows(server, name, key, transaction)
    ):
        _aside.setdefault(key, []).append(name)
    else:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@contextmanager
def on_server(server_url: str) -> Iterator[None]:
    """Databases are lent on this server; it is left before it ends."""
    try:
        yield
    finally:
        if server_url in _servers:
            _servers.pop(server_url).close()


def _server(url: str) -> psycopg.Connection:
    """The connection to the server's own database, which stays open: to begin one costs as much as a test."""
    if url not in _servers:
        _servers[url] = psycopg.connect(url, autocommit=True)
    return _servers[url]


def _holds_tables(url: str) -> bool:
    with psycopg.connect(url) as database:
        return database.execute("SELECT FROM pg_tables WHERE schemaname = 'public'").fetchone() is not None


def _rename(server: psycopg.Connection, name: str, new_name: str) -> None:
    _end_sessions(server, name)
    server.execute(f'ALTER DATABASE "{name}" RENAME TO "{new_name}"'.encode())


def _end_sessions(server: psycopg.Connection, name: str) -> None:
    """End what is connected to a database, and wait until it is gone. Raises TimeoutError."""
    latest = time.monotonic() + _ENDS_WITHIN
    sessions = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    while server.execute(sessions, (name,)).fetchone() is not None:
        if time.monotonic() > latest:
            raise TimeoutError(name)
        # The server's own way of waiting looks only every tenth of a second.
        time.sleep(0.001)


def _next_transaction(server: psycopg.Connection) -> int:
    row = server.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    assert row is not None
    return int(row[0])


class _Contents(NamedTuple):
    schema: str
    rows: dict[str, bytes]
    """What COPY wrote, by the name of a table with its columns."""
    counts: dict[str, int]
    """How many rows that is."""
    sequences: list[tuple[str, int | None]]


def _read_contents(url: str) -> _Contents:
    with psycopg.connect(url) as database:
        tables = [name for (name,) in database.execute(_TABLES.encode()).fetchall()]
        rows = {name: _copied(database, name) for name in tables}
        counts = {name: copied.count(b"\n") for name, copied in rows.items()}
        return _Contents(_schema(database), rows, counts, _sequences(database))


def _restore_rows(server: psycopg.Connection, name: str, key: tuple[str, str], transaction: int) -> bool:
    """Write the template's rows over those that a test left; False where it changed the schema too.

    Copying a database takes a quarter of a second, for its hundreds of files; a test changes a few rows.
    """
    contents = _contents[key]
    with psycopg.connect(make_conninfo(server.info.dsn, dbname=name), autocommit=True) as database:
        if _schema(database) != contents.schema:
            return False
        changed = _changed_tables(database, contents, transaction)
        # Neither the rules that keep history append-only nor the order of the tables hold here.
        database.execute("SET session_replication_role = replica")
        for table in changed:
            database.execute(f"DELETE FROM {table.partition('(')[0]}".encode())  # noqa: S608 - our own names
            with database.cursor().copy(f"COPY {table} FROM STDIN".encode()) as copy:
                copy.write(contents.rows[table])
        for sequence, last in contents.sequences:
            database.execute("SELECT setval(%s::regclass, %s, %s)", (sequence, last or 1, last is not None))
        _uses[name] = _uses.get(name, 0) + 1
        if _uses[name] % _USES_BETWEEN_VACUUMS == 0:
            database.execute("VACUUM ANALYZE")
    return True


def _changed_tables(database: psycopg.Connection, contents: _Contents, transaction: int) -> list[str]:
    """Which tables hold a row written since, or fewer or more rows than before."""
    counted = " UNION ALL ".join(
        f"SELECT '{table}', count(*), count(*) FILTER (WHERE xmin::text::bigint >= {transaction})"  # noqa: S608
        f" FROM {table.partition('(')[0]}"
        for table in contents.rows
    )
    return [
        table
        for table, rows, written in database.execute(counted.encode())
        if written or rows != contents.counts[table]
    ]


def _copied(database: psycopg.Connection, table: str) -> bytes:
    with database.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copy:
        return b"".join(map(bytes, copy))


def _sequences(database: psycopg.Connection) -> list[tuple[str, int | None]]:
    return database.execute(_SEQUENCES.encode()).fetchall()


def _schema(database: psycopg.Connection) -> str:
    return str(database.execute(_SCHEMA.encode()).fetchone())


def _build_in(template: URL, build: Callable[[str], None]) -> URL:
    build(template.render_as_string(hide_password=False))
    return template


def _psycopg(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="recbot-templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
