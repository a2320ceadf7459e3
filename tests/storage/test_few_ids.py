"""One statement for whatever number of ids, up to a most."""

from contextlib import closing

import pytest
from sqlalchemy import select

from storage import tallies
from storage.few_ids import FewIds
from storage.tables.reports import recommendations
from tests.cast import stalking_case


def test_it_selects_those_that_are_given_and_no_others(database_url: str) -> None:
    few = FewIds(3)
    statement = select(recommendations.c.id).where(recommendations.c.id.in_(few.parameters()))
    store = stalking_case(database_url).store
    with closing(store.database), store.reading() as connection:
        for numbers in ((), (15,), (15, 25), (27, 16, 15)):
            ids = [f"stalking-{number}" for number in numbers]
            chosen = set(connection.execute(statement, few.values(ids)).scalars())
            assert chosen == set(ids)


def test_more_are_refused() -> None:
    few = FewIds(1)
    assert not few.holds(["a", "b"])
    with pytest.raises(ValueError, match="2 ids are more than 1"):
        few.values(["a", "b"])


def test_counts_are_those_of_each_however_many_are_asked_for(sqlite_url: str) -> None:
    store = stalking_case(sqlite_url).store
    with closing(store.database), store.reading() as connection:
        few = tallies.of(connection, ["stalking-15", "stalking-16"])
        many = tallies.of(connection, ["stalking-15", "stalking-16", *(f"none-{n}" for n in range(30))])
    assert few["stalking-15"].addressed == 43
    assert {id_: many[id_] for id_ in few} == few
