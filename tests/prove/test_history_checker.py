"""Row 25: after several processes have typed much at random, the history holds, and what stands is what the
history makes of it, folded by arithmetic that shares nothing with the program."""

from collections import Counter

import pytest
from sqlalchemy import create_engine, text

from storage.verify import Unbroken, verify
from tests.cast import accountable_case
from tests.prove.size import size
from tests.prove.writers import at_once, follow
from tests.storage.audit import RECORDINGS, Row, audit

pytestmark = pytest.mark.prove

PROCESSES = 4
EACH = size(400, 25_000)
# What moves an addressee's version by one.
MOVES = (*RECORDINGS, "undo", "extension refused")


def test_what_stands_is_the_fold_of_the_history(database_url: str) -> None:
    register = accountable_case(database_url)
    counts = at_once(follow, [(database_url, seed, EACH) for seed in range(PROCESSES)])
    replies = sum(counts, Counter())
    rows = audit(database_url)
    assert [row["seq"] for row in rows] == list(range(1, len(rows) + 1))
    assert isinstance(verify(register.store.database), Unbroken)
    assert versions_that_stand(database_url) == versions_by(rows)
    assert requests_written_twice(rows) == []
    kinds = Counter(row["kind"] for row in rows)
    print(f"{replies.total()} requests by {PROCESSES} processes, {len(rows)} updates, 0 anomalies")
    print(f"kinds: {dict(kinds)}; replies: {dict(replies)}")
    assert kinds["undo"]
    assert kinds["words erased"]
    assert kinds["check"]
    assert not {"Something", "I", "Busy:"} & set(replies)
    register.store.database.close()


def versions_by(rows: list[Row]) -> Counter[tuple[str, str]]:
    return Counter(
        (row["recommendation_id"], row["body_code"])
        for row in rows
        if row["kind"] in MOVES and row["body_code"]
    )


def versions_that_stand(url: str) -> Counter[tuple[str, str]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        result = connection.execute(text("SELECT recommendation_id, body_code, version FROM addressees"))
        standing = Counter({(row[0], row[1]): row[2] for row in result if row[2]})
    engine.dispose()
    return standing


def requests_written_twice(rows: list[Row]) -> list[tuple[str, int]]:
    keys = Counter((row["request_key"], row["request_item"]) for row in rows if row["request_key"])
    return [key for key, times in keys.items() if times > 1]
