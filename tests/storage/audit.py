"""Looks a register over from outside, with nothing of the program's own arithmetic.

The history has to be one unbroken chain, each addressee what the history makes of it, and each kept count
what counting again gives."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, create_engine, text

GENESIS = "0" * 64
HASHED = (
    "seq", "kind", "recorded_at", "team_id", "user_id", "on_behalf", "recommendation_id", "body_code",
    "stands_from", "changes", "about_seq", "quotable", "source", "via", "request_key", "request_item",
    "words_digest",
)  # fmt: skip
RECORDINGS = (
    "response", "progress", "part", "note", "check", "closing", "reopening",
    "extension asked for", "extension granted", "expected",
)  # fmt: skip
PASSED_ON = "duties passed on"
_YES_OR_NO = ("on_behalf", "quotable")
# By the type that a database gives for yes or no.
_NO_DEADLINE = {int: "9999-12-31", bool: date.max}

Row = dict[str, Any]
# A recommendation and a body.
Where = tuple[str, str]


def audit(url: str) -> list[Row]:
    """Return the whole history, oldest first, once everything in the register agrees with it."""
    rows = unbroken(url)
    with _looking(url) as connection:
        assert standing(connection) == told_by(rows)
        closed = closed_by(rows)
        assert closed_standing(connection) == closed - of_ended(connection, closed)
        assert kept_tallies(connection) == recounted_tallies(connection, closed)
        assert kept_due_tallies(connection) == recounted_due_tallies(connection, closed)
        assert kept_register_tallies(connection) == recounted_register_tallies(connection, closed)
        assert kept_group_tallies(connection) == recounted_group_tallies(connection)
    return rows


def unbroken(url: str) -> list[Row]:
    """Return the whole history, oldest first, once it is one chain up to its head."""
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
    rows = connection.execute(text("SELECT * FROM updates ORDER BY seq")).mappings()
    return [_plain(row) for row in rows]


def _plain(row: RowMapping) -> Row:
    """Return the same values whichever database they come from."""
    plain = dict(row)
    instant = plain["recorded_at"]
    aware = instant if isinstance(instant, datetime) else datetime.fromisoformat(instant)
    plain["recorded_at"] = aware.astimezone(UTC).isoformat()
    plain["stands_from"] = str(plain["stands_from"])
    return plain | {name: bool(plain[name]) for name in _YES_OR_NO}


def broken_at(rows: list[Row]) -> int | None:
    """Return the place in the list at which the chain does not hold, if there is one."""
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
    row = connection.execute(text("SELECT seq, hash FROM chain_head")).one()
    return row[0], row[1]


State = dict[Where, tuple[str, str, str, int | None, int | None]]


def standing(connection: Connection) -> State:
    """Return answer, stage, the day it moved, and the updates that say so, of each addressee."""
    result = connection.execute(
        text(
            "SELECT recommendation_id, body_code, answer, stage, moved_on, response_seq, progress_seq"
            " FROM addressees WHERE version > 0"
        )
    )
    return {(row[0], row[1]): (row[2], row[3], str(row[4] or ""), row[5], row[6]) for row in result}


def told_by(rows: list[Row]) -> State:
    """Return the same, from the updates that nobody took back."""
    undone = {row["about_seq"] for row in rows if row["kind"] == "undo"}
    state: State = {}
    for row in rows:
        if row["kind"] not in (*RECORDINGS, PASSED_ON, "undo"):
            continue
        where = (row["recommendation_id"], row["body_code"])
        answer, stage, moved, response, progress = state.get(
            where, ("awaiting", "not started", "", None, None)
        )
        if row["kind"] != "undo" and row["seq"] not in undone:
            now = _changes(row)
            if row["kind"] in RECORDINGS:
                moved = max(moved, row["stands_from"])
            if row["kind"] == "response":
                answer, response = now["answer"], row["seq"]
            if row["kind"] == "progress":
                stage, progress = now["stage"], row["seq"]
            # A successor takes over what was answered too, and when, and by which updates.
            if row["kind"] == PASSED_ON:
                answer, moved = now.get("answer", answer), now.get("moved_on", moved)
                response = _number(now.get("response update"), response)
                progress = _number(now.get("progress update"), progress)
            stage = now.get("stage", stage)
        state[where] = (answer, stage, moved, response, progress)
    return state


def _changes(row: Row) -> dict[str, str]:
    return {change["what"]: change["now"] for change in json.loads(row["changes"])}


def _number(named: str | None, otherwise: int | None) -> int | None:
    if named is None:
        return otherwise
    return int(named) if named else None


def closed_by(rows: list[Row]) -> set[Where]:
    """Return where a body's duties have passed to another, and none came back to it."""
    closed: set[Where] = set()
    for row in rows:
        if row["kind"] == PASSED_ON:
            where = (row["recommendation_id"], row["body_code"])
            if "passed to" in _changes(row):
                closed.add(where)
            else:
                closed.discard(where)
    return closed


