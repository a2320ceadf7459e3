"""The register as first released: reports, bodies, addressees, the history, people and deliveries."""

import sqlalchemy as sa
from alembic import op

from bot.domain.register.history import GENESIS
from storage.migrations import guards
from storage.types import Flag, LondonDate, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chain_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("names_seq", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_chain_head_one_row")),
        sa.PrimaryKeyConstraint("id", name="pk_chain_head"),
        sqlite_strict=True,
    )
    op.create_table(
        "deliveries",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("slot_local", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("follows", sa.Text(), nullable=True),
        sa.Column("through_seq", sa.Integer(), nullable=True),
        sa.Column("payload_json", sa.Text(), nullable=True),
        sa.Column("payload_sha", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_send_at", UtcDateTime(), nullable=True),
        sa.Column("not_before", UtcDateTime(), nullable=True),
        sa.Column("ts", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "state IN ('due', 'sending', 'sent', 'unknown', 'blocked', 'skipped', 'needs human')",
            name=op.f("ck_deliveries_state"),
        ),
        sa.PrimaryKeyConstraint("key", name="pk_deliveries"),
        sqlite_strict=True,
    )
    op.create_index("ix_deliveries_kind_created_at", "deliveries", ["kind", "created_at"], unique=False)
    op.create_index("ix_deliveries_state_not_before", "deliveries", ["state", "not_before"], unique=False)
    op.create_table(
        "grants",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("(role = 'contact') = (body_code <> '')", name=op.f("ck_grants_body")),
        sa.CheckConstraint("role IN ('contact', 'coordinator')", name=op.f("ck_grants_role")),
        sa.PrimaryKeyConstraint("team_id", "user_id", "role", "body_code", name="pk_grants"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_grants_role_body_code", "grants", ["role", "body_code"], unique=False)
    op.create_table(
        "people",
        sa.Column("team_id", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("membership", sa.Text(), nullable=False),
        sa.Column("refreshed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id", name="pk_people"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "policing_bodies",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("force_name", sa.Text(), nullable=False),
        sa.Column("area_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("tile_row", sa.Integer(), nullable=False),
        sa.Column("tile_col", sa.Integer(), nullable=False),
        sa.Column("first_day", LondonDate(), nullable=True),
        sa.Column("last_day", LondonDate(), nullable=True),
        sa.Column("successor_code", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["successor_code"], ["policing_bodies.code"], name="fk_policing_bodies_successor_code"
        ),
        sa.PrimaryKeyConstraint("code", name="pk_policing_bodies"),
        sa.UniqueConstraint("slug", name="uq_policing_bodies_slug"),
        sqlite_strict=True,
    )
    op.create_table(
        "reports",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("publishers", sa.Text(), nullable=False),
        sa.Column("published_on", LondonDate(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_reports"),
        sqlite_strict=True,
    )
    op.create_table(
        "updates",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("prev", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("words_digest", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("evidence_url", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("team_id", sa.Text(), nullable=True),
        sa.Column("user_id", sa.Text(), nullable=True),
        sa.Column("on_behalf", Flag(), nullable=False),
        sa.Column("recommendation_id", sa.Text(), nullable=True),
        sa.Column("body_code", sa.Text(), nullable=True),
        sa.Column("stands_from", LondonDate(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("about_seq", sa.Integer(), nullable=True),
        sa.Column("quotable", Flag(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("via", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=True),
        sa.Column("request_item", sa.Integer(), nullable=False),
        sa.CheckConstraint("length(text) <= 3000", name=op.f("ck_updates_text_length")),
        sa.CheckConstraint("seq > 0", name=op.f("ck_updates_seq")),
        sa.PrimaryKeyConstraint("seq", name="pk_updates"),
        sa.UniqueConstraint("request_key", "request_item", name="uq_updates_request_key_request_item"),
        sqlite_strict=True,
    )
    op.create_index("ix_updates_about_seq", "updates", ["about_seq"], unique=False)
    op.create_index("ix_updates_body_code_seq", "updates", ["body_code", "seq"], unique=False)
    op.create_index(
        "ix_updates_recommendation_id_body_code_seq",
        "updates",
        ["recommendation_id", "body_code", "seq"],
        unique=False,
    )
    op.create_index("ix_updates_team_id_user_id_seq", "updates", ["team_id", "user_id", "seq"], unique=False)
    op.create_table(
        "body_aliases",
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["body_code"], ["policing_bodies.code"], name="fk_body_aliases_body_code"),
        sa.PrimaryKeyConstraint("body_code", "alias", name="pk_body_aliases"),
        sqlite_strict=True,
    )
    op.create_table(
        "recommendations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("superseded_by", sa.Text(), nullable=True),
        sa.Column("joint_with", sa.Text(), nullable=False),
        sa.Column("respond_by", LondonDate(), nullable=True),
        sa.Column("due_on", LondonDate(), nullable=True),
        sa.Column("derived_from", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('addressed', 'derived')", name=op.f("ck_recommendations_kind")),
        sa.CheckConstraint(
            "status IN ('live', 'withdrawn', 'superseded')", name=op.f("ck_recommendations_status")
        ),
        sa.CheckConstraint("length(wording) <= 3000", name=op.f("ck_recommendations_wording_length")),
        sa.ForeignKeyConstraint(["report_key"], ["reports.key"], name="fk_recommendations_report_key"),
        sa.PrimaryKeyConstraint("id", name="pk_recommendations"),
        sa.UniqueConstraint("report_key", "number", name="uq_recommendations_report_key_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_recommendations_number_status", "recommendations", ["number", "status"], unique=False)
    op.create_index(
        "ix_recommendations_in_order",
        "recommendations",
        ["status", "report_key", "position", "number", "kind"],
        unique=False,
    )
    op.create_table(
        "addressees",
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("body_code", sa.Text(), nullable=False),
        sa.Column("live", Flag(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("respond_by", LondonDate(), nullable=True),
        sa.Column("due_on", LondonDate(), nullable=True),
        sa.Column("owes_response", Flag(), nullable=False),
        sa.Column("owes_action", Flag(), nullable=False),
        sa.Column("moved_on", LondonDate(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("response_seq", sa.Integer(), nullable=True),
        sa.Column("progress_seq", sa.Integer(), nullable=True),
        sa.Column("face_seq", sa.Integer(), nullable=True),
        sa.Column("face_kind", sa.Text(), nullable=False),
        sa.Column("face_team", sa.Text(), nullable=False),
        sa.Column("face_user", sa.Text(), nullable=False),
        sa.Column("face_at", UtcDateTime(), nullable=True),
        sa.Column("face_excerpt", sa.Text(), nullable=False),
        sa.Column("face_quotable", Flag(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('awaiting', 'accepted', 'accepted in part', 'not accepted')",
            name=op.f("ck_addressees_answer"),
        ),
        sa.CheckConstraint(
            "stage IN ('not started', 'in progress', 'blocked', 'complete', 'checked')",
            name=op.f("ck_addressees_stage"),
        ),
        sa.CheckConstraint("length(face_excerpt) <= 120", name=op.f("ck_addressees_excerpt_length")),
        sa.ForeignKeyConstraint(["body_code"], ["policing_bodies.code"], name="fk_addressees_body_code"),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name="fk_addressees_recommendation_id"
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "body_code", name="pk_addressees"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_addressees_body", "addressees", ["body_code", "live"], unique=False)
    op.create_index(
        "ix_addressees_owes_action",
        "addressees",
        ["owes_action", "due_on", "recommendation_id"],
        unique=False,
    )
    op.create_index(
        "ix_addressees_owes_response",
        "addressees",
        ["owes_response", "respond_by", "recommendation_id"],
        unique=False,
    )
    op.create_table(
        "due_tallies",
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("deadline", LondonDate(), nullable=False),
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("addressed", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.CheckConstraint("duty IN ('response', 'action')", name=op.f("ck_due_tallies_duty")),
        sa.CheckConstraint("owed >= 0 AND owed <= addressed", name=op.f("ck_due_tallies_owed")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name="fk_due_tallies_recommendation_id"
        ),
        sa.PrimaryKeyConstraint("duty", "deadline", "recommendation_id", name="pk_due_tallies"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "parts",
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('duty', 'consider')", name=op.f("ck_parts_kind")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name="fk_parts_recommendation_id"
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "label", name="pk_parts"),
        sqlite_strict=True,
    )
    op.create_table(
        "tallies",
        sa.Column("recommendation_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("bodies", sa.Integer(), nullable=False),
        sa.CheckConstraint("what IN ('answer', 'stage')", name=op.f("ck_tallies_what")),
        sa.CheckConstraint("bodies >= 0", name=op.f("ck_tallies_bodies")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"], ["recommendations.id"], name="fk_tallies_recommendation_id"
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "what", "value", name="pk_tallies"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_due_tallies_owed",
        "due_tallies",
        ["duty", "deadline", "recommendation_id", "owed"],
        unique=False,
        sqlite_where=sa.text("owed > 0"),
        postgresql_where=sa.text("owed > 0"),
    )
    op.execute(
        sa.text("INSERT INTO chain_head (id, seq, hash, names_seq) VALUES (1, 0, :genesis, 0)").bindparams(
            genesis=GENESIS
        )
    )
    guards.install(op.get_bind())
