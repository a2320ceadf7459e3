"""Looks a register over from outside, with nothing of the program's own arithmetic.

The history has to be one unbroken chain, each addressee what the history makes of it, and each kept count
what counting again gives."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, create_engine, text

GENESIS = "0" * 64
HASHED = (
    "seq", "kind", "recorded_at", "team_id", "user_id", "on_behalf", "recommendation_id", "body_code",
    "stands_from", "changes", "about_seq", "quotable", "source", "via", "request_key", "request_item",
    "words_digest",
)  # fmt: skip
RECORDINGS = (
    "response", "progress", "note", "check", "reopening", "extension asked for", "extension granted",
)  # fmt: skip
_YES_OR_NO = ("on_behalf", "quotable")

Row = dict[str, Any]


def audit(url: str) -> list[Row]:
    """The whole history, oldest first, once everything in the register agrees with it."""
    rows = unbroken(url)
    with _looking(url) as connection:
        assert standing(connection) == told_by(rows)
        assert kept_tallies(connection) == recounted_tallies(connection)
        assert kept_due_tallies(connection) == recounted_due_tallies(connection)
    return rows


def unbroken(url: str) -> list[Row]:
    """The whole history, oldest first, once it is one chain up to its head."""
    with _looking(url) as connection:
        rows = history(connection)
        assert broken_at(rows) is None
        assert head(connection) == ((rows[-1]["seq"], rows[-1]["hash"]) if rows else (0, GENESIS))
    return rows


@contextmanager
def _looking(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def history(connection: Connection) -> list[Row]:
    found = connection.execute(text("SELECT * FROM updates ORDER BY seq")).mappings()
    return [_plain(row) for row in found]


def _plain(row: RowMapping) -> Row:
    """The same values whichever database they come from."""
    plain = dict(row)
    instant = plain["recorded_at"]
    aware = instant if isinstance(instant, datetime) else datetime.fromisoformat(instant)
    plain["recorded_at"] = aware.astimezone(UTC).isoformat()
    plain["stands_from"] = str(plain["stands_from"])
    return plain | {name: bool(plain[name]) for name in _YES_OR_NO}


def broken_at(rows: list[Row]) -> int | None:
    """The place in the list at which the chain does not hold, if there is one."""
    previous = GENESIS
    for place, row in enumerate(rows):
        if row["seq"] != place + 1 or row["prev"] != previous or row["hash"] != hash_of(row):
            return place
        previous = row["hash"]
    return None


def hash_of(row: Row) -> str:
    entry = json.dumps(
        {name: row[name] for name in HASHED}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return hashlib.sha256((row["prev"] + entry).encode()).hexdigest()


def head(connection: Connection) -> tuple[int, str]:
    found = connection.execute(text("SELECT seq, hash FROM chain_head")).one()
    return found[0], found[1]


State = dict[tuple[str, str], tuple[str, str, str, int | None, int | None]]


def standing(connection: Connection) -> State:
    """Answer, stage, the day it moved, and the updates that say so, of each addressee."""
    found = connection.execute(
        text(
            "SELECT recommendation_id, body_code, answer, stage, moved_on, response_seq, progress_seq"
            " FROM addressees WHERE version > 0"
        )
    )
    return {(row[0], row[1]): (row[2], row[3], str(row[4] or ""), row[5], row[6]) for row in found}


def told_by(rows: list[Row]) -> State:
    """The same, from the updates that nobody took back."""
    undone = {row["about_seq"] for row in rows if row["kind"] == "undo"}
    state: State = {}
    for row in rows:
        if row["kind"] not in (*RECORDINGS, "undo"):
            continue
        where = (row["recommendation_id"], row["body_code"])
        answer, stage, moved, response, progress = state.get(
            where, ("awaiting", "not started", "", None, None)
        )
        if row["kind"] != "undo" and row["seq"] not in undone:
            now = {change["what"]: change["now"] for change in json.loads(row["changes"])}
            moved = max(moved, row["stands_from"])
            if row["kind"] == "response":
                answer, response = now["answer"], row["seq"]
            if row["kind"] == "progress":
                stage, progress = now["stage"], row["seq"]
            stage = now.get("stage", stage)
        state[where] = (answer, stage, moved, response, progress)
    return state


def kept_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(connection, "SELECT recommendation_id, what, value, bodies FROM tallies WHERE bodies > 0")


def recounted_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(
        connection,
        "SELECT recommendation_id, 'answer', answer, count(*) FROM addressees GROUP BY 1, 3"
        " UNION ALL SELECT recommendation_id, 'stage', stage, count(*) FROM addressees GROUP BY 1, 3",
    )


def kept_due_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(
        connection,
        "SELECT duty, deadline, recommendation_id, 'addressed', addressed FROM due_tallies"
        " UNION ALL SELECT duty, deadline, recommendation_id, 'owed', owed FROM due_tallies",
    )


def recounted_due_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    counted: Counter[tuple[Any, ...]] = Counter()
    owes_response = "live AND answer = 'awaiting'"
    owes_action = "live AND answer <> 'not accepted' AND stage NOT IN ('complete', 'checked')"
    for duty, deadline, owes in (
        ("response", "respond_by", owes_response),
        ("action", "due_on", owes_action),
    ):
        for what, one in (("addressed", "1 = 1"), ("owed", owes)):
            counted += _counted(
                connection,
                f"SELECT '{duty}', {deadline}, recommendation_id, '{what}', count(*) FROM addressees"  # noqa: S608
                f" WHERE {deadline} IS NOT NULL AND {one} GROUP BY 2, 3",
            )
    return counted


def _counted(connection: Connection, query: str) -> Counter[tuple[Any, ...]]:
    """Rows that end in a number, without those that count nothing."""
    return +Counter({tuple(row[:-1]): int(row[-1]) for row in connection.execute(text(query))})