def closed_standing(connection: Connection) -> set[Where]:
    """Return of whom a recommendation that is live asks nothing any more."""
    result = connection.execute(
        text(
            "SELECT recommendation_id, body_code FROM addressees"
            " JOIN recommendations ON recommendations.id = recommendation_id"
            " WHERE NOT addressees.live AND status = 'live'"
        )
    )
    return {(row[0], row[1]) for row in result}


def of_ended(connection: Connection, addressed: set[Where]) -> set[Where]:
    """Return those of recommendations that are over for everybody."""
    ended = set(connection.execute(text("SELECT id FROM recommendations WHERE status <> 'live'")).scalars())
    return {where for where in addressed if where[0] in ended}


def kept_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(connection, "SELECT recommendation_id, what, value, bodies FROM tallies WHERE bodies > 0")


def recounted_tallies(connection: Connection, closed: Collection[Where] = ()) -> Counter[tuple[Any, ...]]:
    counted: Counter[tuple[Any, ...]] = Counter()
    for row in _addressed(connection, closed):
        counted[row["recommendation_id"], "answer", row["answer"]] += 1
        counted[row["recommendation_id"], "stage", row["stage"]] += 1
    return counted


def kept_due_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(
        connection,
        "SELECT duty, deadline, recommendation_id, 'addressed', addressed FROM due_tallies"
        " UNION ALL SELECT duty, deadline, recommendation_id, 'owed', owed FROM due_tallies",
    )


def recounted_due_tallies(connection: Connection, closed: Collection[Where] = ()) -> Counter[tuple[Any, ...]]:
    counted: Counter[tuple[Any, ...]] = Counter()
    for row in _addressed(connection, closed):
        acted = row["answer"] == "not accepted" or row["stage"] in ("complete", "checked", "closed")
        for duty, deadline, owed in (
            ("response", row["respond_by"], row["live"] and row["answer"] == "awaiting"),
            ("action", row["due_on"], row["live"] and not acted),
        ):
            key = duty, deadline or _NO_DEADLINE[type(row["live"])], row["recommendation_id"]
            counted[(*key, "addressed")] += 1
            counted[(*key, "owed")] += bool(owed)
    return +counted


def kept_register_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(connection, "SELECT what, CAST(day AS TEXT), recommendations FROM register_tallies")


def recounted_register_tallies(
    connection: Connection, closed: Collection[Where] = ()
) -> Counter[tuple[Any, ...]]:
    """Count live recommendations by kind, and those of which anything is owed by its earliest deadline."""
    live = connection.execute(text("SELECT kind FROM recommendations WHERE status = 'live'")).scalars()
    counted: Counter[tuple[Any, ...]] = Counter((kind, "0001-01-01") for kind in live)
    first: dict[str, str] = {}
    for (_, deadline, id_, what), bodies in recounted_due_tallies(connection, closed).items():
        if what == "owed" and bodies:
            first[id_] = min(str(deadline), first.get(id_, str(deadline)))
    counted.update(("owed by", day) for day in first.values())
    return counted


