"""Texts that may not be quoted have an index, and places of recommendations another, so that a Home, and
lists in the order of places, do not go through a large register."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_UNQUOTED = sa.text("NOT quotable AND text <> '' AND body_code IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_updates_unquoted",
        "updates",
        ["seq", "kind"],
        sqlite_where=_UNQUOTED,
        postgresql_where=_UNQUOTED,
    )
    op.create_index("ix_recommendations_place", "recommendations", ["id", "report_key", "position"])
