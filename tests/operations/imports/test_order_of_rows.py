"""One file that ends and merges bodies gives one register, in whatever order its rows stand."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.register.imports import BodyRow
from bot.domain.values import replace
from bot.operations.recording.pass_on import pass_on
from storage.tables.addressees import addressees
from storage.tables.bodies import body_aliases, policing_bodies
from storage.tables.tallies import due_tallies, tallies
from storage.verify import Unbroken, verify
from tests.cast import NOW, Register, accountable_case
from tests.operations.endings import AFTER, MAYOR, both_have_spoken, ending
from tests.operations.imports.test_imports import into

LATER = datetime(2028, 6, 1, 8, tzinfo=UTC)


def merger(register: Register) -> list[BodyRow]:
    """Two follow into one that the file adds."""
    return [ending(register, "norfolk"), ending(register, "suffolk"), MAYOR]


def long_over(register: Register) -> list[BodyRow]:
    """The same, but on a day that has been: the file itself has the duties pass on."""
    gone = date(2025, 2, 28)
    return [
        ending(register, "norfolk", last_day=gone),
        ending(register, "suffolk", last_day=gone),
        replace(MAYOR, first_day=date(2025, 3, 1)),
    ]


def one_after_another(register: Register) -> list[BodyRow]:
    """Norfolk passes to Suffolk, and that a year later to the mayor."""
    return [
        ending(register, "norfolk", heir="Suffolk"),
        ending(register, "suffolk", last_day=date(2028, 4, 30)),
        replace(MAYOR, first_day=date(2028, 5, 1)),
    ]


def what_stands(register: Register) -> list[list[dict[str, object]]]:
    """Everything that is shown of bodies and of what is asked of them, but for the numbers of updates that
    the order of rows gives."""
    with register.store.reading() as connection:
        rows = [
            [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in (policing_bodies, body_aliases, addressees, tallies, due_tallies)
        ]
    for addressee in rows[2]:
        addressee.pop("face_seq")
    return rows


@pytest.mark.parametrize(
    "bodies",
    [
        merger,
        pytest.param(long_over, marks=pytest.mark.prove),
        pytest.param(one_after_another, marks=pytest.mark.prove),
    ],
)
def test_the_order_of_rows_makes_no_difference(
    bodies: Callable[[Register], list[BodyRow]], tmp_path: Path
) -> None:
    results = []
    for number, order in enumerate(permutations(range(3))):
        register = accountable_case(f"sqlite:///{tmp_path}/{number}.db")
        both_have_spoken(register)
        rows = bodies(register)
        into(register, *(rows[place] for place in order))
        for instant in (NOW, AFTER, LATER):
            pass_on(register.store, instant)
        results.append(what_stands(register))
        assert isinstance(verify(register.store.database), Unbroken)
        register.store.database.close()
    assert all(result == results[0] for result in results)
    mayors = [row for row in results[0][2] if row["body_code"] == MAYOR.code]
    assert {row["stage"] for row in mayors} == {"blocked", "not started"}
