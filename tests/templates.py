"""Prepared databases: a state is built once in a session of tests, and copied for each test that needs it."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy import URL, make_url

_EMPTY = ("", "")
_built: dict[tuple[str, str], URL] = {}
# On the PostgreSQL server: databases that nobody uses now, by the server and the state that they are in.
_aside: dict[tuple[str, str], list[str]] = {}
# The state that a database was filled with, and the number of the server's next transaction after that.
_lent: dict[str, tuple[tuple[str, str], int]] = {}


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
    with psycopg.connect(_psycopg(url)) as database:
        if database.execute("SELECT FROM pg_tables WHERE schemaname = 'public'").fetchone() is not None:
            return False
    key = (str(url.set(database=None)), state)
    with psycopg.connect(_psycopg(url.set(database="postgres")), autocommit=True) as server:
        if key not in _built:
            template = url.set(database=f"template_{uuid4().hex}")
            server.execute(f'CREATE DATABASE "{template.database}"'.encode())
            _built[key] = _build_in(template, build)
        _put_aside(server, url.database or "", _EMPTY)
        copies = _aside.get(key)
        if copies:
            _rename(server, copies.pop(), url.database or "")
        else:
            server.execute(f'CREATE DATABASE "{url.database}" TEMPLATE "{_built[key].database}"'.encode())
        _lent[url.database or ""] = (key, _next_transaction(server))
    return True


def lend(server: psycopg.Connection, name: str) -> None:
    """Have an empty database of this name."""
    empty = _aside.get(_EMPTY)
    if empty:
        _rename(server, empty.pop(), name)
    else:
        server.execute(f'CREATE DATABASE "{name}"'.encode())


def take_back(server: psycopg.Connection, name: str) -> None:
    """Keep a copy in which nobody wrote for the next that needs its state, and drop any other database."""
    key, transaction = _lent.pop(name, (_EMPTY, -1))
    # Whoever writes takes a number, which nobody who reads does: also in any other database of the server.
    if transaction == _next_transaction(server):
        _put_aside(server, name, key)
    else:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def _put_aside(server: psycopg.Connection, name: str, key: tuple[str, str]) -> None:
    kept = f"aside_{uuid4().hex}"
    _rename(server, name, kept)
    _aside.setdefault(key, []).append(kept)


def _rename(server: psycopg.Connection, name: str, new_name: str) -> None:
    server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
    server.execute(f'ALTER DATABASE "{name}" RENAME TO "{new_name}"'.encode())


def _next_transaction(server: psycopg.Connection) -> int:
    row = server.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchone()
    assert row is not None
    return int(row[0])


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
