"""What had been recorded before is found without going through what came since."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, make_url

from bot.domain.register.transition import Value
from bot.domain.register.update import Change, Draft, UpdateKind, Via
from bot.domain.values import replace
from storage import earlier_updates
from storage.appending import Chain
from tests.storage import register

BEGAN = datetime(2025, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOTE = Draft(UpdateKind.NOTE, BEGAN.date(), Via.SLACK, recommendation_id="stalking-15", body_code="E23000032")


class GaveUp(Exception):
    """The next history begins with nothing."""


def record(connection: Connection, instants: Sequence[datetime]) -> None:
    chain = Chain(connection)
    for instant in instants:
        chain.append(NOTE, instant)


def test_the_last_update_before_an_instant_is_found_wherever_it_lies(database_url: str) -> None:
    """Clocks differ, and whoever waited is recorded after others who asked later."""
    chance = random.Random(27)
    with register.empty(database_url) as store:
        for how_many in (0, 1, 2, 3, 40):
            instants = [BEGAN + place * HOUR / 4 + chance.random() * HOUR / 2 for place in range(how_many)]
            moments = (
                BEGAN - HOUR,
                BEGAN + 99 * HOUR,
                *instants,
                *(instant - HOUR / 7 for instant in instants),
            )
            with suppress(GaveUp), store.begin() as connection:
                record(connection, instants)
                for instant in moments:
                    before = [seq for seq, recorded in enumerate(instants, start=1) if recorded < instant]
                    assert earlier_updates.last_seq_before(connection, instant) == max(before, default=0)
                raise GaveUp


def test_what_was_recorded_since_is_not_gone_through(sqlite_url: str) -> None:
    with register.empty(sqlite_url) as store:
        steps = []
        for _ in range(2):
            with store.begin() as connection:
                first = connection.exec_driver_sql("SELECT count(*) FROM updates").scalar_one()
                record(connection, [BEGAN + place * 3 * HOUR for place in range(first, 600 + first * 2)])
            with store.reading() as connection, statements_sent() as sent:
                assert earlier_updates.last_seq_before(connection, BEGAN + 30 * HOUR) == 10
            ((statement, values),) = sent
            steps.append(steps_of(sqlite_url, statement, values))
        few, three_times_as_many = steps
        # Halving so many more times takes some steps.
        assert few < three_times_as_many < 1.3 * few < 1_200


@pytest.mark.parametrize("repeated", [0, 19, 20, 70])
def test_since_when_a_value_stood_is_told_by_the_last_that_changed_it(
    database_url: str, repeated: int
) -> None:
    same = Change(Value.STAGE, "in progress", "in progress")
    began = replace(
        NOTE, kind=UpdateKind.PROGRESS, changes=(Change(Value.STAGE, "not started", "in progress"),)
    )
    with register.empty(database_url) as store, store.begin() as connection:
        chain = Chain(connection)
        chain.append(began, BEGAN)
        taken_back = chain.append(replace(began, stands_from=date(2025, 3, 5)), BEGAN)
        chain.append(replace(NOTE, kind=UpdateKind.UNDO, about_seq=taken_back.seq), BEGAN)
        chain.extend(
            [replace(began, stands_from=date(2025, 4, 1), changes=(same,))] * repeated, BEGAN + 30 * HOUR
        )
        last = chain.append(replace(began, stands_from=date(2025, 5, 1)), BEGAN + 40 * HOUR)
        with statements_sent() as sent:
            since = earlier_updates.value_since(
                connection, "stalking-15", "E23000032", Value.STAGE, before=last.seq
            )
        assert since == BEGAN.date()
        assert len(sent) == 1 + repeated // 20
        for kind, seq in ((UpdateKind.PROGRESS, last.seq - 1), (UpdateKind.RESPONSE, None)):
            previous = earlier_updates.previous_standing(
                connection, "stalking-15", "E23000032", kind, before=last.seq
            )
            assert previous == (1 if seq and not repeated else seq)


@contextmanager
def statements_sent() -> Iterator[list[tuple[str, Any]]]:
    sent: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        if statement.startswith(("SELECT", "WITH")):
            sent.append((statement, values))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


def steps_of(url: str, statement: str, values: Any) -> int:
    """Count the steps of SQLite's own machine for a statement."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    with closing(sqlite3.connect(make_url(url).database or "")) as connection:
        connection.set_progress_handler(count, 1)
        connection.execute(statement, values).fetchall()
    return steps