def kept_group_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    return _counted(
        connection,
        "SELECT body_code, report_key, answer, stage, marks, addressees FROM group_tallies"
        " UNION ALL SELECT body_code, report_key, what, CAST(day AS TEXT), '', addressees"
        " FROM group_day_tallies",
    )


def recounted_group_tallies(connection: Connection) -> Counter[tuple[Any, ...]]:
    """Count those of whom something is still asked, by body, by report and by both; what is owed has its
    earliest deadline."""
    counted: Counter[tuple[Any, ...]] = Counter()
    marks = _recounted_marks(connection)
    stated = connection.execute(text("SELECT id, coalesce(themes, '') FROM recommendations")).all()
    themes = {id_: f"#{words}" for id_, words in stated}
    for row in connection.execute(text("SELECT * FROM addressees WHERE live")).mappings():
        body, report = row["body_code"], row["recommendation_id"].rpartition("-")[0]
        where = (row["recommendation_id"], body)
        assert row["marks"] == marks[where], where
        alike = themes[row["recommendation_id"]]
        for group in ((body, ""), ("", report), (body, report), (body, alike), ("", alike)):
            counted[(*group, row["answer"], row["stage"], marks[where])] += 1
        acted = row["answer"] == "not accepted" or row["stage"] in ("complete", "checked", "closed")
        owed = [row["respond_by"]] if row["answer"] == "awaiting" else []
        owed += [] if acted else [row["due_on"]]
        if owed:
            earliest = min(str(deadline or "9999-12-31") for deadline in owed)
            for group in ((body, ""), ("", report), ("", alike)):
                counted[(*group, "owed by", earliest, "")] += 1
                counted[(*group, "moved on", str(row["moved_on"] or "0001-01-01"), "")] += 1
    return counted


def _recounted_marks(connection: Connection) -> dict[Where, str]:
    rows = history(connection)
    ended = {
        row["about_seq"]
        for row in rows
        if row["kind"] in ("undo", "extension granted", "extension refused") and row["about_seq"]
    }
    undone = {row["about_seq"] for row in rows if row["kind"] == "undo"}
    links, asking = set(), set()
    for row in rows:
        where = (row["recommendation_id"], row["body_code"])
        if row["evidence_url"] and row["seq"] not in undone:
            links.add(where)
        if row["kind"] == "extension asked for" and row["seq"] not in ended:
            asking.add(where)
    marks = {}
    stated = {row[0]: row[1] for row in connection.execute(text("SELECT id, due_on FROM recommendations"))}
    for addressee in connection.execute(text("SELECT * FROM addressees")).mappings():
        where = (addressee["recommendation_id"], addressee["body_code"])
        held = ["evidence"] if where in links else []
        held += ["extended"] if addressee["due_on"] and addressee["due_on"] != stated[where[0]] else []
        held += ["asks for time"] if where in asking else []
        owed = addressee["owes_action"] and addressee["expected_on"] and addressee["due_on"]
        held += ["expected late"] if owed and addressee["due_on"] < addressee["expected_on"] else []
        held += ["moved twice"] if max(addressee["slips"], addressee["expectation_moves"]) >= 2 else []
        if addressee["face_seq"] and addressee["face_excerpt"]:
            held.append("quotable" if addressee["face_quotable"] else "internal")
        marks[where] = ", ".join(held)
    return marks


def _addressed(connection: Connection, closed: Collection[Where]) -> Iterator[RowMapping]:
    """Yield the addressees that count: a successor counts in the place of the body that was there before."""
    for row in connection.execute(text("SELECT * FROM addressees")).mappings():
        if (row["recommendation_id"], row["body_code"]) not in closed:
            yield row


def _counted(connection: Connection, query: str) -> Counter[tuple[Any, ...]]:
    """Return rows that end in a number, without those that count nothing."""
    return +Counter({tuple(row[:-1]): int(row[-1]) for row in connection.execute(text(query))})
