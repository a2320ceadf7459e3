"""Sending once by chance; `tests/prove/test_simulation.py` tries thousands of schedules more."""

import logging
from collections.abc import Iterator

import pytest

from tests.prove.simulation import Chances, trials


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_nothing_is_lost_and_nothing_stands_there_twice(first: int) -> None:
    counts = trials(range(first, first + 50), Chances())
    assert (counts.lost, counts.doubled_for_a_while, counts.bad_seeds) == (0, 0, [])
    assert counts.crashes > 50
    assert counts.from_history > 5


def test_nor_by_clocks_that_are_wrong_and_jump() -> None:
    counts = trials(range(50), Chances(clock_wrong=1.0, restore=0.0))
    assert (counts.lost, counts.doubled_for_a_while, counts.bad_seeds) == (0, 0, [])
