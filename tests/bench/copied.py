"""A register that was made in a SQLite file, row by row in a database of a PostgreSQL server."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url, text

from storage import empty_schema
from storage.database import Database
from tests.bench.register import FOR_FILLING

_AT_A_TIME = 1_000  # rows


def copied(path: Path, server: str) -> str:
    """Copy the register in a file to a database of its own on a server, and return its URL."""
    name = path.stem
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = make_url(server).set(database=name)
    with closing(Database(url, FOR_FILLING)) as database, closing(sqlite3.connect(path)) as old:
        (revision,) = old.execute("SELECT version_num FROM alembic_version").fetchone()
        tables = empty_schema.make(database, revision, path)
        with psycopg.connect(url.render_as_string(hide_password=False)) as connection:
            for table, columns in tables.items():
                _copy_rows(old, connection, table, columns)
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connected:
            connected.execute(text("VACUUM ANALYZE"))
    return url.render_as_string(hide_password=False)


def _copy_rows(
    old: sqlite3.Connection, connection: psycopg.Connection, table: str, columns: list[str]
) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    rows = old.execute(f'SELECT {names} FROM "{table}"')  # noqa: S608
    # As texts: PostgreSQL reads numbers, days and instants as SQLite writes them, and 0 and 1 as no and yes.
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        while batch := rows.fetchmany(_AT_A_TIME):
            for row in batch:
                copy.write_row(row)
