from tests.compiled_statements import share_compiled_statements
from tests.databases import database_url, postgresql_server, postgresql_url, sqlite_url

__all__ = ["database_url", "postgresql_server", "postgresql_url", "sqlite_url"]

share_compiled_statements()
