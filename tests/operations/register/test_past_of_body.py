"""How a body stood is counted without folding that of which nothing had been recorded: to the same answer."""

import itertools
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.questions.answers import BodyCounts
from bot.domain.questions.grammar.typed_commands import AsAt
from bot.domain.register.addressee import Addressee
from bot.domain.register.due import due_of, nearest_of
from bot.domain.register.recommendation import Recommendation, place_of_id
from bot.operations.questions import as_at
from bot.operations.register.scope import LookupScope
from bot.operations.register.then import RegisterAt
from storage import addressees, recommendations
from storage.bodies import everyone
from storage.database import Connection
from tests.cast import ALICE, VIC, Register, a_recommendation, occasion, stalking_case
from tests.operations.cases import DEADLINE
from tests.storage.lived_in import lived_in

DAYS = (
    date(2024, 9, 27),
    date(2024, 11, 22),
    date(2025, 2, 1),
    date(2025, 3, 10),
    date(2025, 3, 28),
    date(2025, 4, 2),
    date(2025, 6, 1),
)

SLUGS = ("kent", "surrey", "essex", "gwent", "norfolk")


@pytest.mark.parametrize("known", [False, True], ids=["as at", "as known at"])
def test_a_body_stood_as_all_that_is_asked_of_it_together(database_url: str, known: bool) -> None:
    register = lived_in(database_url)
    with closing(register.store.database):
        with register.store.reading() as connection:
            codes = [body.code for body in everyone(connection) if body.slug in SLUGS or body.first_day]
        for day, code in itertools.product(DAYS, codes):
            with register.store.reading() as connection:
                stands_the_same(connection, code, day, known=known)


def stands_the_same(connection: Connection, code: str, day: date, *, known: bool) -> None:
    whole = RegisterAt(connection, day, known=known)
    # One by one, with all that was recorded of each.
    rows = whole.with_bodies([stated.id for stated in whole.live()], [code])
    in_order = sorted(rows, key=owed_first)
    short = RegisterAt(connection, day, known=known)
    assert short.sums([code]) == BodyCounts.of(rows, day)
    for offset in range(len(rows) + 1):
        page = short.page_of_bodies([code], limit=2, offset=offset)
        assert page == tuple(in_order[offset : offset + 2])
    nearest = nearest_of(due_of(rows), day)
    next_due = nearest[0].deadline if nearest else None
    assert short.next_due(LookupScope(codes=(code,))) == next_due
    assert (short.counted, short.recorded_later) == (whole.counted, whole.recorded_later)
    assert short.looked_at >= {row.recommendation_id for row in rows}


def owed_first(row: Addressee) -> tuple[bool, date, tuple[str, int]]:
    return row.owed_by is None, row.owed_by or date.max, place_of_id(row.recommendation_id)


def test_what_nothing_was_recorded_of_is_read_by_its_deadlines(sqlite_url: str) -> None:
    """However many recommendations there are, as many statements and few rows are read of them."""
    register = stalking_case(sqlite_url)
    register.says(ALICE, "progress 15 in progress: two ISACs start in April")
    kent = register.body("kent")
    wanted = AsAt(kent, date(2025, 3, 10), known=False)
    answers = []
    with closing(register.store.database):
        for numbers in (range(100, 115), range(115, 125)):
            ask(register, [a_recommendation(str(number), due_on=DEADLINE) for number in numbers])
            with statements_sent() as statements:
                answer = as_at.body(register.store, occasion(VIC), wanted, kent)
            answers.append((len(statements), answer.result.sums.addressed, len(answer.result.rows)))
    (few, eighteen, _), (many, twenty_eight, page) = answers
    assert (eighteen, twenty_eight, page) == (18, 28, 15)
    assert many == few


def ask(register: Register, new: list[Recommendation]) -> None:
    with register.store.begin() as connection:
        for recommendation in new:
            recommendations.add(connection, recommendation)
        bodies_asked = [body for body in everyone(connection) if body.slug in SLUGS]
        addressees.add(connection, [row for stated in new for row in map(stated.addressed_to, bodies_asked)])


@contextmanager
def statements_sent() -> Iterator[list[str]]:
    sent: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
