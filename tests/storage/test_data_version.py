"""What stays the same for as long as nobody commits anything."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from storage.data_version import DataVersion
from storage.database import Database
from tests.storage.test_database import end_connections


def test_each_commit_of_anybodys_changes_it_and_reading_does_not(database_url: str) -> None:
    with closing(Database(database_url)) as database, closing(Database(database_url)) as others:
        with database.begin() as connection:
            connection.execute(text("CREATE TABLE notes (note TEXT)"))
        versions = [database.data_version()]
        with database.reading() as connection:
            connection.execute(text("SELECT * FROM notes")).all()
        assert database.data_version() == versions[-1]
        for database_of_writer in (database, others):
            with database_of_writer.begin_short() as connection:
                connection.execute(text("INSERT INTO notes VALUES ('ours, or another process’s')"))
                # Not yet committed.
                during = database.data_version()
            versions.append(database.data_version())
            assert versions[-1] not in (during, None)
        assert len(set(versions)) == len(versions)


def test_a_commit_of_whoever_began_before_another_ended_changes_it_too(postgresql_url: str) -> None:
    with closing(Database(postgresql_url)) as database:
        with database.begin() as connection:
            connection.execute(text("CREATE TABLE notes (note TEXT)"))
        write = text("INSERT INTO notes VALUES ('a note')")
        with database.begin() as first:
            first.execute(write)
            with database.begin() as second:
                second.execute(write)
            between = database.data_version()
        assert database.data_version() not in (between, None)


def test_it_is_told_again_after_the_database_was_closed(database_url: str) -> None:
    with closing(Database(database_url)) as database:
        assert database.data_version() is not None
        database.close()
        assert database.data_version() is not None


def test_a_connection_that_has_gone_is_not_missed_for_long(postgresql_url: str) -> None:
    with closing(Database(postgresql_url)) as database:
        assert database.data_version() is not None
        end_connections(database)
        assert database.data_version() is None
        assert database.data_version() is not None


def test_nobody_waits_for_long_while_another_reads_it(sqlite_url: str) -> None:
    with closing(Database(sqlite_url)) as database:
        version = DataVersion(database.engine)
        with version._lock:
            assert version.read() is None
        assert version.read() is not None
        version.close()


def test_where_there_is_none_nobody_relies_on_it(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}")) as database:
        assert database.data_version() is None
