import gc
from zlib import crc32

import pytest

from tests.compiled_statements import share_compiled_statements
from tests.databases import database_url, postgresql_server, postgresql_url, sqlite_url
from tests.libreoffice import profile

__all__ = ["database_url", "postgresql_server", "postgresql_url", "profile", "sqlite_url"]

# Ten thousand tests are collected, which stay to the end: no search for garbage needs to look through them.
gc.disable()

share_compiled_statements()


# One worker is too few for all that is tried on PostgreSQL, and each worker starts a server of its own.
_POSTGRESQL_GROUPS = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is costly to start is started once: its tests go to one worker, and so do those of a file."""
    for item in items:
        item.add_marker(pytest.mark.xdist_group(_group(item)))


def _group(item: pytest.Item) -> str:
    file = item.path.name
    if item.path.parent.name == "browser":
        return "Chromium"
    if file == "test_in_libreoffice.py":
        return "LibreOffice"
    if "postgresql" in item.name:
        return f"PostgreSQL {crc32(file.encode()) % _POSTGRESQL_GROUPS}"
    return str(item.path)


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
