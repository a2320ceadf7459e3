"""Row 29: the same requests get the same replies and leave the same register on SQLite and PostgreSQL."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import create_engine

from storage.tables.metadata import metadata
from tests.cast import stalking_case
from tests.prove.size import size
from tests.prove.trace import LOOKUPS, RECORDINGS, reply, trace
from tests.storage.audit import audit

pytestmark = pytest.mark.prove

REQUESTS = size(400, 50_000)
SEED = 29
# Each salt is a chance of its own, and so is all that is computed from it.
BY_CHANCE = ("salt", "words_digest", "prev", "hash", "payload_sha")


def test_both_databases_say_and_hold_the_same(sqlite_url: str, postgresql_url: str) -> None:
    on_sqlite, on_postgresql = stalking_case(sqlite_url), stalking_case(postgresql_url)
    one_desk, other_desk = on_sqlite.services(), on_postgresql.services()
    answers: Counter[str] = Counter()
    for typed in trace(SEED, REQUESTS, RECORDINGS * 3 + LOOKUPS):
        shown = reply(one_desk, typed)
        assert shown == reply(other_desk, typed), typed
        answers[shown.text.split()[0] if shown else "nothing"] += 1
    for register in (on_sqlite, on_postgresql):
        register.store.database.close()
    audit(sqlite_url)
    audit(postgresql_url)
    for table in metadata.tables:
        assert contents(sqlite_url, table) == contents(postgresql_url, table), table
    print(f"{REQUESTS:,} requests, the same replies and the same rows in {len(metadata.tables)} tables")
    print(dict(answers.most_common(12)))


def contents(url: str, name: str) -> list[dict[str, Any]]:
    table = metadata.tables[name]
    engine = create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(table.select().order_by(*table.primary_key)).mappings().all()
    engine.dispose()
    return [{column: value for column, value in row.items() if column not in BY_CHANCE} for row in rows]
