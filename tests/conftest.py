import gc

from hypothesis import settings

from tests.compiled_statements import share_compiled_statements
from tests.databases import database_url, postgresql_server, postgresql_url, sqlite_url
from tests.libreoffice import profile

__all__ = ["database_url", "postgresql_server", "postgresql_url", "profile", "sqlite_url"]

# Ten thousand tests are collected, which stay to the end: no search for garbage needs to look through them.
gc.disable()

share_compiled_statements()

# No test asks how fast anything is: Hypothesis would, of each example.
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()
