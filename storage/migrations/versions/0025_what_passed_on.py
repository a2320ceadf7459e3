"""What duties passed to others, and when, is found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_WHERE = sa.text("kind = 'duties passed on'")


def upgrade() -> None:
    op.create_index(
        "ix_updates_passed_on",
        "updates",
        ["recommendation_id", "body_code", "seq"],
        sqlite_where=_WHERE,
        postgresql_where=_WHERE,
    )
