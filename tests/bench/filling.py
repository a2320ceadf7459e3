"""Makes a register as large as the bench asks for: recommendations, each addressed to all bodies, each with a
history. The rows are made by the database itself, since going through recbot would take an hour.

The history's hashes are made up: nothing that is measured recomputes them."""
# ruff: noqa: S608 - numbers, dates and names of our own

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from bot.domain.register.recommendation import RecommendationKind, RecommendationStatus
from bot.domain.register.recommendation_number import place_of
from storage.tables.deliveries import deliveries
from storage.tables.history import updates
from storage.tables.reports import recommendations, reports

UPDATES_EACH = 10
# The updates since the last digest: what a week brings.
NEWS = 200
_IN_A_REPORT = 100
_THEMES = (None, "victims", "training", "data", "training victims", "partners")
# The shipped example has four.
_OF_THE_EXAMPLE = 4
_SAID = "Two ISACs start in April, and the contract for the third is out to tender."
_MOVED = json.dumps([{"what": "stage", "was": "blocked", "now": "in progress"}])
_HASH, _SALT = "1" * 64, "2" * 32


def fill(connection: Connection, how_many: int, today: date) -> None:
    """So many recommendations in all, in a register that holds the example; `today` a London date."""
    _recommendations(connection, how_many - _OF_THE_EXAMPLE, today)
    _number_everything(connection)
    _addressees(connection, today)
    _updates(connection, today)
    _faces(connection)
    _marks(connection)
    _tallies(connection)
    _last_digest(connection, today)


