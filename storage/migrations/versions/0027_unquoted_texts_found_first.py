"""The index of texts without leave is made anew: of two ways that cost the same SQLite takes the one of the
later index, and that of days had come after it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_UNQUOTED = sa.text("NOT quotable AND text <> '' AND body_code IS NOT NULL")


def upgrade() -> None:
    op.drop_index("ix_updates_unquoted", "updates")
    op.create_index(
        "ix_updates_unquoted",
        "updates",
        ["seq", "kind"],
        sqlite_where=_UNQUOTED,
        postgresql_where=_UNQUOTED,
    )
