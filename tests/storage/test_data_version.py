"""A number that stays the same for as long as nobody commits anything."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from storage.database import Database


def test_each_commit_of_anybodys_changes_it_and_nothing_else_does(sqlite_url: str, tmp_path: Path) -> None:
    with closing(Database(sqlite_url)) as database:
        with database.begin() as connection:
            connection.execute(text("CREATE TABLE notes (note TEXT)"))
        numbers = [database.data_version()]
        with database.reading() as connection:
            connection.execute(text("SELECT * FROM notes")).all()
        assert database.data_version() == numbers[-1]
        with database.begin_short() as connection:
            connection.execute(text("INSERT INTO notes VALUES ('ours')"))
            # Not yet committed.
            assert database.data_version() == numbers[-1]
        numbers.append(database.data_version())
        with closing(sqlite3.connect(tmp_path / "recbot.db")) as other, other:
            other.execute("INSERT INTO notes VALUES ('another process’s')")
        numbers.append(database.data_version())
        assert len(set(numbers)) == len(numbers)


def test_it_is_told_again_after_the_database_was_closed(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database:
        assert database.data_version() is not None
        database.close()
        assert database.data_version() is not None


def test_where_there_is_none_nobody_relies_on_it(postgresql_url: str, tmp_path: Path) -> None:
    for url in (postgresql_url, f"sqlite:///{tmp_path}"):
        with closing(Database(url)) as database:
            assert database.data_version() is None
