"""Reading ahead says the same as reading one by one, in few statements."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.domain.questions.grammar.typed_commands import Export
from bot.domain.questions.names import Body
from bot.operations.questions.export import opened_by_operator
from bot.operations.recording.pass_on import pass_on
from bot.operations.register.now import RegisterNow
from bot.operations.register.reading_ahead import HistoryOfRecommendation, RegisterOfBody
from storage import account, addressees, bodies, recommendations, updates
from storage.database import FOR_LONG_WORK, Connection, Database
from tests.accounts import lively
from tests.cast import NOW, Register, stalking_case
from tests.operations.endings import AFTER, MAYOR, audited_case, both_have_spoken, merger

LOOKED_AT = ("kent", "norfolk", "suffolk", MAYOR.slug)
OTHERS = ("E23000024", "E23000025", MAYOR.code)  # Norfolk, Suffolk and whoever follows them


@contextmanager
def unhurried(register: Register) -> Iterator[Connection]:
    """Read for as long as it takes."""
    url = register.store.database.url.render_as_string(hide_password=False)
    with closing(Database(url, FOR_LONG_WORK)) as database, database.reading() as connection:
        yield connection


@pytest.fixture
def register(database_url: str) -> Iterator[Register]:
    """A register in which Norfolk and Suffolk have spoken, and then passed on their duties."""
    with audited_case(database_url) as case:
        both_have_spoken(case)
        merger(case)
        pass_on(case.store, AFTER)
        yield case


@pytest.mark.parametrize("at_a_time", [1, 2, 100])
def test_what_is_read_ahead_of_a_body_is_what_is_read_one_by_one(register: Register, at_a_time: int) -> None:
    with unhurried(register) as connection:
        one_by_one = RegisterNow(connection, AFTER.date())
        for body in (body for body in bodies.everyone(connection) if body.slug in LOOKED_AT):
            ids = account.ids_of_body(connection, body.code)
            ahead = RegisterOfBody(
                connection, AFTER.date(), body_code=body.code, ids=ids, at_a_time=at_a_time
            )
            name = Body(body.code, body.slug, body.short_name)
            for stated in recommendations.by_ids(connection, ids).values():
                assert ahead.with_parts(stated) == one_by_one.with_parts(stated)
                row = ahead.with_body(stated, name)
                assert row == one_by_one.with_body(stated, name)
                assert tuple(ahead.each_update(row)) == tuple(one_by_one.each_update(row))
                assert ahead.predecessors([row]) == one_by_one.predecessors([row])
                others = addressees.of_recommendations(connection, [stated.id], OTHERS)
                assert ahead.predecessors(others) == one_by_one.predecessors(others)
                for other in others:
                    assert tuple(ahead.each_update(other)) == tuple(one_by_one.each_update(other))


def test_the_history_of_a_recommendation_is_what_is_read_one_by_one(register: Register) -> None:
    with unhurried(register) as connection:
        ahead = HistoryOfRecommendation()
        for id_ in account.all_ids(connection):
            whole = tuple(ahead(connection, recommendation_id=id_))
            assert whole == tuple(updates.each_of_addressees(connection, recommendation_id=id_))
            for row in addressees.of_recommendations(connection, [id_], OTHERS):
                of_body = tuple(ahead(connection, recommendation_id=id_, body_code=row.body_code))
                assert of_body == tuple(
                    updates.each_of_addressees(connection, recommendation_id=id_, body_code=row.body_code)
                )


def test_an_account_takes_no_statement_for_each_body_or_recommendation(sqlite_url: str) -> None:
    """All 43 bodies have recorded something of three recommendations."""
    case = lively(stalking_case(sqlite_url))
    assert statements_of(lambda: read(case, Export())) < 43
    assert statements_of(lambda: read(case, Export(body=case.body("kent")))) < 20
    case.store.database.close()


def read(case: Register, export: Export) -> None:
    """Go through an account, as a file that is made of it does."""
    with opened_by_operator(case.store, NOW, export) as opened:
        assert any(entry.updates for chapter in opened.chapters for entry in chapter.entries)


def statements_of(act: Callable[[], object]) -> int:
    """Count the statements that something takes."""
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", listen)
    return len(statements)
