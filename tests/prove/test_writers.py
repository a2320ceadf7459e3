"""Rows 4 and 5: sixteen write at once, and everything that they were told was recorded is there."""

import pytest

from bot.domain.questions.names import Body
from tests.cast import stalking_case
from tests.prove.size import size
from tests.prove.writers import at_once, record
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

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
