"""The frame of a report's letter: by which update each of its texts stands."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FIELDS = ("addressees", "greeting", "subject", "opening", "position", "closing", "signatory", "office")


def upgrade() -> None:
    op.create_table(
        "letter_texts",
        sa.Column("report_key", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("report_key", "field", name="pk_letter_texts"),
        sa.ForeignKeyConstraint(["report_key"], ["reports.key"], name="fk_letter_texts_report_key"),
        sa.CheckConstraint(f"field IN ({', '.join(map(repr, _FIELDS))})", name=op.f("ck_letter_texts_field")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
