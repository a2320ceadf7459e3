"""Addressees carry marks (evidence, deadlines that moved or will be missed, whether the latest text may be
quoted), and how they stand is counted for bodies, for reports and for each body of a report.

What has no deadline is counted among what is due under 9999-12-31. Requests, questions and evidence have
indexes of their own."""

import sqlalchemy as sa
from alembic import op

from storage.types import Flag, LondonDate

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_addressees = sa.table(
    "addressees",
    *map(sa.column, ("recommendation_id", "body_code", "report_key", "position", "answer", "stage", "marks")),
    sa.column("live", Flag()),
    sa.column("owes_response", Flag()),
    sa.column("owes_action", Flag()),
    sa.column("respond_by", LondonDate()),
    sa.column("due_on", LondonDate()),
    sa.column("owed_by", LondonDate()),
    sa.column("moved_on", LondonDate()),
)
_group_tallies = sa.table(
    "group_tallies", *map(sa.column, ("body_code", "report_key", "answer", "stage", "marks", "addressees"))
)
_group_day_tallies = sa.table(
    "group_day_tallies", *map(sa.column, ("body_code", "report_key", "what", "day", "addressees"))
)
_LAST_DAY, _FIRST_DAY = "9999-12-31", "0001-01-01"
_PARTIAL_INDEXES = {
    "ix_updates_evidence": "evidence_url <> ''",
    "ix_updates_extension_asked": "kind = 'extension asked for'",
    "ix_updates_question_asked": "kind = 'question asked'",
}
_HAS_EVIDENCE = (
    "EXISTS (SELECT 1 FROM updates u WHERE u.recommendation_id = addressees.recommendation_id"
    " AND u.body_code = addressees.body_code AND u.evidence_url <> ''"
    " AND NOT EXISTS (SELECT 1 FROM updates a WHERE a.about_seq = u.seq AND a.kind = 'undo'))"
)
_ASKS_FOR_TIME = (
    "EXISTS (SELECT 1 FROM updates u WHERE u.recommendation_id = addressees.recommendation_id"
    " AND u.body_code = addressees.body_code AND u.kind = 'extension asked for'"
    " AND NOT EXISTS (SELECT 1 FROM updates a WHERE a.about_seq = u.seq"
    " AND a.kind IN ('extension granted', 'extension refused', 'undo')))"
)
_IS_EXTENDED = (
    "due_on IS NOT NULL AND due_on IS DISTINCT FROM"
    " (SELECT r.due_on FROM recommendations r WHERE r.id = addressees.recommendation_id)"
)
_HAS_TEXT = "face_seq IS NOT NULL AND face_excerpt <> ''"


def upgrade() -> None:
    op.add_column("addressees", sa.Column("marks", sa.Text(), nullable=False, server_default=""))
    op.drop_table("body_due_tallies")
    op.drop_table("body_tallies")
    _add_tables()
    _change_indexes()
    _mark()
    _count()


