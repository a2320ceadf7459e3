"""Rows 4 and 5: sixteen write at once, and everything that they were told was recorded is there."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from bot.domain.questions.names import Body
from tests.cast import stalking_case
from tests.prove.size import size
from tests.prove.writers import at_once, record, record_in
from tests.storage.audit import audit

pytestmark = [pytest.mark.prove, pytest.mark.alone]

WRITERS = 16
EACH = size(20, 1000)


def test_sixteen_writers_lose_nothing_and_none_is_locked_out(database_url: str) -> None:
    register = stalking_case(database_url)
    before = len(audit(database_url))
    bodies: list[Body] = list(register.bodies.values())[:WRITERS]
    views = at_once(record, [(database_url, body, EACH) for body in bodies])
    rows = audit(database_url)[before:]
    refused = [dict(view.refused) for view in views if view.refused]
    recorded = [key for view in views for key in view.recorded]
    print(f"{len(recorded)} recorded of {WRITERS * EACH}, {len(rows)} there, refused: {refused or 'none'}")
    assert refused == []
    assert sorted(recorded) == sorted(row["request_key"] for row in rows)
    assert len(rows) == WRITERS * EACH
    register.store.database.close()


def test_sixteen_threads_of_one_process_share_commits_and_lose_nothing(database_url: str) -> None:
    register = stalking_case(database_url)
    store, commits = register.store, list[int]()
    event.listen(store.database.engine, "commit", lambda _: commits.append(1))
    before = len(audit(database_url))
    bodies: list[Body] = list(register.bodies.values())[:WRITERS]
    with ThreadPoolExecutor(WRITERS) as pool:
        views = list(pool.map(lambda body: record_in(store, body, EACH), bodies))
    rows = audit(database_url)[before:]
    recorded = [key for view in views for key in view.recorded]
    print(f"{len(recorded)} recorded of {WRITERS * EACH}, {len(rows)} there, in {len(commits)} commits")
    assert [dict(view.refused) for view in views if view.refused] == []
    assert sorted(recorded) == sorted(row["request_key"] for row in rows)
    assert len(rows) == WRITERS * EACH
    assert len(commits) < WRITERS * EACH
    store.database.close()
