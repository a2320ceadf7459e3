"""What is owed after words were erased: clean files, and Homes drawn anew."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Whether the files were cleaned was not kept, so once more does it for all that was erased before.
_OWE_WHAT_WAS_ERASED_BEFORE = sa.text(
    "INSERT INTO owed_cleanings (seq) SELECT seq FROM updates WHERE kind = 'redacted'"
    " ORDER BY seq DESC LIMIT 1"
)


def upgrade() -> None:
    op.create_table(
        "owed_cleanings",
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("seq", name="pk_owed_cleanings"),
        sqlite_strict=True,
    )
    op.execute(_OWE_WHAT_WAS_ERASED_BEFORE)
    op.add_column("people", sa.Column("home_owed_seq", sa.Integer(), nullable=True))
