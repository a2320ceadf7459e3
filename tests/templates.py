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

_built: dict[tuple[str, str], URL] = {}


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
    """Make the empty database anew as a copy of the template; whether that was possible."""
    with psycopg.connect(_psycopg(url)) as database:
        if database.execute("SELECT FROM pg_tables WHERE schemaname = 'public'").fetchone() is not None:
            return False
    key = (str(url.set(database=None)), state)
    with psycopg.connect(_psycopg(url.set(database="postgres")), autocommit=True) as server:
        if key not in _built:
            template = url.set(database=f"template_{uuid4().hex}")
            server.execute(f'CREATE DATABASE "{template.database}"'.encode())
            _built[key] = _build_in(template, build)
        server.execute(f'DROP DATABASE "{url.database}"'.encode())
        server.execute(f'CREATE DATABASE "{url.database}" TEMPLATE "{_built[key].database}"'.encode())
    return True


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
