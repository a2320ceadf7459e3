"""The columns of a result are described as the driver describes them, to whoever looks."""

import psycopg
import pytest

from storage.postgresql_cursor import Columns, LazilyDescribed

STATEMENTS = (
    "SELECT 15::integer AS number, 'kent'::text AS body, DATE '2025-03-27' AS due_on, 1.5::numeric(4, 1)",
    "SELECT",
    "SET application_name = 'recbot'",
)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_they_are_those_of_the_driver(postgresql_server: str, statement: str) -> None:
    with psycopg.connect(postgresql_server) as connection:
        own, drivers = LazilyDescribed(connection), connection.cursor()
        assert own.description is None
        expected = drivers.execute(statement).description
        columns = own.execute(statement).description
        if expected is None:
            assert columns is None
        else:
            assert list(map(tuple, columns)) == list(map(tuple, expected))
            assert list(map(tuple, columns[:2])) == list(map(tuple, expected[:2]))
            assert len(columns) == len(expected)


def test_nobody_describes_them_before_somebody_looks() -> None:
    looks: list[str] = []

    def describe() -> list[psycopg.Column]:
        looks.append("looked")
        return []

    columns = Columns(describe)
    assert looks == []
    assert (len(columns), list(columns)) == (0, [])
    assert looks == ["looked"]