def _recommendations(connection: Connection, how_many: int, today: date) -> None:
    """A quarter of their deadlines have passed; the rest are spread over the next ten months."""
    if how_many <= 0:
        return
    keys = [f"bulk{place}" for place in range(-(-how_many // _IN_A_REPORT))]
    published = today - timedelta(days=400)
    connection.execute(
        insert(reports),
        [
            {
                "key": key,
                "title": f"The report {key}",
                "publishers": "HMICFRS",
                "published_on": published,
                "url": "",
            }
            for key in keys
        ],
    )
    connection.execute(insert(recommendations), list(_rows(keys, how_many, today)))


def _rows(keys: list[str], how_many: int, today: date) -> Iterator[dict[str, Any]]:
    for place in range(how_many):
        key, number = keys[place // _IN_A_REPORT], str(101 + place % _IN_A_REPORT)
        yield {
            "id": f"{key}-{number}",
            "report_key": key,
            "number": number,
            "position": place_of(number),
            "kind": RecommendationKind.ADDRESSED.value,
            "wording": "Chief constables and policing bodies should review what is commissioned locally. "
            * 3,
            "status": RecommendationStatus.LIVE.value,
            "joint_with": "chief constables",
            "respond_by": today - timedelta(days=300),
            "due_on": today + timedelta(days=place * 7 % 400 - 100),
            "derived_from": "",
            "source": "",
            "themes": _THEMES[place % len(_THEMES)],
        }


def _number_everything(connection: Connection) -> None:
    """So that who stands where, and in which order it was recorded, can be told by arithmetic."""
    for table, key, rows in (
        (
            "bench_recommendations",
            "id",
            "SELECT id FROM recommendations WHERE kind = 'addressed' ORDER BY id",
        ),
        ("bench_bodies", "code", "SELECT code FROM policing_bodies ORDER BY code"),
    ):
        ids = list(connection.execute(text(rows)).scalars())
        connection.execute(text(f"CREATE TEMPORARY TABLE {table} ({key} TEXT PRIMARY KEY, n INTEGER)"))
        connection.execute(
            text(f"INSERT INTO {table} VALUES (:key, :n)"),
            [{"key": key, "n": place} for place, key in enumerate(ids)],
        )


def _addressees(connection: Connection, today: date) -> None:
    """Of what is past its deadline nine in ten are complete; a few never responded."""
    awaiting = "(r.n % 50 = 1 AND b.n % 20 = 0)"
    complete = f"(due_on < '{today}' AND (r.n * 7 + b.n) % 10 <> 0)"
    connection.execute(
        text(
            "INSERT INTO addressees (recommendation_id, body_code, report_key, position, live, answer, stage,"
            " respond_by, due_on, owes_response, owes_action, owed_by, moved_on, version, face_kind,"
            " face_team, face_user, face_excerpt, face_quotable)"
            " SELECT r.id, b.code, report_key, position, TRUE,"
            f" CASE WHEN {awaiting} THEN 'awaiting' ELSE 'accepted' END,"
            f" CASE WHEN {complete} THEN 'complete' ELSE 'in progress' END, respond_by, due_on,"
            f" {awaiting}, NOT {complete},"
            f" CASE WHEN {awaiting} THEN respond_by WHEN NOT {complete} THEN due_on END,"
            f" due_on, {UPDATES_EACH}, '', '', '', '', FALSE"
            " FROM bench_recommendations r JOIN recommendations USING (id) CROSS JOIN bench_bodies b"
            " WHERE report_key <> 'stalking'"
        )
    )


def _updates(connection: Connection, today: date) -> None:
    """Progress: first one with everybody about everything, then the next; none of their indexes meanwhile."""
    bodies = connection.execute(text("SELECT count(*) FROM bench_bodies")).scalar_one()
    pairs = bodies * connection.execute(text("SELECT count(*) FROM bench_recommendations")).scalar_one()
    seq = connection.execute(text("SELECT seq FROM chain_head")).scalar_one()
    for index in updates.indexes:
        index.drop(connection)
    for turn in range(UPDATES_EACH):
        day = today - timedelta(days=(UPDATES_EACH - turn) * 7)
        number = f"{seq + turn * pairs + 1} + r.n * {bodies} + b.n"
        connection.execute(
            text(
                "INSERT INTO updates (seq, prev, hash, words_digest, salt, text, evidence_url, decided_by,"
                " kind, recorded_at, team_id, user_id, on_behalf, recommendation_id, body_code, stands_from,"
                " changes, quotable, source, via, request_item)"
                f" SELECT {number}, '{_HASH}', '{_HASH}', '{_HASH}', '{_SALT}', '{_SAID}', '', '',"
                f" 'progress', '{day}T10:00:00.000000Z', 'T0HOME', 'U0VIC', FALSE, r.id, b.code, '{day}',"
                f" '{_MOVED}',"
                " TRUE, '', 'slack', 0 FROM bench_recommendations r CROSS JOIN bench_bodies b"
                " ORDER BY r.n, b.n"
            )
        )
    for index in updates.indexes:
        index.create(connection)
    connection.execute(
        text("UPDATE chain_head SET seq = :seq, hash = :hash"),
        {"seq": seq + UPDATES_EACH * pairs, "hash": _HASH},
    )


def _faces(connection: Connection) -> None:
    """The latest update of each addressee stands in its row."""
    connection.execute(
        text(
            "UPDATE addressees SET face_seq = u.seq, face_kind = u.kind, face_team = u.team_id,"
            " face_user = u.user_id, face_at = u.recorded_at, face_excerpt = u.text, face_quotable = TRUE"
            f" FROM (SELECT * FROM updates WHERE seq > (SELECT seq FROM chain_head) - {_pairs(connection)}) u"
            " WHERE u.recommendation_id = addressees.recommendation_id AND u.body_code = addressees.body_code"
        )
    )


def _marks(connection: Connection) -> None:
    """What all of them say may be quoted, and nothing links to evidence."""
    connection.execute(text("UPDATE addressees SET marks = 'quotable' WHERE face_excerpt <> ''"))


def _pairs(connection: Connection) -> int:
    counted = text(
        "SELECT (SELECT count(*) FROM bench_recommendations) * (SELECT count(*) FROM bench_bodies)"
    )
    return int(connection.execute(counted).scalar_one())


def _tallies(connection: Connection) -> None:
    for table in ("tallies", "due_tallies", "register_tallies", "group_tallies", "group_day_tallies"):
        connection.execute(text(f"DELETE FROM {table}"))
    for what, column, values in (
        ("answer", "answer", ("awaiting", "accepted", "accepted in part", "not accepted")),
        ("stage", "stage", ("not started", "in progress", "blocked", "complete", "checked")),
    ):
        for value in values:
            connection.execute(
                text(
                    f"INSERT INTO tallies SELECT recommendation_id, '{what}', '{value}',"
                    f" sum(CASE WHEN {column} = '{value}' THEN 1 ELSE 0 END) FROM addressees GROUP BY 1"
                )
            )
    for duty, deadline, owes in (
        ("response", "respond_by", "owes_response"),
        ("action", "due_on", "owes_action"),
    ):
        connection.execute(
            text(
                f"INSERT INTO due_tallies SELECT '{duty}', coalesce({deadline}, '9999-12-31'),"
                f" recommendation_id, count(*), sum(CASE WHEN {owes} THEN 1 ELSE 0 END) FROM addressees"
                " GROUP BY 2, 3"
            )
        )

    connection.execute(
        text(
            "INSERT INTO register_tallies SELECT kind, '0001-01-01', count(*) FROM recommendations"
            " WHERE status = 'live' GROUP BY 1"
        )
    )
    connection.execute(
        text(
            "INSERT INTO register_tallies SELECT 'owed by', day, count(*) FROM (SELECT min(owed_by) AS day"
            " FROM addressees WHERE owed_by IS NOT NULL GROUP BY recommendation_id) AS first GROUP BY 2"
        )
    )
    themes = "'#' || coalesce(themes, '')"
    rows = "addressees a JOIN (SELECT id, themes FROM recommendations) r ON id = recommendation_id WHERE live"
    for body, group in (
        ("body_code", "''"),
        ("''", "report_key"),
        ("body_code", "report_key"),
        ("body_code", themes),
        ("''", themes),
    ):
        connection.execute(
            text(
                f"INSERT INTO group_tallies SELECT {body}, {group}, answer, stage, marks, count(*)"
                f" FROM {rows} GROUP BY 1, 2, 3, 4, 5"
            )
        )
    for body, group in (("body_code", "''"), ("''", "report_key"), ("''", themes)):
        for what, day in (("owed by", "owed_by"), ("moved on", "moved_on")):
            connection.execute(
                text(
                    f"INSERT INTO group_day_tallies SELECT {body}, {group}, '{what}',"
                    f" coalesce({day}, '0001-01-01'), count(*) FROM {rows}"
                    " AND owed_by IS NOT NULL GROUP BY 1, 2, 4"
                )
            )


def _last_digest(connection: Connection, today: date) -> None:
    instant = f"{today - timedelta(days=7)}T09:00:00.000000Z"
    seq = connection.execute(text("SELECT seq FROM chain_head")).scalar_one()
    columns = {column.name for column in deliveries.columns}
    values = {
        "key": "digest:T0HOME:last",
        "kind": "digest",
        "slot_local": f"{today - timedelta(days=7)}T09:00",
        "channel": "C0COORD",
        "through_seq": seq - NEWS,
        "payload_sha": "",
        "state": "sent",
        "fence": 1,
        "owner": "",
        "attempts": 1,
        "error": "",
    }
    names = [name for name in values if name in columns]
    connection.execute(
        text(
            f"INSERT INTO deliveries ({', '.join(names)}, created_at, updated_at)"
            f" VALUES ({', '.join(f':{name}' for name in names)}, '{instant}', '{instant}')"
        ),
        values,
    )