def _add_tables() -> None:
    answers = "answer IN ('awaiting', 'accepted', 'accepted in part', 'not accepted')"
    stages = "stage IN ('not started', 'in progress', 'blocked', 'complete', 'checked')"
    op.create_table(
        "group_tallies",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("body_code", "report_key", "answer", "stage", "marks")
        ),
        sa.Column("addressees", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "body_code", "report_key", "answer", "stage", "marks", name="pk_group_tallies"
        ),
        sa.CheckConstraint(answers, name=op.f("ck_group_tallies_answer")),
        sa.CheckConstraint(stages, name=op.f("ck_group_tallies_stage")),
        sa.CheckConstraint("addressees >= 0", name=op.f("ck_group_tallies_addressees")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "group_day_tallies",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("body_code", "report_key", "what")),
        sa.Column("day", LondonDate(), nullable=False),
        sa.Column("addressees", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("body_code", "report_key", "what", "day", name="pk_group_day_tallies"),
        sa.CheckConstraint("what IN ('owed by', 'moved on')", name=op.f("ck_group_day_tallies_what")),
        sa.CheckConstraint("addressees >= 0", name=op.f("ck_group_day_tallies_addressees")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "register_tallies",
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("day", LondonDate(), nullable=False),
        sa.Column("recommendations", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("what", "day", name="pk_register_tallies"),
        sa.CheckConstraint(
            "what IN ('addressed', 'derived', 'owed by')", name=op.f("ck_register_tallies_what")
        ),
        sa.CheckConstraint("recommendations >= 0", name=op.f("ck_register_tallies_recommendations")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )


def _change_indexes() -> None:
    op.drop_index("ix_addressees_standing", "addressees")
    op.drop_index("ix_addressees_owed_by", "addressees")
    still_owed = sa.text("owed > 0")
    op.create_index(
        "ix_due_tallies_first",
        "due_tallies",
        ["recommendation_id", "deadline"],
        sqlite_where=still_owed,
        postgresql_where=still_owed,
    )
    for name, condition in _PARTIAL_INDEXES.items():
        op.create_index(
            name,
            "updates",
            ["recommendation_id", "body_code", "seq"],
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def _mark() -> None:
    parts = {
        "evidence": _HAS_EVIDENCE,
        "extended": _IS_EXTENDED,
        "asks for time": _ASKS_FOR_TIME,
        "expected late": f"owes_action = {_written(True)} AND due_on < expected_on",
        "moved twice": "slips >= 2 OR expectation_moves >= 2",
        "quotable": f"{_HAS_TEXT} AND face_quotable = {_written(True)}",
        "internal": f"{_HAS_TEXT} AND face_quotable = {_written(False)}",
    }
    words = " || ".join(
        f"CASE WHEN {condition} THEN ', {mark}' ELSE '' END" for mark, condition in parts.items()
    )
    op.execute(f"UPDATE addressees SET marks = substr({words}, 3)")  # noqa: S608 - our own words
    op.create_index(
        "ix_addressees_standing",
        "addressees",
        ["body_code", "live", "answer", "stage", "marks", "report_key", "position", "owed_by", "moved_on"],
    )
    op.create_index(
        "ix_addressees_owed_by",
        "addressees",
        ["body_code", "live", "owed_by", "report_key", "position", "moved_on", "answer", "stage", "marks"],
    )


def _count() -> None:
    its = _addressees.c
    live = its.live == sa.literal(True, Flag())
    no_body: sa.ColumnElement[object] = sa.literal_column("''")
    of_bodies, of_reports = (its.body_code, no_body), (no_body, its.report_key)
    never = _day(_FIRST_DAY)
    for keys in (of_bodies, of_reports, (its.body_code, its.report_key)):
        standing = (*keys, its.answer, its.stage, its.marks)
        _fill(_group_tallies, standing, live)
    for keys in (of_bodies, of_reports):
        owed = live & its.owed_by.is_not(None)
        _fill(_group_day_tallies, (*keys, sa.literal_column("'owed by'"), its.owed_by), owed)
        moved = sa.func.coalesce(its.moved_on, never)
        _fill(_group_day_tallies, (*keys, sa.literal_column("'moved on'"), moved), owed)
    _count_without_deadline("response", "owes_response", "respond_by")
    _count_without_deadline("action", "owes_action", "due_on")
    _count_register()


def _count_register() -> None:
    op.execute(
        f"INSERT INTO register_tallies SELECT kind, {_text_of_day(_FIRST_DAY)}, count(*)"  # noqa: S608
        " FROM recommendations WHERE status = 'live' GROUP BY kind"
    )
    op.execute(
        "INSERT INTO register_tallies SELECT 'owed by', owed.day, count(*) FROM"
        " (SELECT min(deadline) AS day FROM due_tallies WHERE owed > 0 GROUP BY recommendation_id) AS owed"
        " GROUP BY owed.day"
    )


def _fill(
    table: sa.TableClause, keys: tuple[sa.ColumnElement[object], ...], counted: sa.ColumnElement[bool]
) -> None:
    labelled = [key.label(column.name) for key, column in zip(keys, table.c, strict=False)]
    rows = sa.select(*labelled).where(counted).subquery()
    counts = sa.select(*rows.c, sa.func.count()).group_by(*rows.c)
    op.execute(sa.insert(table).from_select([column.name for column in table.c], counts))


def _count_without_deadline(duty: str, owes: str, deadline: str) -> None:
    """Count the addressees that have no deadline, of all who are counted."""
    op.execute(
        "INSERT INTO due_tallies (duty, deadline, recommendation_id, addressed, owed)"  # noqa: S608 - our own words
        f" SELECT '{duty}', {_text_of_day(_LAST_DAY)}, everyone.id,"
        " everyone.bodies - coalesce(dated.bodies, 0),"
        " (SELECT count(*) FROM addressees WHERE addressees.recommendation_id = everyone.id"
        f" AND {deadline} IS NULL AND {owes} = {_written(True)})"
        " FROM (SELECT recommendation_id AS id, sum(bodies) AS bodies FROM tallies WHERE what = 'answer'"
        " GROUP BY recommendation_id) AS everyone"
        " LEFT JOIN (SELECT recommendation_id AS id, sum(addressed) AS bodies FROM due_tallies"
        f" WHERE duty = '{duty}' GROUP BY recommendation_id) AS dated ON dated.id = everyone.id"
        " WHERE everyone.bodies > coalesce(dated.bodies, 0)"
    )


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _written(flag: bool) -> str:
    return str(int(flag)) if _is_sqlite() else str(flag).upper()


def _text_of_day(day: str) -> str:
    return f"'{day}'" if _is_sqlite() else f"DATE '{day}'"


def _day(day: str) -> sa.ColumnElement[object]:
    return sa.literal_column(_text_of_day(day), LondonDate())
