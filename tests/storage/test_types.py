"""Instants, dates and flags come back as they went in."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from storage.types import Flag, LondonDate, UtcDateTime
from tests.storage import register

things = Table(
    "things",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
    Column("day", LondonDate),
    Column("yes", Flag),
    sqlite_strict=True,
)
PARIS = timezone(timedelta(hours=1))
INSTANTS = (
    datetime(2025, 3, 10, 9, 0, tzinfo=UTC),
    datetime(2025, 3, 10, 9, 0, 0, 1, tzinfo=UTC),
    datetime(2025, 3, 10, 10, 30, tzinfo=PARIS),
    datetime(1999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
)


def test_an_instant_is_the_same_instant_again_and_in_utc(database_url: str) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        things.create(connection)
        connection.execute(insert(things), [{"id": n, "at": instant} for n, instant in enumerate(INSTANTS)])
        instants = connection.execute(select(things.c.at).order_by(things.c.id)).scalars().all()
        assert tuple(instants) == INSTANTS
        assert {instant.utcoffset() for instant in instants} == {timedelta(0)}


def test_instants_sort_as_time_does(database_url: str) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        things.create(connection)
        connection.execute(insert(things), [{"id": n, "at": instant} for n, instant in enumerate(INSTANTS)])
        instants = connection.execute(select(things.c.at).order_by(things.c.at)).scalars().all()
        assert instants == sorted(INSTANTS)


def test_an_instant_without_a_zone_is_refused(database_url: str) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        things.create(connection)
        with pytest.raises(StatementError, match="needs its time zone"):
            connection.execute(insert(things), {"id": 1, "at": datetime(2025, 3, 10)})


@pytest.mark.parametrize("yes", [True, False, None])
@pytest.mark.parametrize("day", [date(2024, 2, 29), None])
def test_a_date_and_a_flag_come_back_as_they_were(
    database_url: str, day: date | None, yes: bool | None
) -> None:
    with register.empty(database_url) as store, store.begin() as connection:
        things.create(connection)
        connection.execute(insert(things), {"id": 1, "day": day, "yes": yes})
        row = connection.execute(select(things)).one()
        assert (row.day, row.yes, row.at) == (day, yes, None)
