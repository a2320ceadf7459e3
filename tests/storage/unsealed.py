"""A register as it was before the history kept digests of what stands beside it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.domain.register import history
from storage.chain import entry
from storage.types import LondonDate, UtcDateTime
from tests.storage.tampering import unguarded

_LATER = ("content of ", "reminders of ", "letter frame ", "followed by ")
_LATER_KINDS = ("reminders changed", "letter frame saved", "following changed")
_OF_ENDINGS = ("ix_addressees_passed_to", "ix_addressees_undecided")
_LATER_INDEXES = (
    "ix_addressees_standing",
    "ix_addressees_owed_by",
    "ix_addressees_expected_on",
    *_OF_ENDINGS,
    "ix_due_tallies_first",
    "ix_recommendations_place",
    "ix_updates_approval_asked",
    "ix_updates_body_changed",
    "ix_updates_body_code_kind_stands_from",
    "ix_updates_evidence",
    "ix_updates_extension_asked",
    "ix_updates_hold_placed",
    "ix_updates_passed_on",
    "ix_updates_published_response",
    "ix_updates_question_asked",
    "ix_updates_unquoted",
)
_LATER_TABLES = (
    "letter_texts",
    "register_tallies",
    "group_tallies",
    "group_day_tallies",
    "follows",
    "channels",
)
_LATER_COLUMNS = (
    ("deliveries", "says_json"),
    ("addressees", "report_key"),
    ("addressees", "position"),
    ("addressees", "owed_by"),
    *(
        ("recommendations", name)
        for name in ("quoted_from", "short_form", "others_addressed", "themes", "priority")
    ),
    ("updates", "evidence_title"),
    ("addressees", "passed_to"),
    ("addressees", "undecided"),
    ("policing_bodies", "official_code"),
    ("policing_bodies", "ending_sureness"),
    ("policing_bodies", "ending_source"),
    ("policing_bodies", "divided"),
    ("policing_bodies", "contacts_pass"),
    ("policing_bodies", "planned_facts"),
    ("policing_bodies", "planned_source"),
    *(
        ("addressees", column)
        for column in (
            "expected_on",
            "slips",
            "slip_days",
            "expectation_moves",
            "closed_on",
            "closing_level",
            "part_states",
        )
    ),
    ("addressees", "marks"),
    ("reports", "publish_by"),
)


def without_what_came_later() -> tuple[str, ...]:
    """Return the statements that take out of a schema what came after 0008."""
    return (
        *(f"DROP INDEX {name}" for name in _LATER_INDEXES),
        # It names every column, and comes back with the last of them.
        "DROP TRIGGER IF EXISTS updates_are_not_changed",
        *(f"DROP TABLE {name}" for name in _LATER_TABLES),
        *(f"ALTER TABLE {name} DROP COLUMN {column}" for name, column in _LATER_COLUMNS),
        "CREATE INDEX ix_addressees_body ON addressees (body_code, live)",
        "ALTER TABLE grants RENAME COLUMN contact_kind TO standing",
        # What SQLite has no statement for: an older check of a column, and the earlier name of a check.
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, ', ''closed'')', ')') WHERE name = 'addressees'",
        "UPDATE sqlite_master SET sql = replace(sql, 'ck_grants_contact_kind', 'ck_grants_standing')"
        " WHERE name = 'grants'",
        "PRAGMA writable_schema = RESET",
    )


def as_left_by_0007(url: str) -> None:
    """Take out of the register what came with 0008 and later, and make the history's chain anew."""
    file = Path(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(file)) as checking:
        assert checking.execute("SELECT version_num FROM alembic_version").fetchone() == ("0027",)
    with unguarded(file) as connection:
        connection.row_factory = sqlite3.Row
        previous = history.GENESIS
        for row in connection.execute("SELECT * FROM updates ORDER BY seq").fetchall():
            changes = [load for load in json.loads(row["changes"]) if not load["what"].startswith(_LATER)]
            if row["via"] == "example":
                changes = [change for change in changes if change["what"] != "addressed to"]
            kind = "started" if row["kind"] in _LATER_KINDS else row["kind"]
            values = {**dict(row), "changes": json.dumps(changes, ensure_ascii=False), "kind": kind}
            values["recorded_at"] = UtcDateTime().process_result_value(row["recorded_at"], None)  # type: ignore[arg-type]
            values["stands_from"] = LondonDate().process_result_value(row["stands_from"], None)  # type: ignore[arg-type]
            values["on_behalf"], values["quotable"] = bool(row["on_behalf"]), bool(row["quotable"])
            hash_ = history.link(previous, entry(values))
            connection.execute(
                "UPDATE updates SET changes = ?, kind = ?, prev = ?, hash = ? WHERE seq = ?",
                (values["changes"], kind, previous, hash_, row["seq"]),
            )
            previous = hash_
        connection.execute("UPDATE chain_head SET hash = ?", (previous,))
        for statement in without_what_came_later():
            connection.execute(statement)
        connection.execute("UPDATE alembic_version SET version_num = '0007'")
